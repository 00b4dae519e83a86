"""Which texts follow one script, all at once.

A script that is sent ten thousand times must not make its own words look common: a first look finds
texts that are plainly alike, and they count as one in the lexicon that words are weighed by.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from oberih.campaigns.alike import BEST, FORK, Likeness, alike, glanced, plainly_alike
from oberih.campaigns.arrays import Places, Words, changes, components, starts
from oberih.campaigns.candidates import candidates
from oberih.campaigns.lexicon import BUCKETS, Lexicon, lexicon_of
from oberih.campaigns.texts import Texts
from oberih.campaigns.threads import Told, untold

_PORTION = 50_000
_PARTS = 16

Counts = npt.NDArray[np.uint32]


def script_links(texts: Texts, *, lexicon: Lexicon, told: Told = untold) -> Likeness:
    """Return the links between texts, each pair once, ordered."""
    pairs = candidates(texts, lexicon=lexicon, glance=glanced, told=told)
    return alike(pairs, texts=texts, lexicon=lexicon, told=told)


def joining(found: Likeness, *, texts: int) -> Likeness:
    """Return those links that join groups (see `alike.joins`)."""
    best = np.zeros(texts, np.float64)
    for side in found.pairs:
        np.maximum.at(best, side, found.strength)
    easier = np.minimum(best[found.pairs.one], best[found.pairs.other])
    return found.chosen(found.strength >= FORK * np.minimum(easier, BEST))


def lexicon_from(texts: Texts, *, salt: int = 0, told: Told = untold) -> Lexicon:
    """Return the weights of words among these texts."""
    raw = _counted(texts)
    first = lexicon_of(_known(raw, said=raw), texts=len(texts), salt=salt)
    pairs = candidates(texts, lexicon=first, glance=plainly_alike, told=told)
    groups = components(len(texts), one=pairs.one, other=pairs.other)
    counts = raw - _repeated(texts, groups=groups)
    return lexicon_of(_known(counts, said=raw), texts=len(texts), salt=salt)


def _known(counts: Counts, *, said: Counts) -> Counts:
    """Return the counts without those of words that one text alone says: mistyped, or put in."""
    return np.where(said > 1, counts, np.uint32(0))


def _counted(texts: Texts) -> Counts:
    """Return in how many texts the words of each bucket stand."""
    size = int(BUCKETS) + 1
    counts = np.zeros(size, np.uint32)
    for at in range(0, len(texts.sets), 1 << 22):
        some = texts.sets[at : at + (1 << 22)] & BUCKETS
        counts += np.bincount(some, minlength=size).astype(np.uint32)
    return counts


def _repeated(texts: Texts, *, groups: Places) -> Counts:
    """Return for each bucket in how many texts its words stand beyond one text of each group."""
    size = int(BUCKETS) + 1
    repeated = np.zeros(size, np.uint32)
    together = np.bincount(groups, minlength=len(texts))[groups] > 1
    for part in range(_PARTS):
        pieces = [np.zeros(0, np.uint64), *_labelled(texts, groups=groups, part=(part, together))]
        codes = np.concatenate(pieces)
        codes.sort()
        again = codes[~changes(codes)] >> np.uint64(32)
        repeated += np.bincount(again.astype(np.int64), minlength=size).astype(np.uint32)
    return repeated


def _labelled(
    texts: Texts, *, groups: Places, part: tuple[int, npt.NDArray[np.bool_]]
) -> Iterator[npt.NDArray[np.uint64]]:
    """Yield (bucket, group) of each word of the part in texts that are not alone."""
    number, together = part
    begins = starts(texts.set_lengths)
    for at in range(0, len(texts), _PORTION):
        lengths = texts.set_lengths[at : at + _PORTION]
        words: Words = texts.sets[begins[at] : begins[at] + lengths.sum()] & BUCKETS
        owner = at + np.repeat(np.arange(len(lengths)), lengths)
        wanted = (words % np.uint32(_PARTS) == number) & together[owner]
        group = groups[owner[wanted]].astype(np.uint64)
        yield (words[wanted].astype(np.uint64) << np.uint64(32)) | group
