"""What the artefact holds in few bytes: weights, and Cyrillic words in letters of one byte.

A model is two short strings, gaps and levels. web/src/model.ts and web/src/rules.ts read them too.
"""

from itertools import accumulate, pairwise
from typing import Any

from oberih.check.features import Model
from oberih.core import canonical

LEVELS = (2, 3, 4, 6, 9, 14, 21, 32, 48, 72)
FIRST_GAP = 40
LAST_GAP = 91
PLUS = "ABCDEFGHIJ"
MINUS = "abcdefghij"
FULL = LAST_GAP - FIRST_GAP
# Keys are in small letters: capitals, and five signs after them, are free to stand for Cyrillic.
NARROW = {0x430 + at: 0x41 + at for at in range(32)}
WIDE = {narrow: wide for wide, narrow in NARROW.items()}


def narrowed(keys: str) -> str:
    """Return keys with each Cyrillic letter as one byte."""
    return keys.translate(NARROW)


def widened(keys: str) -> str:
    """Return what `narrowed` was given."""
    return keys.translate(WIDE)


def packed(model: Model) -> canonical.Json:
    """Return the model as the artefact holds it; every weight must be one of LEVELS."""
    buckets = sorted(model.weights)
    gaps = [here - before for before, here in zip([0, *buckets], buckets, strict=False)]
    return {
        "bias": model.bias,
        "unit": model.unit,
        "gaps": "".join(map(_written, gaps)),
        "levels": "".join(_sign(model.weights[one]) for one in buckets),
    }


def unpacked(source: dict[str, Any]) -> Model:
    """Return the model of what `packed` wrote."""
    gaps: list[int] = []
    whole = 0
    for letter in source["gaps"]:
        place = ord(letter) - FIRST_GAP
        whole += place
        if place < FULL:
            gaps.append(whole)
            whole = 0
    weights = [_weight(letter) for letter in source["levels"]]
    return Model(dict(zip(accumulate(gaps), weights, strict=True)), source["bias"], source["unit"])


def level_of(size: int) -> int:
    """Return the level nearest to a size by ratio; the smaller one when between."""
    for low, high in pairwise(LEVELS):
        if size * size < low * high:
            return low
    return LEVELS[-1]


def _written(gap: int) -> str:
    """Return a gap as letters: each full letter says that more follows."""
    full, rest = divmod(gap, FULL)
    return chr(LAST_GAP) * full + chr(FIRST_GAP + rest)


def _sign(weight: int) -> str:
    return PLUS[LEVELS.index(weight)] if weight > 0 else MINUS[LEVELS.index(-weight)]


def _weight(letter: str) -> int:
    return LEVELS[PLUS.index(letter)] if letter in PLUS else -LEVELS[MINUS.index(letter)]
