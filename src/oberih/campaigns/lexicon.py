"""How much each word weighs: the one statistic that links rest on, frozen when it is taken.

A word weighs ln((texts + 1000) / texts that say it): what everybody says counts little. A word that
was never counted weighs as an average one. Weights are whole thousandths, so that sums of them are
the same in whatever order and on whatever machine. All links of a store follow from its texts and
one lexicon; whoever takes a new lexicon links anew.
"""

import struct
import zlib
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from oberih.campaigns.arrays import Words
from oberih.core.errors import BadInput

BUCKETS = np.uint32((1 << 22) - 1)
"""Words are counted by the low bits of their hash."""

_SMOOTH = 1000
_UNIT = 1000
_VERSION = 1
_HEADER = struct.Struct("<BQII")

Milli = npt.NDArray[np.uint16]
"""Weights in thousandths."""


class NotALexicon(BadInput):
    """This is no lexicon of a version that we know."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Weights of all words, and a salt that lets nobody else foresee ranks and keys."""

    texts: int
    counts: npt.NDArray[np.uint32]
    """In how many texts (texts plainly alike counted once) the words of each bucket stand."""
    milli: Milli
    """The weight of each bucket."""
    salt: int

    def weights(self, words: Words) -> Milli:
        """Return the weights of the words, in thousandths."""
        found: Milli = self.milli[words & BUCKETS]
        return found

    def rank(self, words: Words) -> int:
        """Return the text's place among all texts: 63 bits, by chance, the same each time."""
        return rank(words.astype("<u4").tobytes(), salt=self.salt)

    def to_bytes(self) -> bytes:
        """Return what `from_bytes` reads."""
        told = np.flatnonzero(self.counts)
        header = _HEADER.pack(_VERSION, self.texts, self.salt, len(told))
        body = told.astype("<u4").tobytes() + self.counts[told].astype("<u4").tobytes()
        return header + zlib.compress(body)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Lexicon":
        """Return the stored lexicon; raises NotALexicon."""
        try:
            version, texts, salt, told = _HEADER.unpack_from(stored)
            body = np.frombuffer(zlib.decompress(stored[_HEADER.size :]), "<u4")
        except (struct.error, zlib.error, ValueError) as error:
            raise NotALexicon from error
        if version != _VERSION or len(body) != 2 * told:
            raise NotALexicon
        counts = np.zeros(int(BUCKETS) + 1, np.uint32)
        counts[body[:told]] = body[told:]
        return lexicon_of(counts, texts=texts, salt=salt)


def digest_of(stored: bytes) -> str:
    """Return the hash by which a stored lexicon is known."""
    return blake2b(stored, digest_size=16).hexdigest()


def rank(words: bytes, *, salt: int = 0) -> int:
    """Return the rank of a text from its words, four bytes each."""
    digest = blake2b(words, digest_size=8, key=salt.to_bytes(4, "little")).digest()
    return int.from_bytes(digest, "little") >> 1


def empty_lexicon(*, salt: int = 0) -> Lexicon:
    """Return the lexicon of somebody who has read nothing: all words weigh the same."""
    return lexicon_of(np.zeros(int(BUCKETS) + 1, np.uint32), texts=0, salt=salt)


def lexicon_of(counts: npt.NDArray[np.uint32], *, texts: int, salt: int = 0) -> Lexicon:
    """Return the weights that follow from the counts of so many texts."""
    told = np.flatnonzero(counts)
    often = counts[told].astype(np.float64)
    rarity = np.log((texts + _SMOOTH) / often)
    average = float((rarity * often).sum() / often.sum()) if len(told) else float(np.log(_SMOOTH))
    milli = np.full(len(counts), round(average * _UNIT), np.uint16)
    milli[told] = np.rint(rarity * _UNIT)
    return Lexicon(texts, counts, milli, salt)
