"""The second reader's network: whole numbers held in doubles, so that every machine agrees.

A number stands for itself divided by ONE. Every sum stays below 2 to the power of 53, where doubles
are exact, so its order changes nothing; one product, root or quotient is rounded alike by every
machine (IEEE 754), then down. So the page's engine gives the very same answer, to the bit.

The shape is that of Google's multilingual universal sentence encoder (Yang et al. 2020): words as
vectors, three columns of two convolutions that look at two, three and five pieces, each beside
what went into it; here the largest and the mean of every column are weighed by one hidden layer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, takewhile

import numpy as np
from numpy.typing import NDArray

ONE = 1 << 12
SHIFT = 1 << 24
BOUND = 1 << 20
ROOT = 16
ORDERS = ((2, 0), (3, 1), (5, 2))
"""How many pieces a column looks at, and how many of them stand before."""
LAYERS = (1, 2)
WINDOW, STRIDE, MOST = 160, 110, 1_000
HUNDRED = 100
OUTPUTS = 4
"""Coercion, a demand, a fraud; and what several messages weigh together for coercion."""
REPLIES = 32
"""How many numbers weigh what is seen of her own replies."""
OUT = {"hidden": "out", "replies": "replies out"}
"""By what is seen of a text or of her own replies: what weighs it."""
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """A layer: weights (in, out) as small whole numbers, what each column is times, what is added.

    `times` are in parts of SHIFT, `added` in parts of ONE.
    """

    matrix: Numbers
    times: Numbers
    added: Numbers

    def of(self, numbers: Numbers) -> Numbers:
        """Return the layer's answer for each row."""
        return _bound(np.floor(numbers @ self.matrix * self.times / SHIFT) + self.added)


@dataclass(frozen=True, slots=True)
class Levelled:
    """How a row is brought to one size: what each column is times and what is added."""

    times: Numbers
    added: Numbers

    def of(self, rows: Numbers) -> Numbers:
        """Return each row less its mean, divided by its spread."""
        width = rows.shape[1]
        apart = rows - np.floor(rows.sum(axis=1, keepdims=True) / width)
        spread = np.floor((apart * apart).sum(axis=1, keepdims=True) / width)
        root = np.maximum(np.floor(np.sqrt(spread * (ROOT * ROOT))), 1)
        return _bound(np.floor(apart * self.times / root) + self.added)


@dataclass(frozen=True, slots=True)
class Network:
    """All layers by name; the table of pieces is a layer whose rows are looked up."""

    table: Weights
    layers: Mapping[str, Weights]
    levels: Mapping[str, Levelled]

    def scores(self, pieces: Sequence[int]) -> tuple[int, ...]:
        """Return what the text weighs for each output, in hundredths of a logit.

        Of a long text the window that weighs most for the first output counts; at most MOST
        pieces are read. Cost: about 1.5 million products a piece.
        """
        return max(self._window(part) for part in windows(pieces[:MOST]))

    def replies(self, pieces: Sequence[int]) -> int:
        """Return what her own replies weigh, in hundredths of a logit; one window of pieces.

        Above 0 they are as to a stranger who coerces, below it as to her own people.
        """
        return self._weighed(self.seen(pieces), by="replies")[0]

    def _window(self, pieces: Sequence[int]) -> tuple[int, ...]:
        return self._weighed(self.seen(pieces))

    def seen(self, pieces: Sequence[int]) -> Numbers:
        """Return the mean and the largest of every column over one window, as one row."""
        vectors = np.floor(self.table.matrix[list(pieces)] * self.table.times / ONE)
        columns = [self._column(vectors, order=order, before=before) for order, before in ORDERS]
        rows = self.levels["all"].of(np.concatenate([vectors, *columns], axis=1))
        root = np.floor(np.sqrt(len(rows) * ONE))
        mean = np.floor(rows.sum(axis=0) * ROOT * 4 / root)
        return np.concatenate([_bound(mean), rows.max(axis=0)])[None, :]

    def _weighed(self, seen: Numbers, *, by: str = "hidden") -> tuple[int, ...]:
        hidden = np.maximum(self.layers[by].of(seen), 0)
        logits = self.layers[OUT[by]].of(hidden)[0]
        return tuple(int(one) for one in np.floor(logits * HUNDRED / ONE))

    def _column(self, vectors: Numbers, *, order: int, before: int) -> Numbers:
        rows = self.levels[f"column {order}"].of(self.layers[f"column {order}"].of(vectors))
        for layer in LAYERS:
            weights = self.layers[f"column {order} layer {layer}"]
            looked = weights.of(_neighbours(rows, order=order, before=before))
            rows = _bound(np.maximum(looked, 0) + rows)
        return rows


def windows(pieces: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield overlapping windows of a text, one for a short one."""
    last = max(len(pieces) - WINDOW, 0)
    starts = takewhile(lambda start: start < last + STRIDE, count(0, STRIDE))
    for start in starts:
        yield pieces[min(start, last) : min(start, last) + WINDOW]


def _neighbours(rows: Numbers, *, order: int, before: int) -> Numbers:
    """Return beside each row those around it, the first first; nothing stands outside the text."""
    padded = np.pad(rows, ((before, order - 1 - before), (0, 0)))
    return np.concatenate([padded[at : at + len(rows)] for at in range(order)], axis=1)


def _bound(numbers: Numbers) -> Numbers:
    return np.clip(numbers, -BOUND, BOUND)
