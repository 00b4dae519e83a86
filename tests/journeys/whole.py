"""The whole of Oberih on one machine, started as an operator starts it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from oberih.keys.making import Places, make_keys
from oberih.keys.passphrase import Passphrase

WORDS = "seven invented words for a test only"
START_SECONDS = 90
CREDENTIALS = "credentials"
OBERIH = (sys.executable, "-m", "oberih.cli")


@dataclass(frozen=True, slots=True)
class Whole:
    """A running machine: its folder, its addresses, its supervisor."""

    data: Path
    front: str
    desk: str
    supervisor: "subprocess.Popen[str]"

    def processes(self) -> dict[str, int]:
        """Return the process id of each process by its name."""
        found = {}
        for child in children_of(self.supervisor.pid):
            words = Path(f"/proc/{child}/cmdline").read_bytes().decode().split("\0")
            is_own = "process" not in words  # the sandbox starts itself anew without our words
            name = "sandbox" if is_own else words[words.index("process") + 1]
            found[name] = child
        return found

    def kill(self, name: str) -> None:
        """End a process as a power cut would."""
        os.kill(self.processes()[name], signal.SIGKILL)

    def run(self, *words: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        """Run one command on this machine's data."""
        return run(*words, data=self.data, given=given)


@contextmanager
def up(data: Path, *, ports: Sequence[int]) -> Iterator[Whole]:
    """Make keys once, run `oberih up` until the end of the block, then stop it."""
    front, desk, courier, lookup = (f"127.0.0.1:{port}" for port in ports)
    if not (data / "keys" / "root.pub").exists():
        places = Places(data / "keys", data / "root")
        make_keys(places, passphrase=Passphrase(WORDS), now=datetime.now(UTC))
    credential = data / CREDENTIALS / "oberih-passphrase"
    credential.parent.mkdir(exist_ok=True)
    credential.write_text(WORDS)
    words = ("up", "--front", front, "--desk", desk, "--courier", courier, "--lookup", lookup)
    with started(*words, data=data) as supervisor:
        wait_for_ready(supervisor)
        yield Whole(data, f"http://{front}", f"http://localhost:{ports[1]}", supervisor)


@contextmanager
def started(*words: str, data: Path) -> Iterator["subprocess.Popen[str]"]:
    """Start a command that stays; stop it with Ctrl-C at the end."""
    child = subprocess.Popen(  # noqa: S603  # our own command
        [*OBERIH, words[0], "--data", str(data), *words[1:]],
        env=environment(data),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield child
    finally:
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=START_SECONDS)


def environment(data: Path) -> dict[str, str]:
    """Return an environment in which the words come from a service manager's credential."""
    return {**os.environ, "CREDENTIALS_DIRECTORY": str(data / CREDENTIALS)}


def wait_for_ready(child: "subprocess.Popen[str]") -> str:
    """Return what was printed until `ready`; fail when the process ends before."""
    printed = ""
    assert child.stdout is not None
    for line in child.stdout:
        printed += line
        if line.strip() == "ready":
            return printed
    message = f"it ended before it was ready: {printed}"
    raise AssertionError(message)


def run(*words: str, data: Path, given: str = "") -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(  # noqa: S603  # our own command
        [*OBERIH, words[0], "--data", str(data), *words[1:]],
        env=environment(data),
        input=given,
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )


def children_of(process: int) -> list[int]:
    """Return the ids of a process's direct children."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(one) for one in listed]
