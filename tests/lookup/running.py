"""Real processes, started as an operator starts them, and raw HTTP towards them."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

COMMAND = [sys.executable, "-m", "oberih.cli", "process"]
SECONDS = 30.0


@dataclass(slots=True)
class Program:
    """One `oberih process NAME` over a data folder; `told` is all that it wrote."""

    name: str
    data: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    child: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def told(self) -> str:
        """What it has written so far."""
        return (self.data / f"{self.name}.told").read_text()

    def start(self) -> None:
        """Start it and wait until it listens."""
        self.port = self.port or free_port()
        words = [self.name, "--data", str(self.data), "--listen", f"127.0.0.1:{self.port}"]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("OBERIH_")}
        with (self.data / f"{self.name}.told").open("ab") as told:
            self.child = subprocess.Popen(  # noqa: S603  # our own command
                [*COMMAND, *words], env={**kept, **self.settings}, stdout=told, stderr=told
            )
        deadline = time.monotonic() + SECONDS
        while not self.listens():
            assert self.child.poll() is None, self.told
            assert time.monotonic() < deadline, self.told
            time.sleep(0.05)

    def listens(self) -> bool:
        """Tell whether it takes connections."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self, *, by: signal.Signals = signal.SIGTERM) -> int:
        """End it; return its exit code."""
        assert self.child is not None
        self.child.send_signal(by)
        return self.child.wait(timeout=SECONDS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
