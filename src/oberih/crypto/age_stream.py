"""The payload of an age file (c2sp.org/age): 64 KiB ChaCha20-Poly1305 chunks, the last one marked.

What was written to the sink before an error is genuine but incomplete: throw it away.
"""

from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from oberih.crypto.age_header import CannotOpen, MalformedHeader

CHUNK = 64 * 1024
TAG = 16
NONCE = 16


class Source(Protocol):
    """Where bytes come from; it may give fewer than asked before its end."""

    def read(self, count: int, /) -> bytes:
        """Return at most so many bytes, none at the end."""


class Sink(Protocol):
    """Where bytes go."""

    def write(self, content: bytes, /) -> object:
        """Take all of the bytes."""


class BrokenPayload(CannotOpen):
    """The sealed file is cut off or was changed."""


def write_payload(source: Source, sink: Sink, *, file_key: bytes, nonce: bytes) -> None:
    """Seal everything in the source; the nonce is 16 fresh random bytes."""
    sink.write(nonce)
    cipher = _cipher(file_key, nonce=nonce)
    counter, chunk = 0, read_exactly(source, CHUNK)
    while following := read_exactly(source, CHUNK):
        sink.write(cipher.encrypt(_nonce(counter), chunk, None))
        counter, chunk = counter + 1, following
    sink.write(cipher.encrypt(_nonce(counter, last=1), chunk, None))


def read_payload(source: Source, sink: Sink, *, file_key: bytes) -> None:
    """Open everything in the source; raises BrokenPayload, MalformedHeader without a nonce."""
    nonce = read_exactly(source, NONCE)
    if len(nonce) != NONCE:
        raise MalformedHeader
    cipher = _cipher(file_key, nonce=nonce)
    counter, chunk = 0, read_exactly(source, CHUNK + TAG)
    while following := read_exactly(source, CHUNK + TAG):
        sink.write(_opened(cipher, nonce=_nonce(counter), chunk=chunk))
        counter, chunk = counter + 1, following
    content = _opened(cipher, nonce=_nonce(counter, last=1), chunk=chunk)
    if not content and counter:
        raise BrokenPayload  # an empty last chunk would give one content two spellings
    sink.write(content)


def sealed_length(plain: int) -> int:
    """Return the length of the payload (with its nonce) for a plaintext of this length."""
    return NONCE + plain + TAG * max(1, -(-plain // CHUNK))


def read_exactly(source: Source, count: int) -> bytes:
    """Return `count` bytes, fewer only at the end, also from a source that gives little at once."""
    parts, missing = [], count
    while missing and (part := source.read(missing)):
        parts.append(part)
        missing -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _cipher(file_key: bytes, *, nonce: bytes) -> ChaCha20Poly1305:
    key = HKDF(algorithm=SHA256(), length=32, salt=nonce, info=b"payload").derive(file_key)
    return ChaCha20Poly1305(key)


def _nonce(counter: int, *, last: int = 0) -> bytes:
    return counter.to_bytes(11, "big") + bytes([last])


def _opened(cipher: ChaCha20Poly1305, *, nonce: bytes, chunk: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, chunk, None)
    except InvalidTag as error:
        raise BrokenPayload from error
