"""Thirty officers at the real server over HTTP, each asking for a page every few seconds."""

import os
import random
import socket
import subprocess
import sys
import threading
import time
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
    """What was waited for, in milliseconds, and the server's memory in MB."""

    waited: list[float] = field(default_factory=list)
    memory: float = 0.0


def together(data: Path, *, links: list[str]) -> Told:
    """Let an officer work behind each link; return what they waited for."""
    from oberih.sites.descriptors import lend  # noqa: PLC0415  # found by the caller's path

    port, told = free_port(), Told()
    key = lend((data / "key").read_bytes())
    environment = {**os.environ, "OBERIH_DESK_KEY_FD": str(key)}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent / "src")
    command = [sys.executable, "-c", SERVE, str(port)]
    server = subprocess.Popen(command, env=environment, pass_fds=(key,))  # noqa: S603  # our own
    try:
        wait_for(port)
        browsers = [Officer(port, link, told) for link in links]
        for one in browsers:
            one.start()
        for one in browsers:
            one.join()
        told.memory = memory_of(server.pid)
    finally:
        server.terminate()
        server.wait()
    return told


class Officer(threading.Thread):
    """Somebody who reads for a while and asks for the next page."""

    def __init__(self, port: int, link: str, told: Told) -> None:
        """Take the way in."""
        super().__init__()
        self._desk, self._link, self._told = f"http://localhost:{port}", link, told

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
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(
                line.split(":", 1) for line in status.read_text().splitlines() if ":" in line
            )
        except OSError:
            continue
        if int(status.parent.name) == parent or lines.get("PPid", "").strip() == str(parent):
            total += int(lines.get("VmRSS", "0").split()[0])
    return total / 1024
