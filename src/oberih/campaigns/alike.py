"""How much two texts are alike: the weight of the words that they share, read word by word.

Strength is the weight shared as a part of the weight that both hold together (weighted Jaccard),
in whole thousandths divided once: the same for one pair alone and for a million at a time.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from oberih.campaigns.arrays import Flags, Keys, Places, packed, starts, stretches
from oberih.campaigns.lexicon import Lexicon
from oberih.campaigns.texts import SIGNATURE_BITS, Texts

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
_BATCH = 50_000
_GLANCE = 200_000

Strengths = npt.NDArray[np.float64]


class Pairs(NamedTuple):
    """Pairs of numbers of texts."""

    one: Places
    other: Places

    def __len__(self) -> int:
        """Return how many pairs there are."""
        return len(self.one)

    def chosen(self, wanted: Flags) -> "Pairs":
        """Return those that are wanted."""
        return Pairs(self.one[wanted], self.other[wanted])


class Likeness(NamedTuple):
    """Verified pairs with their strength, above 0 to 1, and the number of words shared."""

    pairs: Pairs
    strength: Strengths
    words: Places

    def chosen(self, wanted: Flags) -> "Likeness":
        """Return those that are wanted."""
        return Likeness(self.pairs.chosen(wanted), self.strength[wanted], self.words[wanted])


def alike(pairs: Pairs, *, texts: Texts, lexicon: Lexicon) -> Likeness:
    """Return those of the pairs that are linked, in their order."""
    seen = pairs.chosen(glanced(pairs, texts=texts))
    found = verified(seen, texts=texts, lexicon=lexicon)
    return found.chosen((found.strength >= ALIKE) & (found.words >= FEWEST_WORDS))


def joins(strength: float, *, best: float) -> bool:
    """Tell whether a link joins the groups of its ends.

    `best` is the lesser of the strengths of the best links of either end. Two scripts that share a
    part (a fork) are alike too, but less than the texts of each are among themselves.
    """
    return strength >= FORK * min(best, BEST)


def glanced(pairs: Pairs, *, texts: Texts) -> Flags:
    """Tell which of the pairs seem to share enough words, by their signatures."""
    held = _bits(texts.signatures)
    portions = [np.zeros(0, np.bool_)]
    for at in range(0, len(pairs), _GLANCE):
        one, other = pairs.one[at : at + _GLANCE], pairs.other[at : at + _GLANCE]
        shared = _bits(texts.signatures[one] & texts.signatures[other])
        a, b = held[one], held[other]
        by_chance = a * b / np.float32(SIGNATURE_BITS)
        asked = by_chance + _SHARED_PART * (np.minimum(a, b) - by_chance)
        portions.append(shared >= np.maximum(asked, _SHARED_AT_LEAST))
    return np.concatenate(portions)


def _bits(signatures: npt.NDArray[np.uint64]) -> npt.NDArray[np.float32]:
    """Return how many bits of each row are set: eight counts added at once in one number."""
    counts = np.bitwise_count(signatures).view(np.uint64)[:, 0]
    low = np.uint64(0x00FF00FF00FF00FF)
    fours = (counts & low) + ((counts >> np.uint64(8)) & low)
    sums = (fours * np.uint64(0x0001000100010001)) >> np.uint64(48)
    return sums.astype(np.float32)


def verified(pairs: Pairs, *, texts: Texts, lexicon: Lexicon) -> Likeness:
    """Return the pairs with what they share, read word by word."""
    weights = lexicon.weights(texts.sets)
    begins = starts(texts.set_lengths)
    sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(weights, dtype=np.int64)])
    own = sums[begins[1:]] - sums[begins[:-1]]
    shared = np.zeros(len(pairs), np.int64)
    words = np.zeros(len(pairs), np.int64)
    for at in range(0, len(pairs), _BATCH):
        batch = Pairs(pairs.one[at : at + _BATCH], pairs.other[at : at + _BATCH])
        pair, places = _common(batch, texts=texts, begins=begins)
        size = len(batch)
        shared[at : at + size] = np.bincount(pair, weights[places], minlength=size)
        words[at : at + size] = np.bincount(pair, minlength=size)
    together = own[pairs.one] + own[pairs.other] - shared
    return Likeness(pairs, shared / np.maximum(together, 1), words)


def _common(pairs: Pairs, *, texts: Texts, begins: Places) -> tuple[Places, Places]:
    """Return each word that a pair shares, as the pair's number and the word's place in `sets`."""
    number = np.arange(len(pairs))
    pieces, sources = [], []
    for side in pairs:
        lengths = texts.set_lengths[side]
        source = stretches(begins[side], lengths=lengths)
        pieces.append(packed(np.repeat(number, lengths), low=texts.sets[source]))
        sources.append(source)
    pair, places = _in_both(pieces[0], pieces[1])
    return pair, sources[0][places]


def _in_both(left: Keys, right: Keys) -> tuple[Places, Places]:
    place = np.searchsorted(right, left)
    place[place == len(right)] = 0
    same = np.flatnonzero(right[place] == left) if len(right) else np.zeros(0, np.int64)
    return (left[same] >> np.uint64(32)).astype(np.int64), same
