"""The textual header of an age file (c2sp.org/age): stanzas, canonical base64, limits.

It does not authenticate anything: `verify_mac` does, once a stanza has given the file key.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from oberih.core.errors import Refused

VERSION_LINE = b"age-encryption.org/v1\n"
COLUMNS = 64
LONGEST_LINE = 4096
LONGEST_HEADER = 128 * 1024
MAC_LENGTH = 32


class Lines(Protocol):
    """Where the header's lines come from."""

    def readline(self, limit: int, /) -> bytes:
        """Return bytes up to and with the next line feed, at most so many."""


class CannotOpen(Refused):
    """This could not be opened."""


class MalformedHeader(CannotOpen):
    """This is not a sealed file of a known version."""


class HeaderChanged(CannotOpen):
    """The head of the sealed file was changed after sealing."""


@dataclass(frozen=True, slots=True)
class Stanza:
    """One recipient's wrapped file key: arguments of printable ASCII, and a body."""

    arguments: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class AgeHeader:
    """The stanzas, the bytes that the MAC covers, and the MAC."""

    stanzas: tuple[Stanza, ...]
    covered: bytes
    mac: bytes


def write_header(stanzas: tuple[Stanza, ...], *, file_key: bytes) -> bytes:
    """Return the header with its MAC."""
    covered = VERSION_LINE + b"".join(_spelled(stanza) for stanza in stanzas) + b"---"
    return covered + b" " + to_base64(_mac(covered, file_key=file_key)).encode() + b"\n"


def read_header(source: Lines) -> AgeHeader:
    """Read up to the first byte of the payload; raises MalformedHeader."""
    reader = _LineReader(source)
    if reader.line() != VERSION_LINE[:-1]:
        raise MalformedHeader
    stanzas: list[Stanza] = []
    line = reader.line()
    while line.startswith(b"-> "):
        stanzas.append(Stanza(_arguments(line), _body(reader)))
        line = reader.line()
    if not stanzas or not line.startswith(b"--- "):
        raise MalformedHeader
    mac = from_base64(line[4:])
    if len(mac) != MAC_LENGTH:
        raise MalformedHeader
    covered = reader.taken[: -len(line) - 1] + b"---"
    return AgeHeader(tuple(stanzas), bytes(covered), mac)


def verify_mac(header: AgeHeader, *, file_key: bytes) -> None:
    """Raise HeaderChanged unless the file key's holder wrote exactly this header."""
    if not hmac.compare_digest(_mac(header.covered, file_key=file_key), header.mac):
        raise HeaderChanged


def to_base64(content: bytes) -> str:
    """Return base64 without padding."""
    return base64.b64encode(content).decode().rstrip("=")


def from_base64(text: bytes) -> bytes:
    """Return the bytes; only the one canonical spelling without padding is taken."""
    try:
        content = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedHeader from error
    if to_base64(content).encode() != text:
        raise MalformedHeader
    return content


class _LineReader:
    """Lines that end with LF only, within the limits; keeps what it took for the MAC."""

    def __init__(self, source: Lines) -> None:
        self._source = source
        self.taken = bytearray()

    def line(self) -> bytes:
        line = self._source.readline(LONGEST_LINE)
        self.taken += line
        if not line.endswith(b"\n") or len(self.taken) > LONGEST_HEADER:
            raise MalformedHeader
        return line[:-1]


def _arguments(line: bytes) -> tuple[str, ...]:
    arguments = line[3:].split(b" ")
    for argument in arguments:
        if not argument or not all(0x21 <= byte <= 0x7E for byte in argument):  # noqa: PLR2004  # VCHAR
            raise MalformedHeader
    return tuple(argument.decode("ascii") for argument in arguments)


def _body(reader: _LineReader) -> bytes:
    text = bytearray()
    while True:
        line = reader.line()
        text += line
        if len(line) < COLUMNS:
            return from_base64(bytes(text))
        if len(line) > COLUMNS:
            raise MalformedHeader


def _spelled(stanza: Stanza) -> bytes:
    text = to_base64(stanza.body)
    lines = [text[start : start + COLUMNS] for start in range(0, len(text) + 1, COLUMNS)]
    return "\n".join([" ".join(["->", *stanza.arguments]), *lines, ""]).encode()


def _mac(covered: bytes, *, file_key: bytes) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"header").derive(file_key)
    return hmac.digest(key, covered, sha256)
