"""Which pairs of texts are worth a closer look: those of which one is an anchor of a shared key.

The same rule as for one text at a time (`postings.py`), for all at once: texts are numbered in the
order of their ranks, so the anchors of a key are the first texts under it. Keys are cut into
stretches of the number line, worked on by threads (numpy lets go of the interpreter). No key is cut
off for being frequent: every text under it meets its anchors, which is linear.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

import numpy as np

from oberih.campaigns.alike import Pairs, glanced
from oberih.campaigns.arrays import Keys, Places, changes, high_of, low_of, packed, starts
from oberih.campaigns.keys import KEY_BITS, filings
from oberih.campaigns.lexicon import Lexicon
from oberih.campaigns.postings import ANCHORS
from oberih.campaigns.texts import Texts

_STRETCHES = 1 << (KEY_BITS - 32)
"""Inside one of these, what tells keys apart fits into 32 bits."""


class Filed(NamedTuple):
    """All texts under their keys, by stretches of keys; `begins` has one place more than these."""

    keys: Keys
    owners: Places
    begins: Places


def candidates(texts: Texts, *, lexicon: Lexicon, threads: int) -> Pairs:
    """Return the pairs worth verifying, each once, ordered."""
    filed = _filed(texts, lexicon=lexicon)
    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(partial(_found, filed, texts=texts), range(_STRETCHES)))
    codes = np.sort(np.concatenate([np.zeros(0, np.uint64), *found]))
    codes = codes[changes(codes)]
    return Pairs(high_of(codes), low_of(codes))


def _filed(texts: Texts, *, lexicon: Lexicon) -> Filed:
    keys, owners = [], []
    for some in filings(texts.words, lengths=texts.lengths, lexicon=lexicon):
        keys.append(some.keys)
        owners.append(some.owners.astype(np.uint32))
    every = np.concatenate([np.zeros(0, np.uint64), *keys])
    owner = np.concatenate([np.zeros(0, np.uint32), *owners])
    stretch = (every >> np.uint64(32)).astype(np.uint8)
    order = np.argsort(stretch, kind="stable")
    begins = starts(np.bincount(stretch, minlength=_STRETCHES))
    return Filed(packed(every[order] & np.uint64(0xFFFFFFFF), low=owner[order]), owner, begins)


def _found(filed: Filed, stretch: int, *, texts: Texts) -> Keys:
    """Return the pairs of one stretch of keys, packed, that a glance does not rule out."""
    entries = np.sort(filed.keys[filed.begins[stretch] : filed.begins[stretch + 1]])
    codes = [np.zeros(0, np.uint64), *_paired(entries[changes(entries)])]
    ordered = np.sort(np.concatenate(codes))
    ordered = ordered[changes(ordered)]
    pairs = Pairs(high_of(ordered), low_of(ordered))
    return ordered[glanced(pairs, texts=texts)]


def _paired(entries: Keys) -> Iterator[Keys]:
    """Yield each text with the first under the same key, then with the second, and so on."""
    owners = low_of(entries)
    first = changes(entries >> np.uint64(32))
    begins = np.maximum.accumulate(np.where(first, np.arange(len(entries)), 0))
    place = np.arange(len(entries)) - begins
    for anchor in range(ANCHORS):
        later = np.flatnonzero(place > anchor)
        yield packed(owners[begins[later] + anchor], low=owners[later])
