"""Another user of the same machine (the front's, say) reaches nothing of the desk."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from running_ring import WORDS, wait_for

from oberih.core import time
from oberih.keys.client import Ring
from oberih.keys.making import Places, database_key, make_keys
from oberih.keys.passphrase import Passphrase
from oberih.sites.descriptors import lend

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
NOBODY = 65534
REACHED, REFUSED = 10, 20
RING = (
    "import sys; from pathlib import Path; from oberih.keys.ring import serve\n"
    "sys.exit(serve(Path(sys.argv[1]), at=Path(sys.argv[2])))"
)
MIGRATE = (
    "import django; django.setup()\n"
    "from django.core.management import call_command; call_command('migrate', verbosity=0)"
)


@dataclass(frozen=True, slots=True)
class Machine:
    """A desk whose folder anybody may enter, so that its own modes alone protect it."""

    data: Path
    ring: int


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    with tempfile.TemporaryDirectory(prefix="oberih-other-") as folder:
        data = Path(folder)
        data.chmod(0o755)
        places, words = Places(data / "keys", data / "root"), Passphrase(WORDS)
        make_keys(places, passphrase=words, now=time.now())
        key = lend(database_key(places.keys, passphrase=words))
        settings = {"OBERIH_DATA": folder, "OBERIH_DESK_KEY_FD": str(key)}
        settings |= {"DJANGO_SETTINGS_MODULE": "oberih.sites.desk"}
        kept = {name: value for name, value in os.environ.items() if "OBERIH" not in name}
        command = [sys.executable, "-c", MIGRATE]
        subprocess.run(command, check=True, pass_fds=(key,), env=kept | settings)  # noqa: S603  # ours
        at = data / "run" / "ring.sock"
        ring = subprocess.Popen([sys.executable, "-c", RING, str(places.keys), str(at)])  # noqa: S603  # ours
        wait_for(at.exists)
        Ring(at).unlock(words)
        yield Machine(data, ring.pid)
        ring.terminate()
        ring.wait()


def as_user(uid: int, attempt: Callable[[], object]) -> int:
    """Try something in a child that has become this user; return whether it succeeded."""
    child = os.fork()
    if child == 0:
        status = REFUSED
        try:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
            attempt()
            status = REACHED
        except OSError:
            status = REFUSED
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def connect(at: Path) -> bytes:
    """Ask the ring for its status; another user's connection ends without a word."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(5)
        connection.connect(str(at))
        connection.sendall(b'\0\0\0\x15\0\0\0\0{"op":"status","v":1}')
        answer = connection.recv(1)
    if not answer:
        raise ConnectionResetError
    return answer


def listed(path: Path) -> list[Path]:
    return list(path.iterdir())


def touched(path: Path) -> None:
    with path.open("rb"):
        return


ATTEMPTS: dict[str, Callable[[Machine], object]] = {
    "list the desk's folder": lambda machine: listed(machine.data / "desk"),
    "read the database": lambda machine: (machine.data / "desk/desk.sqlite3").read_bytes(),
    "read the desk's secret": lambda machine: (machine.data / "desk/secret").read_bytes(),
    "list the keys": lambda machine: listed(machine.data / "keys"),
    "read a key": lambda machine: (machine.data / "keys/vault.json").read_bytes(),
    "read a week's key": lambda machine: listed(machine.data / "keys/epochs"),
    "read the root": lambda machine: (machine.data / "root/root.key").read_bytes(),
    "list the sockets": lambda machine: listed(machine.data / "run"),
    "call the ring": lambda machine: connect(machine.data / "run/ring.sock"),
    "read the ring's memory": lambda machine: touched(Path(f"/proc/{machine.ring}/mem")),
    "read the ring's environment": lambda machine: Path(
        f"/proc/{machine.ring}/environ"
    ).read_bytes(),
    "list the ring's open files": lambda machine: listed(Path(f"/proc/{machine.ring}/fd")),
    "stop the ring": lambda machine: os.kill(machine.ring, 0),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_another_user_cannot(machine: Machine, attempt: str) -> None:
    assert as_user(NOBODY, lambda: ATTEMPTS[attempt](machine)) == REFUSED


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_desks_own_user_can_so_that_the_attempt_is_a_real_one(
    machine: Machine, attempt: str
) -> None:
    assert as_user(0, lambda: ATTEMPTS[attempt](machine)) == REACHED


def test_the_ring_hangs_up_on_another_user_even_when_the_socket_is_open(machine: Machine) -> None:
    run, at = machine.data / "run", machine.data / "run" / "ring.sock"
    run.chmod(0o755)
    at.chmod(0o777)
    try:
        assert as_user(NOBODY, lambda: connect(at)) == REFUSED
        assert as_user(0, lambda: connect(at)) == REACHED
    finally:
        at.chmod(0o600)
        run.chmod(0o700)


def test_the_rings_memory_is_closed_even_to_its_own_user(machine: Machine) -> None:
    status = Path(f"/proc/{machine.ring}/status").read_text()
    limits = Path(f"/proc/{machine.ring}/limits").read_text()
    owner = Path(f"/proc/{machine.ring}/mem").stat().st_uid

    assert owner == 0  # a process that may not be dumped belongs to root in /proc
    assert "NoNewPrivs:\t1" in status
    assert [line.split()[4:6] for line in limits.splitlines() if "core file" in line] == [
        ["0", "0"]
    ]
