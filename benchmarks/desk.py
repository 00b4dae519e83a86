"""Reports opened and filed a second by one courier: real ring process, encrypted disk, full fsync.

The front is simulated in memory, so that only the desk's side is measured: the ring opens, the
body is parsed, assessed, joined by its identifiers and recorded, and each reporter gets the sealed
"the desk has it".
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rows import Row, print_row

REPORTS = 500
PROMISED = 50
ROOT = Path(__file__).resolve().parent.parent
TEXT = (
    "Пишуть з +380 50 000 {:04d}, кажуть, що сиділи з моїм чоловіком. Просять сфотографувати "
    "військову техніку біля вокзалу, тоді передадуть листа. Кажуть нікому не розповідати."
)


def main() -> None:
    """Print the figure; the data folder is thrown away."""
    sys.path.insert(0, str(ROOT / "src"))
    with tempfile.TemporaryDirectory(prefix="oberih-bench-") as folder:
        os.environ["OBERIH_DATA"] = folder
        ring = start_ring(Path(folder))
        try:
            measure(Path(folder))
        finally:
            ring.terminate()
            ring.wait()


def start_ring(data: Path) -> "subprocess.Popen[bytes]":
    """Make keys, start the ring's process, unlock it, and set Django up on a fresh database."""
    from oberih.core.time import now  # noqa: PLC0415  # found by the path above
    from oberih.keys.client import Ring  # noqa: PLC0415  # the same
    from oberih.keys.making import Places, database_key, make_keys  # noqa: PLC0415  # the same
    from oberih.keys.passphrase import Passphrase  # noqa: PLC0415  # the same
    from oberih.sites.descriptors import lend  # noqa: PLC0415  # the same

    words = Passphrase("river candle seven window apple winter paper")
    make_keys(Places(data / "keys", data / "root"), passphrase=words, now=now())
    command = [sys.executable, "-m", "oberih.cli", "process", "ring"]
    process = subprocess.Popen(command)  # noqa: S603  # our own command
    socket = data / "run" / "ring.sock"
    while not socket.exists():
        time.sleep(0.05)
    Ring(socket).unlock(words)
    os.environ["OBERIH_DESK_KEY_FD"] = str(lend(database_key(data / "keys", passphrase=words)))
    os.environ["DJANGO_SETTINGS_MODULE"] = "oberih.sites.desk"
    return process


def measure(data: Path) -> None:
    """File all reports in one turn and print how many a second."""
    import django  # noqa: PLC0415  # the settings are named first

    django.setup()
    from oberih.desk.preparing import make_tables  # noqa: PLC0415  # needs the set-up

    make_tables()
    sys.path.insert(0, str(ROOT / "tests" / "desk"))
    from desk_cast import SimulatedFront, make_desk  # noqa: PLC0415  # the simulators of the tests
    from running_ring import RunningRing  # noqa: PLC0415  # the same

    from oberih.keys.client import Ring  # noqa: PLC0415  # the same
    from oberih.keys.passphrase import Passphrase  # noqa: PLC0415  # the same

    running = RunningRing(Ring(data / "run" / "ring.sock"), Passphrase("bench"), data / "keys", [])
    desk = make_desk(running, front=SimulatedFront(), data=data)
    desk.turn()
    send_all(desk)
    print_figures(desk)


def send_all(desk: Any) -> None:  # noqa: ANN401  # imported after the set-up
    """Put the reports of as many families into the front."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415  # the same
        Ed25519PrivateKey,
    )
    from desk_cast import Family  # noqa: PLC0415  # the same

    from oberih.crypto.age import Identity  # noqa: PLC0415  # the same
    from oberih.crypto.receipt import ReporterKeys  # noqa: PLC0415  # the same

    for number in range(REPORTS):
        keys = ReporterKeys(
            os.urandom(32),
            Identity.generate(),
            Ed25519PrivateKey.generate(),
            os.urandom(32),
            os.urandom(32),
        )
        Family(desk.ring, desk.front, keys).send(TEXT.format(number % 50))


def print_figures(desk: Any) -> None:  # noqa: ANN401  # imported after the set-up
    """Take the turn and print."""
    from oberih.desk.models import Case  # noqa: PLC0415  # needs the set-up

    began = time.perf_counter()
    desk.turn()
    took = time.perf_counter() - began
    filed = Case.objects.count()
    rate = filed / took
    print(f"{filed} reports opened, filed and receipted in {took:.1f} s")
    figure = "desk: reports opened and filed by one courier"
    print_row(Row(figure, f"{rate:,.0f}/s", ">= 50/s", filed == REPORTS and rate >= PROMISED))


if __name__ == "__main__":
    main()
