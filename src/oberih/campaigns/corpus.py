"""All messages in an order that does not depend on the input, equal texts together."""

from dataclasses import dataclass

import numpy as np

from oberih.campaigns.alike import FEWEST_WORDS
from oberih.campaigns.arrays import Flags, Keys, Places, changes, starts, stretches
from oberih.campaigns.sketch import Sketches
from oberih.campaigns.texts import Texts, texts_of

_PORTION = 50_000


@dataclass(frozen=True, slots=True)
class Corpus:
    """Messages at positions: by the rank of their text, then by the hash of their id."""

    ids: list[str]
    """In the order of the input."""
    named: list[tuple[int, str]]
    """Each identifier that a message names, with the message's place in the input."""
    order: Places
    """The place in the input of the message at each position."""
    positions: Places
    """The position of each message of the input."""
    text: Places
    """Which of the texts the message at each position says."""
    first: Places
    """The position of the first message of each text."""
    texts: Texts
    ranks: Keys
    """The rank of each text, without salt."""

    def __len__(self) -> int:
        """Return how many messages there are."""
        return len(self.order)

    @property
    def telling(self) -> Flags:
        """Tell for each position whether its text has words enough to be told from others."""
        return (self.texts.set_lengths >= FEWEST_WORDS)[self.text]

    def id_at(self, position: int) -> str:
        """Return the id of the message at a position."""
        return self.ids[int(self.order[position])]


def corpus_of(sketches: Sketches) -> Corpus:
    """Return the messages in order, with their different texts."""
    order = np.lexsort((sketches.id_hashes, sketches.ranks))
    positions = np.empty_like(order)
    positions[order] = np.arange(len(order))
    is_first = changes(sketches.ranks[order])
    first = np.flatnonzero(is_first)
    texts = _texts(sketches, places=order[first])
    text = np.cumsum(is_first) - 1
    ranks = sketches.ranks[order[first]]
    return Corpus(sketches.ids, sketches.named, order, positions, text, first, texts, ranks)


def _texts(sketches: Sketches, *, places: Places) -> Texts:
    """Return the texts at these places of the input, copied a portion at a time."""
    lengths = sketches.lengths.astype(np.int64)
    begins, own = starts(lengths), lengths[places]
    ends = starts(own)
    words = np.empty(int(ends[-1]), np.uint32)
    for at in range(0, len(places), _PORTION):
        some = slice(at, at + _PORTION)
        taken = stretches(begins[places[some]], lengths=own[some])
        words[ends[at] : ends[at] + len(taken)] = sketches.words[taken]
    return texts_of(words, lengths=own)
