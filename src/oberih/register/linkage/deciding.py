"""From weights to probabilities, and from these to the threshold where nobody names one.

Three things are read from the lists themselves: what share of rows both have, how often strangers
look alike (`surprise`), and how rare each value is. Nothing here accepts a link; a person does.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from oberih.register.linkage.assignment import Lengths, Sides, marginals
from oberih.register.linkage.candidates import Candidates, Floats
from oberih.register.linkage.levels import FIELDS
from oberih.register.linkage.model import Model
from oberih.register.linkage.surprise import surprise

_LOOKS, _SURE = 7, (2, 4)
"""How often the lists are looked at, and after which looks strangers are counted."""
_FIRM = 20
"""How many rows' worth of belief in the model's overlap stands against what is found."""
_LEAST_OVERLAP = 0.002
_RIVAL = 0.5
"""A candidate with half the probability of another one of its row makes a tie."""
_NEGLIGIBLE = -14.0
_NAMES = tuple(
    at for at, field in enumerate(FIELDS) if field.name in {"surname", "given", "patronymic"}
)
_MARGIN = 0.75
"""By how many standard deviations fewer links have to be wrong than the model's aim allows."""
_LEAST_WRONG = 0.5
"""So many links may be wrong however short the lists are."""
_HIGHEST = 0.99


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
    read from the outcome a few times, and so is, twice, how often strangers look alike.
    """
    sides = Sides(candidates.a, candidates.b, lengths)
    evidence = Evidence.of(candidates)
    overlap, found = model.overlap, 0.0
    for look in range(_LOOKS):
        power = evidence.power(overlap, model=model, lengths=lengths) - found
        probability = marginals(power, sides=sides)
        overlap = _overlap(probability, model=model, lengths=lengths)
        if look in _SURE:
            found += surprise(probability, power=power, sides=sides)
    stretched = _stretched(probability, by=model.stretch)
    return Decided(stretched, _ties(probability, sides=sides))


def prior(overlap: float, *, lengths: Lengths) -> float:
    """Return the weight of two rows before anything is compared."""
    return math.log2(overlap / max(lengths.a, lengths.b, 1))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The weight of each pair, and what is left of it when the names are those of a namesake."""

    weight: Floats
    nameless: Floats

    @classmethod
    def of(cls, candidates: Candidates) -> "Evidence":
        """Add up what the fields say."""
        weight = candidates.weight
        named = sum(np.maximum(candidates.contributions[at], 0.0) for at in _NAMES)
        return cls(weight, weight - named)

    def power(self, overlap: float, *, model: Model, lengths: Lengths) -> Floats:
        """Return the odds as powers of two: against a stranger and against a namesake, together.

        However rare a name is, a share of men (`model.namesakes`) has a full namesake on the other
        list, and against him the names say nothing.
        """
        stranger = self.weight + prior(overlap, lengths=lengths)
        namesake = self.nameless + math.log2(overlap / model.namesakes)
        return np.asarray(-np.logaddexp2(-stranger, -namesake))


def threshold_of(probability: Floats, *, model: Model) -> float:
    """Return the least threshold, in hundredths, at which few enough links are wrong.

    How many are wrong the probabilities themselves tell; it has to be fewer than the model's aim
    allows by three quarters of a standard deviation, since chance adds some. Never below the
    model's own threshold: above a half no row is in two links.
    """
    falling = np.sort(probability[probability >= model.threshold])[::-1]
    wrong = np.cumsum(1 - falling)
    most = (1 - model.aim) * np.arange(1, len(falling) + 1)
    good = np.flatnonzero(wrong <= np.maximum(most - _MARGIN * np.sqrt(most), _LEAST_WRONG))
    if len(good) == len(falling):
        return model.threshold
    first_left_out = falling[good[-1] + 1 if len(good) else 0]
    return min(math.floor(100 * float(first_left_out) + 1) / 100, _HIGHEST)


def log_odds(probability: Floats) -> Floats:
    """Return the odds as powers of two, never beyond sixty."""
    kept = np.clip(probability, 2.0**-60, 1.0)
    return np.asarray(np.minimum(np.log2(kept) - np.log2(np.maximum(1 - kept, 2.0**-60)), 60.0))


def _stretched(probability: Floats, *, by: float) -> Floats:
    """Return probabilities further from a half; two rivals still make one at most."""
    return np.asarray(1 / (1 + np.exp2(-by * log_odds(probability))))


def _overlap(probability: Floats, *, model: Model, lengths: Lengths) -> float:
    shorter = min(lengths.a, lengths.b)
    found = (float(probability.sum()) + _FIRM * model.overlap) / (shorter + _FIRM)
    return min(max(found, _LEAST_OVERLAP), 1.0)


def _ties(probability: Floats, *, sides: Sides) -> npt.NDArray[np.bool_]:
    tied = np.zeros(len(probability), bool)
    for ends, count in ((sides.a, sides.lengths.a), (sides.b, sides.lengths.b)):
        best = np.zeros(count)
        np.maximum.at(best, ends, probability)
        near = probability >= _RIVAL * best[ends]
        rivals = np.bincount(ends, weights=near, minlength=count)
        tied |= near & (rivals[ends] > 1)
    return tied
