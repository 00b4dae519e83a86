"""Which texts follow one script, all at once.

A script that is sent ten thousand times must not make its own words look common: a first look finds
texts that are plainly alike, and they count as one in the lexicon that words are weighed by.
"""

import numpy as np

from oberih.campaigns.alike import BEST, FORK, Likeness, alike
from oberih.campaigns.arrays import Places, components
from oberih.campaigns.candidates import candidates
from oberih.campaigns.lexicon import Lexicon, counted, lexicon_of
from oberih.campaigns.texts import Texts

THREADS = 2


def script_links(texts: Texts, *, lexicon: Lexicon) -> Likeness:
    """Return the links between texts, each pair once, ordered."""
    pairs = candidates(texts, lexicon=lexicon, threads=THREADS)
    return alike(pairs, texts=texts, lexicon=lexicon)


def joining(found: Likeness, *, texts: int) -> Likeness:
    """Return those links that join groups (see `alike.joins`)."""
    best = np.zeros(texts, np.float64)
    for side in found.pairs:
        np.maximum.at(best, side, found.strength)
    easier = np.minimum(best[found.pairs.one], best[found.pairs.other])
    return found.chosen(found.strength >= FORK * np.minimum(easier, BEST))


def lexicon_from(texts: Texts, *, salt: int = 0) -> Lexicon:
    """Return the weights of words among these texts."""
    owner = np.repeat(np.arange(len(texts)), texts.set_lengths)
    raw = lexicon_of(counted(texts.sets, groups=owner), texts=len(texts), salt=salt)
    groups = _plainly_alike(texts, lexicon=raw)
    return lexicon_of(counted(texts.sets, groups=groups[owner]), texts=len(texts), salt=salt)


def _plainly_alike(texts: Texts, *, lexicon: Lexicon) -> Places:
    pairs = candidates(texts, lexicon=lexicon, threads=THREADS)
    return components(len(texts), one=pairs.one, other=pairs.other)
