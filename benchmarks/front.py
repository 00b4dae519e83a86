"""The front under load: accepted reports a second, waiting, CPU a report, memory, a flood."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from rows import Row, print_row

from oberih.core.time import epoch_of, now
from oberih.crypto import age, notes, trust

LOAD = Path(__file__).with_name("load.py")
CLIENTS, REPORTS, ROUNDS = 8, 3_000, 5
LEAST_RATE = 600
TICK = os.sysconf("SC_CLK_TCK")
SECONDS = 20.0

HUSH_LINE_RATE, HUSH_LINE_P95, HUSH_LINE_CPU, HUSH_LINE_MEMORY = 32.6, 65.0, 91.0, 186.0
"""Hush Line of 2026-08 with 4 clients and 2 workers, measured on a quiet 2-core machine."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one run of the load gave."""

    rate: float
    p50: float
    p95: float
    cpu: float
    statuses: dict[str, int]


def main() -> None:
    """Measure and print the rows; of five rounds the median counts."""
    with tempfile.TemporaryDirectory() as name, serving(Path(name)) as (port, pid):
        idle = memory(pid)
        loads = [load(port, pid=pid) for _ in range(ROUNDS)]
        flood = median(load(port, pid=pid, kind="malformed").cpu for _ in range(ROUNDS))
        busy = memory(pid)
    rate = median(one.rate for one in loads)
    accepted = all(one.statuses == {"201": REPORTS} for one in loads)
    print_row(
        Row(
            "front: accepted reports/s, 8 clients, each flushed before 201",
            f"{rate:.0f}",
            f">= {LEAST_RATE}",
            holds=accepted and rate >= LEAST_RATE,
            ratio=f"{rate / HUSH_LINE_RATE:.0f} times Hush Line",
            peer=f"Hush Line {HUSH_LINE_RATE}, GlobaLeaks 0.16",
        )
    )
    p95, cpu = median(one.p95 for one in loads), median(one.cpu for one in loads)
    print_row(compared("front: POST p95, ms", p95, bound=25.0, peer=HUSH_LINE_P95))
    print_row(compared("front: CPU a report, ms", cpu, bound=1.5, peer=HUSH_LINE_CPU))
    print_row(compared("front: idle memory, MB", idle, bound=110.0, peer=HUSH_LINE_MEMORY))
    print_row(Row("front: memory after the load, MB", f"{busy:.0f}", "", holds=True))
    print_row(Row("front: CPU a malformed report, ms", f"{flood:.2f}", "< 1", flood < 1))


def compared(figure: str, measured: float, *, bound: float, peer: float) -> Row:
    """Return a row of which less is better."""
    return Row(
        figure,
        f"{measured:.2f}",
        f"<= {bound:g}",
        measured <= bound,
        f"{peer / measured:.1f} times less than Hush Line",
        f"Hush Line {peer:g}",
    )


def load(port: int, *, pid: int, kind: str = "") -> Load:
    """Run the load generator once."""
    epoch = epoch_of(now().date())
    words = [str(port), str(CLIENTS), str(REPORTS), str(epoch), *([kind] if kind else [])]
    before = cpu_seconds(pid)
    done = subprocess.run(  # noqa: S603  # our own script
        [sys.executable, str(LOAD), *words], capture_output=True, check=True
    )
    spent = cpu_seconds(pid) - before
    told = json.loads(done.stdout)
    times = told["times"]
    return Load(
        rate=len(times) / told["seconds"],
        p50=times[len(times) // 2] * 1e3,
        p95=times[int(len(times) * 0.95)] * 1e3,
        cpu=spent / len(times) * 1e3,
        statuses=told["statuses"],
    )


@contextmanager
def serving(data: Path) -> Iterator[tuple[int, int]]:
    """Start a front as an operator does; yield its port and process number."""
    settle(data / "front")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = ["front", "--data", str(data), "--listen", f"127.0.0.1:{port}"]
    with subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-m", "oberih.cli", "process", *words]
    ) as child:
        try:
            wait_for(port)
            yield port, child.pid
        finally:
            child.send_signal(signal.SIGTERM)


def settle(folder: Path) -> None:
    """Write the keys and notes that a front needs: invented ones."""
    (folder / "published" / "recipients").mkdir(parents=True)
    root, signer = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    public = root.public_key().public_bytes_raw()
    (folder / "root.pub").write_text(public.hex())
    moment = now().replace(microsecond=0)
    keys = {notes.Purpose.RECIPIENTS: signer.public_key().public_bytes_raw()}
    said = trust.Delegations(1, moment + timedelta(days=30), keys)
    document = trust.delegations_document(said, not_before=moment - timedelta(days=1))
    (folder / "published" / "delegations.note").write_bytes(notes.sign(document, key=root))
    epoch = epoch_of(moment.date())
    recipient = age.Identity.generate().recipient
    note = notes.sign(trust.recipients_document(epoch, recipient=recipient), key=signer)
    (folder / "published" / "recipients" / f"{epoch}.note").write_bytes(note)


def wait_for(port: int) -> None:
    """Wait until somebody listens, and a moment more for the process to come to rest."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and not listens(port):
        time.sleep(0.05)
    time.sleep(1)


def listens(port: int) -> bool:
    """Tell whether somebody listens on the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process has used, its own and the kernel's for it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
