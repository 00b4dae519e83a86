"""All messages in an order that does not depend on the input, equal texts together."""

from dataclasses import dataclass

import numpy as np

from oberih.campaigns.alike import FEWEST_WORDS
from oberih.campaigns.arrays import Flags, Places, changes, starts, stretches
from oberih.campaigns.sketch import Sketches
from oberih.campaigns.texts import Texts, texts_of


@dataclass(frozen=True, slots=True)
class Corpus:
    """Messages at positions: by the rank of their text, then by the hash of their id."""

    sketches: Sketches
    order: Places
    """The place in the input of the message at each position."""
    positions: Places
    """The position of each message of the input."""
    text: Places
    """Which of the texts the message at each position says."""
    first: Places
    """The position of the first message of each text."""
    texts: Texts

    def __len__(self) -> int:
        """Return how many messages there are."""
        return len(self.order)

    @property
    def telling(self) -> Flags:
        """Tell for each position whether its text has words enough to be told from others."""
        return (self.texts.set_lengths >= FEWEST_WORDS)[self.text]

    def id_at(self, position: int) -> str:
        """Return the id of the message at a position."""
        return self.sketches.ids[int(self.order[position])]


def corpus_of(sketches: Sketches) -> Corpus:
    """Return the messages in order, with their different texts."""
    order = np.lexsort((sketches.id_hashes, sketches.ranks))
    positions = np.empty_like(order)
    positions[order] = np.arange(len(order))
    is_first = changes(sketches.ranks[order])
    first = np.flatnonzero(is_first)
    lengths = sketches.lengths.astype(np.int64)
    own = lengths[order[first]]
    words = sketches.words[stretches(starts(lengths)[order[first]], lengths=own)]
    texts = texts_of(words, lengths=own)
    return Corpus(sketches, order, positions, np.cumsum(is_first) - 1, first, texts)
