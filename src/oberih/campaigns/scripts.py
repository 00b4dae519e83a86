"""Which texts follow one script: pairs verified word by word, weighed by how rare the words are.

A word weighs ln((texts + 1000) / texts that hold it): what everybody says counts little. A word
that stands in one text alone was perhaps mistyped or put in; it weighs as an average one. Two texts
are one script's when the weight that they share is a large enough part of what both hold together
(weighted Jaccard).
"""

from typing import NamedTuple

import numpy as np

from oberih.campaigns.arrays import (
    Flags,
    Keys,
    Places,
    Weights,
    changes,
    components,
    high_of,
    packed,
    starts,
    stretches,
)
from oberih.campaigns.candidates import BUCKETS, Pairs, candidates, frequencies
from oberih.campaigns.corpus import FEWEST_WORDS
from oberih.campaigns.sketch import Texts

ALIKE = 0.3
"""The least weighted Jaccard of two texts of one script."""

FORK = 0.7
"""A link weaker than this part of the best link of both its ends leads to another script."""

BEST = 0.65
"""No better link than this is asked for: in a large script chance alone makes very good ones."""

PLAINLY_ALIKE = 0.4
"""The part of their words, or of the weight of these, that texts counted as one share."""

_SMOOTH = 1000
_BATCH = 100_000


class Likeness(NamedTuple):
    """Verified pairs with their weighted Jaccard, 0 to 1, and the number of words shared."""

    pairs: Pairs
    strength: Weights
    words: Places

    def chosen(self, wanted: Flags) -> "Likeness":
        """Return those that are wanted."""
        pairs = Pairs(self.pairs.one[wanted], self.pairs.other[wanted])
        return Likeness(pairs, self.strength[wanted], self.words[wanted])


def script_links(texts: Texts) -> Likeness:
    """Return the links inside scripts, each pair once.

    Two scripts that share a part (a fork) are alike too, but less than the texts of each are among
    themselves: a link is kept when for one of its ends it is nearly the best.
    """
    found = likeness(texts)
    found = found.chosen((found.strength >= ALIKE) & (found.words >= FEWEST_WORDS))
    best = np.zeros(len(texts), np.float32)
    for side in found.pairs:
        np.maximum.at(best, side, found.strength)
    easier = np.minimum(best[found.pairs.one], best[found.pairs.other])
    return found.chosen(found.strength >= np.float32(FORK) * np.minimum(easier, np.float32(BEST)))


def likeness(texts: Texts) -> Likeness:
    """Return every pair found, verified exactly; weak ones too.

    A script that is sent ten thousand times must not make its own words look common: texts that
    are plainly alike are counted as one before the words are weighed for good.
    """
    frequency = frequencies(texts)
    pairs = candidates(texts, frequency=frequency)
    first = verified(pairs, texts=texts, weights=word_weights(texts, counted=frequency))
    plainly = texts.set_lengths[pairs.one] + texts.set_lengths[pairs.other] - first.words
    alike = (first.strength >= PLAINLY_ALIKE) | (first.words >= PLAINLY_ALIKE * plainly)
    groups = components(len(texts), one=pairs.one[alike], other=pairs.other[alike])
    counted = _frequencies_of_groups(texts, groups=groups)
    return verified(pairs, texts=texts, weights=word_weights(texts, counted=counted))


def _frequencies_of_groups(texts: Texts, *, groups: Places) -> Places:
    """Return in how many groups the words of each bucket stand; 0 for those of one text alone."""
    bucket = texts.sets & BUCKETS
    once = np.sort(packed(bucket, low=np.repeat(groups, texts.set_lengths)))
    counted = np.bincount(high_of(once[changes(once)]), minlength=int(BUCKETS) + 1)
    counted[frequencies(texts) == 1] = 0
    return counted


def word_weights(texts: Texts, *, counted: Places) -> Weights:
    """Return the weight of each word of `texts.sets`, from how often it was counted."""
    often = counted[texts.sets & BUCKETS]
    weights = np.log((len(texts) + _SMOOTH) / np.maximum(often, 1))
    alone = often == 0
    if alone.any() and not alone.all():
        weights[alone] = weights[~alone].mean()
    small: Weights = weights.astype(np.float32)
    return small


def verified(pairs: Pairs, *, texts: Texts, weights: Weights) -> Likeness:
    """Return the pairs with what they share, read word by word."""
    begins = starts(texts.set_lengths)
    sums = np.concatenate([np.zeros(1), np.cumsum(weights, dtype=np.float64)])
    own = sums[begins[1:]] - sums[begins[:-1]]
    shared = np.zeros(len(pairs), np.float64)
    words = np.zeros(len(pairs), np.int64)
    for at in range(0, len(pairs), _BATCH):
        batch = Pairs(pairs.one[at : at + _BATCH], pairs.other[at : at + _BATCH])
        pair, weight = _common(batch, texts=texts, weights=weights)
        size = len(batch)
        shared[at : at + size] = np.bincount(pair, weight, minlength=size)
        words[at : at + size] = np.bincount(pair, minlength=size)
    together = own[pairs.one] + own[pairs.other] - shared
    strength = shared / np.maximum(together, 1e-9)
    return Likeness(pairs, strength.astype(np.float32), words)


def _common(pairs: Pairs, *, texts: Texts, weights: Weights) -> tuple[Places, Weights]:
    """Return each word that a pair shares, as the pair's number and the word's weight."""
    begins = starts(texts.set_lengths)
    number = np.arange(len(pairs))
    pieces, sources = [], []
    for side in pairs:
        lengths = texts.set_lengths[side]
        source = stretches(begins[side], lengths=lengths)
        pieces.append(packed(np.repeat(number, lengths), low=texts.sets[source]))
        sources.append(source)
    return _in_both(pieces[0], pieces[1], weights=weights[sources[0]])


def _in_both(left: Keys, right: Keys, *, weights: Weights) -> tuple[Places, Weights]:
    place = np.searchsorted(right, left)
    place[place == len(right)] = 0
    same = right[place] == left if len(right) else np.zeros(len(left), np.bool_)
    return (left[same] >> np.uint64(32)).astype(np.int64), weights[same]
