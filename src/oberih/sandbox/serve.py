"""The sandbox's process: a child a job, confined before it reads the first byte of a file.

It shields the desk from a file that takes its reader over. It does not shield a child's own
answer: that is why the client re-checks every result.
"""

import os
import select
import signal
import socket
import sys
import time as clocks
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from oberih.core.errors import OberihError
from oberih.sandbox.confine import Limits, confine, forget_everything, leave_the_network
from oberih.sandbox.jobs import JOBS, Job, prepare_all
from oberih.sandbox.refusals import (
    LONGEST_SPEAKER,
    MOST_SPEAKERS,
    JobDied,
    NotShown,
    UnknownJob,
    WhoIsWho,
)
from oberih.system.frames import BrokenFrame, Frame, close_files, receive, send
from oberih.system.sockets import listening, peer_of

MOST_CHILDREN = 4
TICK = 0.05
FILE_SECONDS = 20.0


@dataclass(slots=True)
class Sandbox:
    """The running children and when each must have ended."""

    jobs: Mapping[str, Job] = field(default_factory=lambda: JOBS)
    limits: Limits = field(default_factory=Limits)
    deadlines: dict[int, float] = field(default_factory=dict)
    is_stopped: bool = False
    has_own_network: bool = False

    def stop(self) -> None:
        """Take no more jobs."""
        self.is_stopped = True


def serve(*, at: Path) -> int:
    """Serve the sandbox on the socket `at` until SIGTERM.

    The process begins anew without an environment: what it was started with (addresses of
    databases, passwords in them) would stay readable in its own memory.
    """
    command = [sys.executable, "-m", "oberih.sandbox", str(at.resolve())]
    os.execve(sys.executable, command, {})  # noqa: S606  # our own interpreter and module


def serve_here(*, at: Path) -> int:
    """Serve in this process, which was started without an environment."""
    sandbox = Sandbox()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sandbox.stop())
    forget_everything()
    prepare_all()
    sandbox.has_own_network = leave_the_network()
    if not sandbox.has_own_network:
        sys.stderr.write("sandbox: the system allows no network of its own; seccomp alone\n")
    with listening(at) as listener:
        run(sandbox, listener=listener)
    return 0


def run(sandbox: Sandbox, *, listener: socket.socket) -> None:
    """Fork a child for each connection; end those that take too long."""
    while not sandbox.is_stopped:
        _collect(sandbox)
        if len(sandbox.deadlines) >= MOST_CHILDREN:
            clocks.sleep(TICK)
        elif _is_waiting(listener):
            _take(sandbox, listener=listener)
    for child in sandbox.deadlines:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _take(sandbox: Sandbox, *, listener: socket.socket) -> None:
    connection, _address = listener.accept()
    with connection:
        _start_child(sandbox, connection=connection, listener=listener)


def _is_waiting(listener: socket.socket) -> bool:
    ready, _writable, _odd = select.select([listener], [], [], TICK)
    return bool(ready)


def _collect(sandbox: Sandbox) -> None:
    """Kill children that are over time and let go of those that ended."""
    now = clocks.monotonic()
    for child, deadline in list(sandbox.deadlines.items()):
        if now > deadline:
            os.kill(child, signal.SIGKILL)
        ended, _status = os.waitpid(child, os.WNOHANG)
        if ended:
            del sandbox.deadlines[child]


def _start_child(sandbox: Sandbox, *, connection: socket.socket, listener: socket.socket) -> None:
    if peer_of(connection).uid != os.geteuid():
        return
    child = os.fork()
    if child:
        sandbox.deadlines[child] = clocks.monotonic() + sandbox.limits.wall_seconds
        return
    status = 1
    try:
        listener.close()
        _work(connection, sandbox=sandbox)
        status = 0
    finally:
        os._exit(status)


def _work(connection: socket.socket, *, sandbox: Sandbox) -> None:
    """In the child: read the job, lose all rights, do it, answer."""
    connection.settimeout(FILE_SECONDS)
    try:
        asked = receive(connection)
    except BrokenFrame:
        return
    close_files(asked.files)
    connection.settimeout(None)
    is_filtered = confine(sandbox.limits)
    with suppress(OSError):
        if asked.text("op") == "confinement":
            held = {"seccomp": is_filtered, "network": sandbox.has_own_network}
            send(connection, Frame(held))
        else:
            send(connection, _done(asked, jobs=sandbox.jobs))


def _done(asked: Frame, *, jobs: Mapping[str, Job]) -> Frame:
    job = jobs.get(asked.text("op"))
    if job is None:
        return Frame({"error": UnknownJob.__name__})
    try:
        return job(asked)
    except WhoIsWho as error:
        speakers = [name[:LONGEST_SPEAKER] for name in error.speakers[:MOST_SPEAKERS]]
        return Frame({"error": WhoIsWho.__name__, "speakers": speakers})
    except OberihError as error:
        return Frame({"error": type(error).__name__})
    except MemoryError:
        return Frame({"error": JobDied.__name__})
    except Exception as error:  # noqa: BLE001  # a decoder may fail in any way: not shown
        sys.stderr.write(f"sandbox: {type(error).__name__}\n")
        return Frame({"error": NotShown.__name__})
