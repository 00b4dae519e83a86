"""Attachments at rest on the desk: re-sealed chunk by chunk under a random key of their own.

    "OBERIT" 0x01 | 64 KiB chunks, ChaCha20-Poly1305, nonce = counter and a mark on the last

Each item has a fresh key, so the nonces never meet. Forgetting the key forgets the item. The
length of the content shows.
"""

import os
from dataclasses import dataclass
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from oberih.core.errors import Refused

MAGIC = b"OBERIT\x01"
CHUNK = 64 * 1024
TAG = 16
KEY_SIZE = 32


class ItemBroken(Refused):
    """The stored attachment is cut off, was changed, or belongs to another key."""


class ItemKey:
    """The key of one item; shows itself to nobody."""

    __slots__ = ("__value",)

    def __init__(self, value: bytes) -> None:
        """Take 32 bytes; raises ItemBroken for any other length."""
        if len(value) != KEY_SIZE:
            raise ItemBroken
        self.__value = value

    @classmethod
    def generate(cls) -> "ItemKey":
        """Return a fresh random key."""
        return cls(os.urandom(KEY_SIZE))

    def __repr__(self) -> str:
        """Say what it is, never what is in it."""
        return "ItemKey(hidden)"

    def __bytes__(self) -> bytes:
        """Return the key, for the encrypted database alone."""
        return self.__value


@dataclass(frozen=True, slots=True)
class Resealed:
    """A re-sealed attachment: its new key, size and hash of the content, hash of the sealed file.

    `id` must be the one that the report names: only then it is the file that she sent.
    """

    key: ItemKey
    size: int
    sha256: str
    id: str


class ItemWriter:
    """A sink that seals what is written into it; nothing is whole before `finish`."""

    def __init__(self, sink: IO[bytes], *, key: ItemKey) -> None:
        """Begin the item in the sink."""
        self._sink = sink
        self._cipher = ChaCha20Poly1305(bytes(key))
        self._buffer = bytearray()
        self._counter = 0
        sink.write(MAGIC)

    def write(self, content: bytes) -> int:
        """Seal every full chunk that is certainly not the last."""
        self._buffer += content
        while len(self._buffer) > CHUNK:
            self._seal(bytes(self._buffer[:CHUNK]), last=0)
            del self._buffer[:CHUNK]
        return len(content)

    def finish(self) -> None:
        """Seal the last chunk, which says that it is the last."""
        self._seal(bytes(self._buffer), last=1)
        self._buffer.clear()

    def _seal(self, chunk: bytes, *, last: int) -> None:
        self._sink.write(self._cipher.encrypt(_nonce(self._counter, last=last), chunk, MAGIC))
        self._counter += 1


def read_item(source: IO[bytes], sink: IO[bytes], *, key: ItemKey) -> None:
    """Open an item; what was written before ItemBroken is raised must be thrown away."""
    if source.read(len(MAGIC)) != MAGIC:
        raise ItemBroken
    cipher = ChaCha20Poly1305(bytes(key))
    counter, chunk = 0, source.read(CHUNK + TAG)
    while following := source.read(CHUNK + TAG):
        sink.write(_opened(cipher, nonce=_nonce(counter, last=0), chunk=chunk))
        counter, chunk = counter + 1, following
    sink.write(_opened(cipher, nonce=_nonce(counter, last=1), chunk=chunk))


def _nonce(counter: int, *, last: int) -> bytes:
    return counter.to_bytes(11, "big") + bytes([last])


def _opened(cipher: ChaCha20Poly1305, *, nonce: bytes, chunk: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, chunk, MAGIC)
    except (InvalidTag, ValueError) as error:
        raise ItemBroken from error
