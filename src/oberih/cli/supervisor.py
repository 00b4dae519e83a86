"""Starts the processes of one machine, keeps them running, and stops them all together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from oberih.core.errors import CouldNot

STOP_SECONDS = 10.0
CALM_SECONDS = 3.0
MOST_RESTARTS = 5


class ProcessEnded(CouldNot):
    """A process ended again and again."""

    def __init__(self, name: str, log: Path) -> None:
        """Name the process and where its last words stand."""
        super().__init__(f"The {name} process does not stay up; its last words are in {log}.")


@dataclass(frozen=True, slots=True)
class Program:
    """One process: `oberih process NAME ...`, its own settings, and whether it gets the key."""

    name: str
    words: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    opens_database: bool = False


@dataclass(slots=True)
class Running:
    """A started program with its restarts so far."""

    program: Program
    child: subprocess.Popen[bytes]
    since: float
    restarts: int = 0


class Supervisor:
    """Runs programs as fresh interpreters; restarts what dies; `stop` ends all.

    The desk's database key reaches a child only through an inherited pipe, never through its
    environment or arguments.
    """

    def __init__(self, *, logs: Path, database_key: Callable[[], bytes]) -> None:
        """Take the folder for each process's last words and where the key comes from."""
        self._logs = logs
        self._database_key = database_key
        self._running: dict[str, Running] = {}
        logs.mkdir(parents=True, exist_ok=True, mode=0o700)

    def start(self, program: Program) -> None:
        """Start one program and return at once."""
        self._running[program.name] = Running(program, self._spawn(program), time.monotonic())

    def run(self, program: Program) -> None:
        """Run one program to its end; raises ProcessEnded when it fails."""
        if self._spawn(program).wait() != 0:
            raise ProcessEnded(program.name, self.log_of(program.name))

    def watch(self) -> None:
        """Restart what has died since the last call; raises ProcessEnded after several."""
        for running in self._running.values():
            if running.child.poll() is not None:
                self._restart(running)

    def stop(self) -> None:
        """End all programs, the last started first; kill those that do not listen."""
        ending = [running.child for running in reversed(self._running.values())]
        self._running.clear()
        for child in ending:
            child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in ending:
            _end(child, seconds=max(0.1, deadline - time.monotonic()))

    def log_of(self, name: str) -> Path:
        """Return the file that holds what a process said on its standard output and error."""
        return self._logs / f"{name}.log"

    def _restart(self, running: Running) -> None:
        lived = time.monotonic() - running.since
        running.restarts = 0 if lived > CALM_SECONDS else running.restarts + 1
        if running.restarts > MOST_RESTARTS:
            raise ProcessEnded(running.program.name, self.log_of(running.program.name))
        running.child = self._spawn(running.program)
        running.since = time.monotonic()

    def _spawn(self, program: Program) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "oberih.cli", "process", program.name, *program.words]
        environment = {**os.environ, **program.environment}
        with self._key_for(program) as key, self.log_of(program.name).open("ab") as log:
            if key is not None:
                environment["OBERIH_DESK_KEY_FD"] = str(key)
            return subprocess.Popen(  # noqa: S603  # our own command
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=() if key is None else (key,),
                start_new_session=True,
            )

    @contextmanager
    def _key_for(self, program: Program) -> Iterator[int | None]:
        if not program.opens_database:
            yield None
            return
        reading, writing = os.pipe()
        try:
            os.write(writing, self._database_key())
            os.close(writing)
            yield reading
        finally:
            os.close(reading)


def _end(child: subprocess.Popen[bytes], *, seconds: float) -> None:
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


class Stopped(Exception):
    """The person or the system asked for the end."""


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn the first Ctrl-C, SIGTERM or SIGHUP into Stopped; ignore further ones while ending."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for one in signals:
            signal.signal(one, signal.SIG_IGN)
        raise Stopped

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {one: signal.signal(one, stop) for one in signals}
    try:
        yield
    finally:
        for one, action in before.items():
            signal.signal(one, action)


def wait_until(is_ready: Callable[[], bool], *, seconds: float, watch: Callable[[], None]) -> bool:
    """Ask ten times a second, watching in between; return whether it became true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_ready():
            return True
        watch()
        time.sleep(0.1)
    return False
