"""Marginals of pairs when each row of a list is at most one row of the other.

The probability of a pair is its marginal over all one-to-one assignments, found by passing messages
(belief propagation for matchings): a pair loses to its rivals, and a rival that has a better
partner of its own takes little away. Two equally good candidates get less than a half each, so a
tie is never broken.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from oberih.register.linkage.candidates import Floats, Ints

_ROUNDS = 60
_SETTLED = 1e-10
_NEGLIGIBLE = -14.0
"""Pairs with smaller odds (a power of two) do not compete: thousands of them change nothing."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many rows the two lists have."""

    a: int
    b: int


@dataclass(frozen=True, slots=True)
class Sides:
    """The two ends of every pair."""

    a: Ints
    b: Ints
    lengths: Lengths

    def chosen(self, which: npt.NDArray[np.bool_]) -> "Sides":
        """Return the ends of some pairs."""
        return Sides(self.a[which], self.b[which], self.lengths)


def freedom(power: Floats, *, sides: Sides) -> Floats:
    """Return how far both ends of each pair are free of its rivals: one where there is none."""
    free = np.ones_like(power)
    competing = power >= _NEGLIGIBLE
    odds = np.exp2(np.minimum(power[competing], 60.0))
    free[competing] = _freedom(odds, sides=sides.chosen(competing))
    return free


def marginals(power: Floats, *, sides: Sides) -> Floats:
    """Return the pairs' probabilities from their odds, which are powers of two."""
    odds = np.exp2(np.clip(power, -60.0, 60.0)) * freedom(power, sides=sides)
    return np.asarray(odds / (1 + odds))


def _freedom(odds: Floats, *, sides: Sides) -> Floats:
    free_a, free_b = np.ones_like(odds), np.ones_like(odds)
    for _ in range(_ROUNDS):
        before = free_a
        free_a = _freed(odds * free_b, ends=sides.a, count=sides.lengths.a)
        free_b = _freed(odds * free_a, ends=sides.b, count=sides.lengths.b)
        if not len(odds) or np.max(np.abs(free_a - before)) < _SETTLED:
            break
    return free_a * free_b


def _freed(pulls: Floats, *, ends: Ints, count: int) -> Floats:
    """Return for each pair how far its end is free of the other pairs that pull at it."""
    total = np.bincount(ends, weights=pulls, minlength=count)
    return 1 / (1 + np.maximum(total[ends] - pulls, 0.0))
