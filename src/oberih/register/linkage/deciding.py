"""From weights to probabilities, when each row of a list is at most one row of the other.

The probability of a pair is its marginal over all one-to-one assignments, found by passing messages
(belief propagation for matchings): a pair loses to its rivals, and a rival that has a better
partner of its own takes little away. Two equally good candidates get less than a half each, so a
tie is never broken. Nothing here accepts a link; a person does.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from oberih.register.linkage.candidates import Candidates, Floats, Ints
from oberih.register.linkage.model import Model

_ROUNDS = 60
_LOOKS = 4
_FIRM = 20
"""How many rows' worth of belief in the model's overlap stands against what is found."""
_LEAST_OVERLAP = 0.002
_SETTLED = 1e-10
_RIVAL = 0.5
"""A candidate with half the probability of another one of its row makes a tie."""
_NEGLIGIBLE = -14.0
"""Pairs with smaller odds (a power of two) do not compete: thousands of them change nothing."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many rows the two lists have."""

    a: int
    b: int


@dataclass(frozen=True, slots=True)
class Decided:
    """Each candidate's probability, and whether another one of its rows is nearly as good."""

    probability: Floats
    tied: npt.NDArray[np.bool_]


def least_weight(model: Model, *, lengths: Lengths) -> float:
    """Return the weight below which a candidate cannot matter for any threshold above a tenth."""
    return _NEGLIGIBLE - prior(model.overlap, lengths=lengths)


def decide(candidates: Candidates, *, model: Model, lengths: Lengths) -> Decided:
    """Return the probabilities of all candidates.

    The share of rows that both lists have is not known before: it begins with the model's and is
    read from the outcome a few times. Nothing else depends on the lists as a whole but rarities.
    """
    sides = Sides(candidates.a, candidates.b, lengths)
    overlap = model.overlap
    for _ in range(_LOOKS):
        probability = _probabilities(
            candidates.weight + prior(overlap, lengths=lengths), sides=sides
        )
        overlap = _overlap(probability, model=model, lengths=lengths)
    return Decided(probability, _ties(probability, sides=sides))


def prior(overlap: float, *, lengths: Lengths) -> float:
    """Return the weight of two rows before anything is compared."""
    return math.log2(overlap / max(lengths.a, lengths.b, 1))


def _overlap(probability: Floats, *, model: Model, lengths: Lengths) -> float:
    shorter = min(lengths.a, lengths.b)
    found = (float(probability.sum()) + _FIRM * model.overlap) / (shorter + _FIRM)
    return min(max(found, _LEAST_OVERLAP), 1.0)


def _probabilities(power: Floats, *, sides: "Sides") -> Floats:
    odds = np.exp2(np.clip(power, -60.0, 60.0))
    competing = power >= _NEGLIGIBLE
    probability = odds / (1 + odds)
    probability[competing] = _marginals(odds[competing], sides=sides.chosen(competing))
    return np.asarray(probability)


@dataclass(frozen=True, slots=True)
class Sides:
    """The two ends of every pair."""

    a: Ints
    b: Ints
    lengths: Lengths

    def chosen(self, which: npt.NDArray[np.bool_]) -> "Sides":
        """Return the ends of some pairs."""
        return Sides(self.a[which], self.b[which], self.lengths)


def _marginals(odds: Floats, *, sides: Sides) -> Floats:
    free_a, free_b = np.ones_like(odds), np.ones_like(odds)
    for _ in range(_ROUNDS):
        before = free_a
        free_a = _freed(odds * free_b, ends=sides.a, count=sides.lengths.a)
        free_b = _freed(odds * free_a, ends=sides.b, count=sides.lengths.b)
        if not len(odds) or np.max(np.abs(free_a - before)) < _SETTLED:
            break
    taken = odds * free_a * free_b
    return taken / (1 + taken)


def _freed(pulls: Floats, *, ends: Ints, count: int) -> Floats:
    """Return for each pair how far its end is free of the other pairs that pull at it."""
    total = np.bincount(ends, weights=pulls, minlength=count)
    return 1 / (1 + np.maximum(total[ends] - pulls, 0.0))


def _ties(probability: Floats, *, sides: Sides) -> npt.NDArray[np.bool_]:
    tied = np.zeros(len(probability), bool)
    for ends, count in ((sides.a, sides.lengths.a), (sides.b, sides.lengths.b)):
        best = np.zeros(count)
        np.maximum.at(best, ends, probability)
        near = probability >= _RIVAL * best[ends]
        rivals = np.bincount(ends, weights=near, minlength=count)
        tied |= near & (rivals[ends] > 1)
    return tied
