"""A real front in a process of its own, as an operator starts it, and raw HTTP towards it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .conftest import Operator

COMMAND = [sys.executable, "-m", "oberih.cli", "process"]
SECONDS = 20.0


@dataclass(slots=True)
class RunningFront:
    """One listener over a data folder; `told` is all that it wrote on its output and error."""

    data: Path
    name: str = "front"
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process's number."""
        assert self.child is not None
        return self.child.pid

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.port = self.port or free_port()
        words = [self.name, "--data", str(self.data), "--listen", f"127.0.0.1:{self.port}"]
        with (self.data / "told").open("ab") as told:
            self.child = subprocess.Popen(  # noqa: S603  # our own command
                [*COMMAND, *words], env=environment(self.settings), stdout=told, stderr=told
            )
        deadline = time.monotonic() + SECONDS
        while not self.answers():
            assert self.child.poll() is None, self.told
            assert time.monotonic() < deadline, self.told
            time.sleep(0.05)

    def answers(self) -> bool:
        """Tell whether it listens."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self, *, by: signal.Signals = signal.SIGTERM) -> int:
        """End it; return its exit code."""
        assert self.child is not None
        self.child.send_signal(by)
        return self.child.wait(timeout=SECONDS)

    def connect(self) -> socket.socket:
        """Return a connection to it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS)

    def post(self, path: str, body: bytes, *, head: str = "") -> tuple[int, bytes]:
        """Post a body; return status and body of the answer."""
        with self.connect() as connection:
            stated = f"Content-Length: {len(body)}\r\n"
            connection.sendall(request(path, more=stated + head) + body)
            return read_answer(connection)

    @property
    def told(self) -> str:
        """What it has written so far."""
        return (self.data / "told").read_text()


@dataclass(frozen=True, slots=True)
class RealAnswer:
    """An answer of a real front, in the shape of the test client's."""

    status_code: int
    content: bytes

    def json(self) -> object:
        """Return the JSON in it."""
        return json.loads(self.content)


@dataclass(frozen=True, slots=True)
class RealClient:
    """Posts to a real front, in the shape of the test client."""

    front: RunningFront

    def post(
        self, path: str, body: bytes, *, content_type: str, headers: dict[str, str] | None = None
    ) -> RealAnswer:
        """Post a body."""
        del content_type  # it is always the same
        head = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        return RealAnswer(*self.front.post(path, body, head=head))


def environment(settings: dict[str, str]) -> dict[str, str]:
    """Return the environment of an operator's shell: none of the tests' own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OBERIH_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, **settings}


def free_port() -> int:
    """Return a port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def request(path: str, *, more: str = "") -> bytes:
    """Return the head of a POST."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: front\r\nContent-Type: application/octet-stream\r\n"
        f"{more}\r\n"
    ).encode()


def read_answer(connection: socket.socket) -> tuple[int, bytes]:
    """Return status and body of the next answer."""
    seen = b""
    while b"\r\n\r\n" not in seen:
        seen += receive(connection)
    head, _, body = seen.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    while len(body) < int(lengths[0][15:]):
        body += receive(connection)
    return int(head[9:12]), body


def receive(connection: socket.socket) -> bytes:
    """Return the next bytes; raises ConnectionError at the end."""
    received = connection.recv(65_536)
    if not received:
        raise ConnectionError
    return received


@contextmanager
def running(front: RunningFront, *, operator: Operator) -> Iterator[RunningFront]:
    """Give the front its keys, start it, and end it afterwards."""
    folder = front.data / "front"
    folder.mkdir(parents=True, exist_ok=True)
    operator.settle(folder)
    front.start()
    try:
        yield front
    finally:
        if front.child is not None and front.child.poll() is None:
            front.stop(by=signal.SIGKILL)
