"""How much two texts are alike: the weight of the words that they share, read word by word.

Strength is the weight shared as a part of the weight that both hold together (weighted Jaccard),
in whole thousandths divided once: the same for one pair alone and for a million at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from oberih.campaigns.arrays import Flags, Keys, Places, high_of, packed, starts, stretches
from oberih.campaigns.lexicon import Lexicon, Milli
from oberih.campaigns.texts import SIGNATURE_BITS, Texts
from oberih.campaigns.threads import Told, on_threads, untold

ALIKE = 0.3
"""The least strength of a link between two texts of one script."""

FEWEST_WORDS = 4
"""Fewer words in common are a greeting and no script."""

FORK = 0.7
"""A link weaker than this part of the best link of both its ends leads to another script."""

BEST = 0.65
"""No better link than this is asked for: in a large script chance alone makes very good ones."""

_SHARED_AT_LEAST = 3
_SHARED_PART = 0.2
_PLAIN_PART = 0.4
_PORTION = 20_000

Strengths = npt.NDArray[np.float64]


class Pairs(NamedTuple):
    """Pairs of numbers of texts."""

    one: Places
    other: Places

    def __len__(self) -> int:
        """Return how many pairs there are."""
        return len(self.one)

    def portion(self, at: int) -> "Pairs":
        """Return some of them from a place on."""
        return Pairs(self.one[at : at + _PORTION], self.other[at : at + _PORTION])

    def chosen(self, wanted: Flags | Places) -> "Pairs":
        """Return those that are wanted, told by flags or by number."""
        return Pairs(self.one[wanted], self.other[wanted])


class Likeness(NamedTuple):
    """Verified pairs with their strength, above 0 to 1, and the number of words shared."""

    pairs: Pairs
    strength: Strengths
    words: Places

    def chosen(self, wanted: Flags | Places) -> "Likeness":
        """Return those that are wanted, told by flags or by number."""
        return Likeness(self.pairs.chosen(wanted), self.strength[wanted], self.words[wanted])


def alike(pairs: Pairs, *, texts: Texts, lexicon: Lexicon, told: Told = untold) -> Likeness:
    """Return those of the pairs that are linked, in their order."""
    weighed = Weighed(texts, lexicon.weights(texts.sets), starts(texts.set_lengths))
    found = [_NONE]
    portions = [pairs.portion(at) for at in range(0, len(pairs), _PORTION)]
    for done, one in enumerate(on_threads(weighed.alike, portions), start=1):
        found.append(one)
        told("verifying", done, len(portions))
    return joined_likeness(found)


def joined_likeness(parts: Sequence[Likeness]) -> Likeness:
    """Return the links of all parts, one after the other."""
    pairs = [np.concatenate(side) for side in zip(*(one.pairs for one in parts), strict=True)]
    strength = np.concatenate([one.strength for one in parts])
    return Likeness(Pairs(*pairs), strength, np.concatenate([one.words for one in parts]))


def joins(strength: float, *, best: float) -> bool:
    """Tell whether a link joins the groups of its ends.

    `best` is the lesser of the strengths of the best links of either end. Two scripts that share a
    part (a fork) are alike too, but less than the texts of each are among themselves.
    """
    return strength >= FORK * min(best, BEST)


def glanced(pairs: Pairs, *, texts: Texts) -> Flags:
    """Tell which of the pairs seem to share enough words, by their signatures."""
    shared, a, b = _held(pairs, texts=texts)
    by_chance = a * b / np.float32(SIGNATURE_BITS)
    asked = by_chance + _SHARED_PART * (np.minimum(a, b) - by_chance)
    seen: Flags = shared >= np.maximum(asked, _SHARED_AT_LEAST)
    return seen


def plainly_alike(pairs: Pairs, *, texts: Texts) -> Flags:
    """Tell which of the pairs seem to share so much that no lexicon is needed to see it."""
    shared, a, b = _held(pairs, texts=texts)
    seen: Flags = shared >= np.maximum(_PLAIN_PART * (a + b - shared), _SHARED_AT_LEAST)
    return seen


def _held(pairs: Pairs, *, texts: Texts) -> list[npt.NDArray[np.float32]]:
    """Return how many bits of the signatures the texts of each pair share, and hold each."""
    one, other = texts.signatures[pairs.one], texts.signatures[pairs.other]
    return [_bits(one & other), _bits(one), _bits(other)]


def _bits(signatures: npt.NDArray[np.uint64]) -> npt.NDArray[np.float32]:
    """Return how many bits of each row are set: eight counts added at once in one number."""
    counts = np.bitwise_count(signatures).view(np.uint64)[:, 0]
    low = np.uint64(0x00FF00FF00FF00FF)
    fours = (counts & low) + ((counts >> np.uint64(8)) & low)
    sums = (fours * np.uint64(0x0001000100010001)) >> np.uint64(48)
    return sums.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Texts with the weight of each word of their sets."""

    texts: Texts
    weights: Milli
    begins: Places

    def alike(self, pairs: Pairs) -> Likeness:
        """Return those of the pairs that are linked, read word by word."""
        seen = pairs.chosen(glanced(pairs, texts=self.texts))
        sides = [self._pieces(side) for side in seen]
        (one, weights, own), (other, _, others) = sides
        common = _in_both(one, other)
        pair = high_of(one[common])
        words = np.bincount(pair, minlength=len(seen))
        shared = np.bincount(pair, weights[common], minlength=len(seen)).astype(np.int64)
        strength = shared / np.maximum(own + others - shared, 1)
        found = Likeness(seen, strength, words)
        return found.chosen((strength >= ALIKE) & (words >= FEWEST_WORDS))

    def _pieces(self, side: Places) -> tuple[Keys, Milli, Places]:
        """Return the words of these texts with the pair's number, their weights, and the sums."""
        lengths = self.texts.set_lengths[side]
        source = stretches(self.begins[side], lengths=lengths)
        pair = np.repeat(np.arange(len(side)), lengths)
        weights = self.weights[source]
        sums = np.bincount(pair, weights, minlength=len(side)).astype(np.int64)
        return packed(pair, low=self.texts.sets[source]), weights, sums


def _in_both(left: Keys, right: Keys) -> Places:
    """Return the places in `left` of what stands in `right` too; both are in order."""
    if not len(right):
        return np.zeros(0, np.int64)
    place = np.searchsorted(right, left)
    place[place == len(right)] = 0
    return np.flatnonzero(right[place] == left)


_NONE = Likeness(Pairs(*np.zeros((2, 0), np.int64)), np.zeros(0), np.zeros(0, np.int64))
