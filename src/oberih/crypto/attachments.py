"""One attachment: an age file padded to a power of two of 256 KiB chunks, streamed both ways.

    age( length uint64 | content | zeros )

The number of chunks (1, 2, 4 ... 256) stays visible and tells the size class. What is inside is a
stranger's file: nothing here looks at it.
"""

from dataclasses import dataclass
from hashlib import sha256

from oberih.core.errors import BadInput
from oberih.crypto.age import Identity, Recipient, SealedSource, open_stream, seal_stream
from oberih.crypto.age_header import CannotOpen
from oberih.crypto.age_stream import CHUNK as STREAM_CHUNK
from oberih.crypto.age_stream import TAG, Sink, Source
from oberih.crypto.envelope import AGE_OVERHEAD

CHUNK = 256 * 1024
MOST_CHUNKS = 256
LENGTH_PREFIX = 8
HEADER_AND_NONCE = AGE_OVERHEAD - TAG
ZEROS = bytes(STREAM_CHUNK)


class EmptyAttachment(BadInput):
    """The attachment is empty (0 bytes)."""


class AttachmentTooLarge(BadInput):
    """The attachment is too large: at most 64 MB each."""


class AttachmentChanged(BadInput):
    """The attachment changed while it was read."""


class MalformedAttachment(CannotOpen):
    """The attachment is not in a form that is known here."""


@dataclass(frozen=True, slots=True)
class SealedAttachment:
    """`id` is the hash of the sealed file, `sha256` that of the content, `size` its bytes."""

    id: str
    sha256: str
    size: int
    chunks: int


def chunks_for(size: int) -> int:
    """Return how many chunks a content takes; raises EmptyAttachment, AttachmentTooLarge."""
    if size == 0:
        raise EmptyAttachment
    for exponent in range(MOST_CHUNKS.bit_length()):
        if size <= room_of(1 << exponent):
            return 1 << exponent
    raise AttachmentTooLarge


def room_of(chunks: int) -> int:
    """Return the longest content of so many chunks."""
    payload = chunks * CHUNK - HEADER_AND_NONCE
    return payload - TAG * -(-payload // (STREAM_CHUNK + TAG)) - LENGTH_PREFIX


def seal_attachment(source: Source, sink: Sink, *, to: Recipient, size: int) -> SealedAttachment:
    """Seal `size` bytes of the source; the sink gets whole chunks. Holds 128 KiB in memory.

    Raises EmptyAttachment, AttachmentTooLarge, AttachmentChanged.
    """
    chunks = chunks_for(size)
    padded = _Padded(source, size=size, room=room_of(chunks))
    whole = _Hashing(sink)
    seal_stream(padded, whole, to=to)
    padded.close()
    return SealedAttachment(whole.hash.hexdigest(), padded.hash.hexdigest(), size, chunks)


def open_attachment(source: SealedSource, sink: Sink, *, identity: Identity) -> SealedAttachment:
    """Write the content into the sink; throw it away after CannotOpen or MalformedAttachment."""
    watched = _HashingSource(source)
    unpadded = _Unpadded(sink)
    open_stream(watched, unpadded, identity=identity)
    size = unpadded.close()
    if size > room_of(MOST_CHUNKS):
        raise MalformedAttachment
    chunks = chunks_for(size)
    if watched.count != chunks * CHUNK:
        raise MalformedAttachment
    return SealedAttachment(watched.hash.hexdigest(), unpadded.hash.hexdigest(), size, chunks)


class _Padded:
    """A source of length, content and zeros."""

    def __init__(self, source: Source, *, size: int, room: int) -> None:
        self._source = source
        self._prefix = size.to_bytes(LENGTH_PREFIX, "big")
        self._content = size
        self._zeros = room - size
        self.hash = sha256()

    def read(self, count: int) -> bytes:
        if self._prefix:
            prefix, self._prefix = self._prefix[:count], self._prefix[count:]
            return prefix
        if self._content:
            return self._piece(min(count, self._content))
        zeros = ZEROS[: min(count, self._zeros)]
        self._zeros -= len(zeros)
        return zeros

    def close(self) -> None:
        if self._content or self._zeros or self._source.read(1):
            raise AttachmentChanged

    def _piece(self, count: int) -> bytes:
        piece = self._source.read(count)
        if not piece:
            raise AttachmentChanged
        self._content -= len(piece)
        self.hash.update(piece)
        return piece


class _Unpadded:
    """A sink that passes on the content alone and wants zeros after it."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._prefix = b""
        self._size = 0
        self._missing = 0
        self.hash = sha256()

    def write(self, content: bytes) -> None:
        if len(self._prefix) < LENGTH_PREFIX:
            wanted = LENGTH_PREFIX - len(self._prefix)
            self._prefix += content[:wanted]
            self._size = self._missing = int.from_bytes(self._prefix, "big")
            content = content[wanted:]
        piece, padding = content[: self._missing], content[self._missing :]
        self._missing -= len(piece)
        self.hash.update(piece)
        self._sink.write(piece)
        if padding.strip(b"\0"):
            raise MalformedAttachment

    def close(self) -> int:
        if len(self._prefix) < LENGTH_PREFIX or self._missing or not self._size:
            raise MalformedAttachment
        return self._size


class _Hashing:
    """A sink that hashes what it passes on."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self.hash = sha256()

    def write(self, content: bytes) -> None:
        self.hash.update(content)
        self._sink.write(content)


class _HashingSource:
    """A source that hashes and counts what it gives."""

    def __init__(self, source: SealedSource) -> None:
        self._source = source
        self.hash = sha256()
        self.count = 0

    def read(self, count: int) -> bytes:
        return self._seen(self._source.read(count))

    def readline(self, limit: int) -> bytes:
        return self._seen(self._source.readline(limit))

    def _seen(self, content: bytes) -> bytes:
        self.hash.update(content)
        self.count += len(content)
        return content
