"""The beginning of a stream, looked at without losing it; encodings; what is refused at once."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from oberih.check.readers.sides import UnreadableExport

HEAD = 65_536
PIECE = 1 << 20
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")


@dataclass(slots=True)
class Peeked:
    """A stream whose first 64 KiB are known; `read` gives it whole."""

    head: bytes
    rest: BinaryIO
    given: int = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; empty at the end."""
        if size == 0:
            return b""
        if self.given < len(self.head):
            end = len(self.head) if size < 0 else min(self.given + size, len(self.head))
            piece = self.head[self.given : end]
            self.given = end
            return piece if size >= 0 else piece + self.rest.read()
        return self.rest.read(size)

    def encoding(self) -> str:
        """Return UTF-16 where it is marked, UTF-8 where it fits, else Windows-1251."""
        if self.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if b"\0" in self.head:
            message = "This is not a text: it has zero bytes in it."
            raise UnreadableExport(message)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(self.head)
        except UnicodeDecodeError:
            return "cp1251"
        return "utf-8-sig"

    def head_text(self) -> str:
        """Return the beginning as text."""
        return self.head.decode(self.encoding(), errors="ignore")

    def text(self) -> Iterator[str]:
        """Yield the text in pieces; bytes that do not fit become a mark, never an end."""
        decoder = codecs.getincrementaldecoder(self.encoding())(errors="replace")
        while piece := self.read(PIECE):
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)

    def lines(self) -> Iterator[str]:
        """Yield lines without their ends; a line longer than 5 MB is given in parts."""
        pending = ""
        for piece in self.text():
            *whole, pending = (pending + piece).split("\n")
            yield from (line.rstrip("\r") for line in whole)
            if len(pending) > 5 * PIECE:
                yield pending
                pending = ""
        if pending:
            yield pending.rstrip("\r")


def peeked(stream: BinaryIO) -> Peeked:
    """Return the stream with its head read; raises UnreadableExport when empty or an archive."""
    head = io.BytesIO()
    while head.tell() < HEAD and (piece := stream.read(HEAD - head.tell())):
        head.write(piece)
    begin = head.getvalue()
    if not begin.strip():
        message = "The file is empty."
        raise UnreadableExport(message)
    if begin.startswith(ARCHIVES):
        message = "This is an archive: unpack it first and give the file with the messages."
        raise UnreadableExport(message)
    return Peeked(begin, stream)
