"""Thirty officers at the real server over HTTP, each asking for a page every few seconds."""

import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

SECONDS, PAUSE = 30.0, 5.0
ASKED = ("/", "/?view=mine", "/?view=new", "/?view=all&q=вокзал", "/shift/")
SERVE = (
    "import sys; from oberih.desk.serve import serve_desk\n"
    "serve_desk(host='127.0.0.1', port=int(sys.argv[1]))"
)


@dataclass(slots=True)
class Told:
    """What was waited for and worked, in milliseconds a page, and the server's memory in MB.

    `worked` is the server's own CPU time: it says the same on a busy machine.
    """

    waited: list[float] = field(default_factory=list)
    worked: float = 0.0
    memory: float = 0.0


def together(data: Path, *, links: list[str]) -> Told:
    """Let an officer work behind each link; return what they waited for."""
    told = Told()
    with served(data) as server:
        browsers = [Officer(server.address, link, told) for link in links]
        begun = seconds_of(server.pid)
        for one in browsers:
            one.start()
        for one in browsers:
            one.join()
        told.worked = 1000 * (seconds_of(server.pid) - begun) / max(1, len(told.waited))
        told.memory = memory_of(server.pid)
    return told


@dataclass(frozen=True, slots=True)
class Served:
    """The desk's pages as an operator runs them: where they are, and which process it is."""

    address: str
    pid: int


@contextmanager
def served(data: Path) -> Iterator[Served]:
    """Serve the filled desk in a process of its own."""
    from oberih.sites.descriptors import lend  # noqa: PLC0415  # found by the caller's path

    port, key = free_port(), lend((data / "key").read_bytes())
    environment = {**os.environ, "OBERIH_DESK_KEY_FD": str(key)}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent / "src")
    command = [sys.executable, "-c", SERVE, str(port)]
    server = subprocess.Popen(command, env=environment, pass_fds=(key,))  # noqa: S603  # our own
    try:
        wait_for(port)
        yield Served(f"http://localhost:{port}", server.pid)
    finally:
        server.terminate()
        server.wait()


class Officer(threading.Thread):
    """Somebody who reads for a while and asks for the next page."""

    def __init__(self, desk: str, link: str, told: Told) -> None:
        """Take the way in."""
        super().__init__()
        self._desk, self._link, self._told = desk, link, told

    def run(self) -> None:
        """Sign in, then ask for pages until the time is over."""
        draw = random.Random(self._link)  # noqa: S311  # a benchmark
        end = time.monotonic() + SECONDS
        with httpx.Client(base_url=self._desk, timeout=60) as browser:
            browser.get(self._link)
            while time.monotonic() < end:
                time.sleep(draw.uniform(0, 2 * PAUSE))
                began = time.perf_counter()
                browser.get(draw.choice(ASKED)).raise_for_status()
                self._told.waited.append((time.perf_counter() - began) * 1000)


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + 60
    while not is_open(port):
        if time.monotonic() > end:
            message = "the desk does not answer"
            raise RuntimeError(message)
        time.sleep(0.1)


def is_open(port: int) -> bool:
    """Tell whether somebody listens."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def memory_of(parent: int) -> float:
    """Return the resident memory of a process and its children, in MB."""
    total = 0
    for place in family_of(parent):
        lines = (place / "status").read_text().splitlines()
        named = dict(line.split(":", 1) for line in lines if ":" in line)
        total += int(named.get("VmRSS", "0").split()[0])
    return total / 1024


def seconds_of(parent: int) -> float:
    """Return how many seconds a process and its children have worked."""
    ticks = 0
    for place in family_of(parent):
        fields = (place / "stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def family_of(parent: int) -> list[Path]:
    """Return the places in /proc of a process and its children."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [Path("/proc") / str(one) for one in (parent, *children)]
