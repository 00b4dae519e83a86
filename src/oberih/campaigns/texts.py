"""Texts as arrays: their words in order, each word once, and a signature for a quick glance."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from oberih.campaigns.arrays import Places, Words, changes, high_of, low_of, packed, starts
from oberih.campaigns.keys import MOST_WORDS
from oberih.core.errors import BadInput

SIGNATURE_BITS = 512
_PORTION = 20_000
_VERSION = struct.Struct("<B")

Signatures = npt.NDArray[np.uint64]
"""A row of 8 numbers for each text: bit `hash % 512` is set for each of its words."""


class NotASketch(BadInput):
    """This is no sketch of a version that we know."""


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """The hashes of the words of one text, in order: all of it that linking keeps."""

    words: Words

    def to_bytes(self) -> bytes:
        """Return what `from_bytes` reads: a version, then four bytes a word."""
        return _VERSION.pack(1) + self.words.astype("<u4").tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Sketch":
        """Return the stored sketch; raises NotASketch."""
        if stored[:1] != _VERSION.pack(1) or len(stored) % 4 != 1:
            raise NotASketch
        return cls(np.frombuffer(stored, "<u4", offset=1).astype(np.uint32))


@dataclass(frozen=True, slots=True)
class Texts:
    """Different texts, as words: in order, and each once in the order of their hashes."""

    lengths: Places
    words: Words
    set_lengths: Places
    sets: Words
    signatures: Signatures

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self.lengths)


def texts_of(words: Words, *, lengths: Places) -> Texts:
    """Return the texts with their word sets and signatures."""
    pieces = [_sets(words[begin:end], lengths=part) for part, begin, end in _portions(lengths)]
    set_lengths, sets, signatures = zip(*pieces, strict=True) if pieces else ([], [], [])
    return Texts(
        lengths,
        words,
        np.concatenate([np.zeros(0, np.int64), *set_lengths]),
        np.concatenate([np.zeros(0, np.uint32), *sets]),
        np.concatenate([np.zeros((0, SIGNATURE_BITS // 64), np.uint64), *signatures]),
    )


def texts_of_sketches(sketches: Iterable[Sketch]) -> Texts:
    """Return the texts of these sketches, in their order."""
    words = [one.words[:MOST_WORDS] for one in sketches]
    lengths = np.array([len(one) for one in words], np.int64)
    return texts_of(np.concatenate([np.zeros(0, np.uint32), *words]), lengths=lengths)


def _portions(lengths: Places) -> list[tuple[Places, int, int]]:
    begins = starts(lengths)
    return [
        (part, int(begins[at]), int(begins[at + len(part)]))
        for at in range(0, len(lengths), _PORTION)
        for part in [lengths[at : at + _PORTION]]
    ]


def _sets(words: Words, *, lengths: Places) -> tuple[Places, Words, Signatures]:
    owner = np.repeat(np.arange(len(lengths)), lengths)
    ordered = np.sort(packed(owner, low=words))
    ordered = ordered[changes(ordered)]
    owners, kept = high_of(ordered), low_of(ordered)
    bits = np.zeros((len(lengths), SIGNATURE_BITS), np.bool_)
    bits[owners, kept % SIGNATURE_BITS] = True
    signatures = np.packbits(bits, axis=1).view(np.uint64)
    return np.bincount(owners, minlength=len(lengths)), kept.astype(np.uint32), signatures
