"""Which pairs of texts are worth a closer look: those that share rare runs of words.

Each text is filed under its rare words and under every two and three neighbouring words, in any
order. Whoever shares a key is paired with the first text under it and with the one before: linear
in the number of entries, however frequent a key is, so nothing frequent needs to be cut off. A
glance at the signatures then drops the pairs that share hardly a word.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from oberih.campaigns.arrays import Keys, Places, Words, changes, high_of, low_of, packed
from oberih.campaigns.sketch import SIGNATURE_BITS, Texts

BUCKETS = np.uint32((1 << 24) - 1)
"""Words are counted by the low bits of their hash."""

_RARE = 200
"""A word in more texts than this is no key alone, only with its neighbours."""

_SHARD_WORDS = 4_000_000
_GLANCE = 1_000_000
_SHARED_AT_LEAST = 3.0
_SHARED_PART = 0.2


class Pairs(NamedTuple):
    """Pairs of places of texts, `one` before `other`."""

    one: Places
    other: Places

    def __len__(self) -> int:
        """Return how many pairs there are."""
        return len(self.one)


def frequencies(texts: Texts) -> Places:
    """Return in how many texts the words of each hash bucket stand."""
    return np.bincount(texts.sets & BUCKETS, minlength=int(BUCKETS) + 1)


def candidates(texts: Texts, *, frequency: Places) -> Pairs:
    """Return the pairs worth verifying, each once, ordered."""
    shards = max(1, len(texts.words) // _SHARD_WORDS)
    found = [
        _glanced(pairs, texts=texts)
        for shard in range(shards)
        for pairs in _paired(_entries(texts, frequency=frequency, part=(shard, shards)))
    ]
    codes = np.sort(np.concatenate([np.zeros(0, np.uint64), *found]))
    codes = codes[changes(codes)]
    return Pairs(high_of(codes), low_of(codes))


def _entries(texts: Texts, *, frequency: Places, part: tuple[int, int]) -> Keys:
    """Return the (key, text) entries whose keys fall into the shard, sorted."""
    shard, shards = part
    owner = np.repeat(np.arange(len(texts)), texts.lengths)
    kept = []
    for keys, owners in _filings(texts, owner=owner, frequency=frequency):
        chosen = keys % np.uint32(shards) == shard
        kept.append(packed(keys[chosen], low=owners[chosen]))
    entries = np.sort(np.concatenate(kept))
    return entries[changes(entries)]


def _filings(texts: Texts, *, owner: Places, frequency: Places) -> Iterator[tuple[Words, Places]]:
    mixed = _mixed(texts.words)
    two = mixed[:-1] + mixed[1:]
    for keys, reach in ((two, 1), (two[:-1] + mixed[2:], 2)):
        inside = owner[:-reach] == owner[reach:]
        yield _mixed(keys[inside] + np.uint32(reach)), owner[:-reach][inside]
    often = frequency[texts.sets & BUCKETS]
    rare = (often > 1) & (often <= _RARE)
    yield _mixed(texts.sets[rare]), np.repeat(np.arange(len(texts)), texts.set_lengths)[rare]


def _mixed(words: Words) -> Words:
    """Return the hashes scrambled (the finalizer of MurmurHash3)."""
    mixed = words ^ (words >> np.uint32(16))
    mixed = mixed * np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed


def _paired(entries: Keys) -> Iterator[Pairs]:
    """Yield each text with the first under the same key, and with the one before it."""
    keys, owners = high_of(entries), low_of(entries)
    first = changes(keys)
    begins = np.maximum.accumulate(np.where(first, np.arange(len(keys)), 0))
    later = np.flatnonzero(~first)
    yield Pairs(owners[later - 1], owners[later])
    second = later[begins[later] != later - 1]
    yield Pairs(owners[begins[second]], owners[second])


def _glanced(pairs: Pairs, *, texts: Texts) -> Keys:
    """Return the pairs, packed, that seem to share enough words, by their signatures."""
    kept = [np.zeros(0, np.uint64)]
    for at in range(0, len(pairs), _GLANCE):
        one, other = pairs.one[at : at + _GLANCE], pairs.other[at : at + _GLANCE]
        both = texts.signatures[one] & texts.signatures[other]
        shared = np.bitwise_count(both).sum(axis=1, dtype=np.int64)
        a, b = texts.set_lengths[one], texts.set_lengths[other]
        least = np.maximum(
            _SHARED_AT_LEAST, a * b / SIGNATURE_BITS + _SHARED_PART * np.minimum(a, b)
        )
        alike = shared >= least
        kept.append(packed(one[alike], low=other[alike]))
    codes = np.sort(np.concatenate(kept))
    return codes[changes(codes)]
