"""The second reader's large network: twelve layers of attention, for the command and the desk.

The shape is that of multilingual-e5-small (Wang et al. 2024; Vaswani et al. 2017): every piece
looks at every other of its window, layer after layer; here the mean and the largest of the last
one are weighed by one hidden layer. Numbers are floats of four bytes, so another machine's answer
may differ in its last bits; scores are whole hundredths. The page has the small network instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oberih.check.second.network import HUNDRED, MOST, OUTPUTS, WINDOW, windows
from oberih.check.second.spelling import FIRST_PIECE

WIDTH, WIDE, HEADS, DEPTH, HIDDEN = 384, 1536, 12, 12, 256
PARTS = {
    "look": (WIDTH, 3 * WIDTH),
    "seen": (WIDTH, WIDTH),
    "wide": (WIDTH, WIDE),
    "narrow": (WIDE, WIDTH),
}
ENDS = {"hidden": (2 * WIDTH, HIDDEN), "out": (HIDDEN, OUTPUTS)}
TINY = np.float32(1e-12)
CURVE, CUBE = np.float32(0.7978845608028654), np.float32(0.044715)
"""The square root of 2 / pi, and what the third power weighs (Hendrycks and Gimpel 2016)."""
HALF = np.float32(0.5)
Floats = NDArray[np.float32]
Shapes = dict[str, tuple[str, tuple[int, ...]]]
"""The type and shape of each array of a file by its name, in their order."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A layer: weights (in, out) and what is added."""

    matrix: Floats
    added: Floats

    def of(self, rows: Floats) -> Floats:
        """Return the layer's answer for each row."""
        return rows @ self.matrix + self.added


@dataclass(frozen=True, slots=True)
class Levelled:
    """How a row is brought to one size: what each column is times and what is added."""

    times: Floats
    added: Floats

    def of(self, rows: Floats) -> Floats:
        """Return each row less its mean, divided by its spread."""
        apart = rows - rows.mean(axis=1, keepdims=True)
        spread = np.sqrt(np.square(apart).mean(axis=1, keepdims=True) + TINY)
        found: Floats = apart / spread * self.times + self.added
        return found


@dataclass(frozen=True, slots=True)
class Layer:
    """What a piece asks, offers and gives; what it makes of the answers; and two levels."""

    look: Weights
    seen: Weights
    wide: Weights
    narrow: Weights
    first: Levelled
    last: Levelled

    def of(self, rows: Floats) -> Floats:
        """Return the rows after this layer. Cost: rows squared x WIDTH + rows x 12 WIDTH squared.

        (Twice as many additions and products.)
        """
        asked, offered, given = (
            part.reshape(len(rows), HEADS, -1).swapaxes(0, 1)
            for part in np.split(self.look.of(rows), 3, axis=1)
        )
        near = asked @ offered.swapaxes(1, 2) / np.float32(np.sqrt(WIDTH / HEADS))
        share = np.exp(near - near.max(axis=2, keepdims=True))
        share /= share.sum(axis=2, keepdims=True)
        heard = (share @ given).swapaxes(0, 1).reshape(len(rows), WIDTH)
        rows = self.first.of(rows + self.seen.of(heard))
        return self.last.of(rows + self.narrow.of(_bent(self.wide.of(rows))))


@dataclass(frozen=True, slots=True)
class Layers:
    """Pieces as vectors (small whole numbers, times a step a row), places, and all layers."""

    table: NDArray[np.int8]
    steps: Floats
    places: Floats
    begun: Levelled
    layers: Sequence[Layer]
    hidden: Weights
    out: Weights

    def scores(self, pieces: Sequence[int]) -> tuple[int, ...]:
        """Return what the text weighs for each output, in hundredths of a logit.

        Of a long text the window that weighs most for the first output counts; at most MOST
        pieces are read. Cost: about 21 million products a piece.
        """
        return max(self._window(part) for part in windows(pieces[:MOST]))

    def _window(self, pieces: Sequence[int]) -> tuple[int, ...]:
        at = list(pieces)
        rows = self.begun.of(self.table[at] * self.steps[at, None] + self.places[: len(at)])
        for layer in self.layers:
            rows = layer.of(rows)
        seen = np.concatenate([rows.mean(axis=0), rows.max(axis=0)])[None, :]
        logits = self.out.of(np.maximum(self.hidden.of(seen), 0))[0]
        return tuple(int(one) for one in np.floor(logits * HUNDRED))


def layout(*, pieces: int) -> Shapes:
    """Return the type and shape of each array by its name, in the order of the file."""
    found: Shapes = {
        "pieces": ("<i2", (pieces,)),
        "table": ("i1", (pieces + FIRST_PIECE, WIDTH)),
        "steps": ("<f4", (pieces + FIRST_PIECE,)),
        "places": ("<f4", (WINDOW, WIDTH)),
    }
    matrices = {f"{at} {name}": PARTS[name] for at in range(DEPTH) for name in PARTS} | ENDS
    for name, shape in matrices.items():
        found[name] = ("i1", shape)
        found[f"{name} steps"] = ("<f4", shape[1:])
        found[f"{name} added"] = ("<f4", shape[1:])
    for name in ("begun", *(f"{at} {name}" for at in range(DEPTH) for name in ("first", "last"))):
        found[f"{name} times"] = ("<f4", (WIDTH,))
        found[f"{name} added"] = ("<f4", (WIDTH,))
    return found


def network_of(arrays: Mapping[str, NDArray[Any]]) -> Layers:
    """Return the network of the arrays that `layout` names."""

    def weights(name: str) -> Weights:
        matrix = arrays[name].astype(np.float32) * arrays[f"{name} steps"]
        return Weights(matrix, arrays[f"{name} added"])

    def levelled(name: str) -> Levelled:
        return Levelled(arrays[f"{name} times"], arrays[f"{name} added"])

    def layer(at: int) -> Layer:
        look, seen, wide, narrow = (weights(f"{at} {name}") for name in PARTS)
        first, last = (levelled(f"{at} {name}") for name in ("first", "last"))
        return Layer(look, seen, wide, narrow, first, last)

    layers = tuple(map(layer, range(DEPTH)))
    ends = {name: weights(name) for name in ENDS}
    begun = levelled("begun")
    return Layers(arrays["table"], arrays["steps"], arrays["places"], begun, layers, **ends)


def _bent(rows: Floats) -> Floats:
    """Return the rows with small numbers pressed to nothing (GELU, by tanh)."""
    found: Floats = HALF * rows * (1 + np.tanh(CURVE * (rows + CUBE * rows * rows * rows)))
    return found
