"""Which pairs of texts are worth a closer look: those of which one is an anchor of a shared key.

The same rule as for one text at a time (`postings.py`), for all at once: texts are numbered in the
order of their ranks, so the anchors of a key are the first texts under it. Keys are cut into
stretches of the number line, worked on by threads. No key is cut off for being frequent: every text
under it meets its anchors, which is linear.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple, Protocol

import numpy as np

from oberih.campaigns.alike import Pairs
from oberih.campaigns.arrays import Flags, Keys, Places, changes, high_of, low_of, packed, starts
from oberih.campaigns.keys import KEY_BITS, Filings, filings
from oberih.campaigns.lexicon import Lexicon
from oberih.campaigns.postings import ANCHORS
from oberih.campaigns.texts import Texts
from oberih.campaigns.threads import Told, on_threads, untold

_STRETCHES = 1 << (KEY_BITS - 32)
"""Inside one of these, what tells keys apart fits into 32 bits."""

_MANY = 8_000_000
"""So many codes are kept before those that are there twice are left out."""


class Glance(Protocol):
    """Tells quickly which pairs may be alike."""

    def __call__(self, pairs: Pairs, *, texts: Texts) -> Flags:
        """Tell it for each of the pairs."""


class Drawer(NamedTuple):
    """Some texts under their keys, by stretches of keys; stretch s begins at begins[s]."""

    entries: Keys
    begins: Places


def candidates(texts: Texts, *, lexicon: Lexicon, glance: Glance, told: Told = untold) -> Pairs:
    """Return the pairs that a glance does not rule out, each once, ordered."""
    drawers = []
    done = 0
    for some in filings(texts.words, lengths=texts.lengths, lexicon=lexicon):
        drawers.append(_drawer(some))
        done += some.texts
        told("filing", done, len(texts))
    work = partial(_found, drawers, seen=partial(glance, texts=texts))
    codes = once_each(_counted(on_threads(work, range(_STRETCHES)), told=told))
    return Pairs(high_of(codes), low_of(codes))


def once_each(portions: Iterable[Keys]) -> Keys:
    """Return the numbers of all portions in order, each once; never many more are kept."""
    kept = [np.zeros(0, np.uint64)]
    for portion in portions:
        kept.append(portion)
        if sum(map(len, kept[1:])) > _MANY + len(kept[0]):
            kept = [_once(kept)]
    return _once(kept)


def _once(portions: list[Keys]) -> Keys:
    ordered = np.concatenate(portions)
    ordered.sort()
    return ordered[changes(ordered)]


def _counted(portions: Iterable[Keys], *, told: Told) -> Iterator[Keys]:
    for done, portion in enumerate(portions, start=1):
        told("pairing", done, _STRETCHES)
        yield portion


def _drawer(some: Filings) -> Drawer:
    stretch = (some.keys >> np.uint64(32)).astype(np.uint8)
    order = np.argsort(stretch, kind="stable")
    entries = packed(some.keys[order] & np.uint64(0xFFFFFFFF), low=some.owners[order])
    return Drawer(entries, starts(np.bincount(stretch, minlength=_STRETCHES)))


def _found(drawers: list[Drawer], stretch: int, *, seen: Callable[[Pairs], Flags]) -> Keys:
    """Return the pairs of one stretch of keys, packed, that a glance does not rule out."""
    parts = [one.entries[one.begins[stretch] : one.begins[stretch + 1]] for one in drawers]
    ordered = _once([np.zeros(0, np.uint64), *_paired(_once([np.zeros(0, np.uint64), *parts]))])
    return ordered[seen(Pairs(high_of(ordered), low_of(ordered)))]


def _paired(entries: Keys) -> Iterator[Keys]:
    """Yield each text with the first under the same key, then with the second, and so on."""
    owners = low_of(entries)
    first = changes(entries >> np.uint64(32))
    begins = np.maximum.accumulate(np.where(first, np.arange(len(entries)), 0))
    place = np.arange(len(entries)) - begins
    for anchor in range(ANCHORS):
        later = np.flatnonzero(place > anchor)
        yield packed(owners[begins[later] + anchor], low=owners[later])
