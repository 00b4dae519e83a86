"""The inner processes' protocol on Unix sockets: one request, one answer, then it closes.

    uint32 header length | uint32 body length | header: canonical JSON object | body: raw bytes

Lengths are big-endian. Open files travel beside the first eight bytes (SCM_RIGHTS).
"""

import socket
from collections.abc import Mapping
from dataclasses import dataclass

from oberih.core import canonical
from oberih.core.canonical import Json
from oberih.core.errors import Refused

VERSION = 1
PREFIX = 8
LONGEST_HEADER = 64 * 1024
LONGEST_BODY = 64 * 1024 * 1024
MOST_FILES = 2


class BrokenFrame(Refused):
    """The other side of the socket did not keep to the protocol."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One request or answer; `files` are open descriptors, the receiver closes them."""

    header: Mapping[str, Json]
    body: bytes = b""
    files: tuple[int, ...] = ()

    def __repr__(self) -> str:
        """Show sizes alone: a frame may carry a passphrase."""
        return f"Frame({len(self.header)} fields, {len(self.body)} bytes)"

    def text(self, name: str) -> str:
        """Return a text field; raises BrokenFrame."""
        value = self.header.get(name)
        if not isinstance(value, str):
            raise BrokenFrame
        return value

    def number(self, name: str) -> int:
        """Return a whole number, not negative; raises BrokenFrame."""
        value = self.header.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise BrokenFrame
        return value


def send(connection: socket.socket, frame: Frame) -> None:
    """Write a frame; raises BrokenFrame when it is too large."""
    header = canonical.encode({"v": VERSION, **frame.header})
    if len(header) > LONGEST_HEADER or len(frame.body) > LONGEST_BODY:
        raise BrokenFrame
    prefix = len(header).to_bytes(4, "big") + len(frame.body).to_bytes(4, "big")
    sent = socket.send_fds(connection, [prefix], list(frame.files))
    connection.sendall(prefix[sent:] + header + frame.body)


def receive(connection: socket.socket) -> Frame:
    """Read a frame; raises BrokenFrame for anything cut off, oversized or of another version."""
    first, files, flags, _address = socket.recv_fds(connection, PREFIX, MOST_FILES)
    try:
        return _rest(connection, first=first, files=tuple(files), flags=flags)
    except BaseException:
        close_files(tuple(files))
        raise


def close_files(files: tuple[int, ...]) -> None:
    """Close descriptors that came with a frame."""
    for descriptor in files:
        socket.close(descriptor)


def _rest(connection: socket.socket, *, first: bytes, files: tuple[int, ...], flags: int) -> Frame:
    if not first or flags & socket.MSG_CTRUNC:
        raise BrokenFrame
    prefix = first + _exactly(connection, PREFIX - len(first))
    header_length = int.from_bytes(prefix[:4], "big")
    body_length = int.from_bytes(prefix[4:], "big")
    if header_length > LONGEST_HEADER or body_length > LONGEST_BODY:
        raise BrokenFrame
    header = _header(_exactly(connection, header_length))
    return Frame(header, _exactly(connection, body_length), files)


def _exactly(connection: socket.socket, count: int) -> bytes:
    parts, missing = [], count
    while missing:
        part = connection.recv(min(missing, 1 << 20))
        if not part:
            raise BrokenFrame
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _header(encoded: bytes) -> Mapping[str, Json]:
    try:
        header = canonical.decode(encoded)
    except canonical.NotCanonical as error:
        raise BrokenFrame from error
    if not isinstance(header, dict) or header.get("v") != VERSION:
        raise BrokenFrame
    return header
