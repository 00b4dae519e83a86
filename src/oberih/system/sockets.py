"""Unix sockets for the processes of one user: who listens, who calls."""

import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from oberih.core.errors import BadInput, CouldNot

BACKLOG = 32
ACCEPT_SECONDS = 0.25
LONGEST_PATH = 100
PEER = struct.Struct("3i")


class PathTooLong(BadInput):
    """The data folder's path is too long for a socket: choose one under 80 characters."""


class SocketInUse(CouldNot):
    """Another process answers on this socket already."""


@dataclass(frozen=True, slots=True)
class Peer:
    """The process at the other end of the socket, as the kernel tells it."""

    pid: int
    uid: int


@contextmanager
def listening(at: Path) -> Iterator[socket.socket]:
    """Listen on a socket that its owner alone may open; raises SocketInUse."""
    at.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _remove_stale(at)
    if len(os.fsencode(at)) > LONGEST_PATH:
        raise PathTooLong
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    fresh = at.with_name(f".{os.getpid()}")
    before = os.umask(0o177)
    try:
        listener.bind(str(fresh))
    finally:
        os.umask(before)
    listener.listen(BACKLOG)
    listener.settimeout(ACCEPT_SECONDS)
    fresh.replace(at)  # the name appears when somebody answers behind it
    try:
        yield listener
    finally:
        listener.close()
        at.unlink(missing_ok=True)


def peer_of(connection: socket.socket) -> Peer:
    """Return who is at the other end, as the kernel tells it."""
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, PEER.size)
    pid, uid, _gid = PEER.unpack(credentials)
    return Peer(pid, uid)


def _remove_stale(at: Path) -> None:
    if not at.exists():
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(at))
        except ConnectionRefusedError:
            at.unlink()
            return
    raise SocketInUse
