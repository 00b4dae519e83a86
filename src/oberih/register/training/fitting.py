"""The fit: a logistic regression over levels of agreement and rarities, Newton's method, in numpy.

Candidates come from the same engine and levels that a run uses, so what is learnt is what is
applied. A ridge keeps levels that are seldom seen near what they would be without evidence.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from oberih.register.linkage.candidates import Candidates, Floats, joined
from oberih.register.linkage.deciding import Lengths, decide
from oberih.register.linkage.duck import candidates_of
from oberih.register.linkage.levels import FIELDS
from oberih.register.linkage.model import FORMAT, Model, Weight
from oberih.register.linkage.table import table_of
from oberih.register.training.noise import Lists

VERSION = "2"
OVERLAP = 0.5
_AIM = 0.9965
"""The precision that the default threshold reaches on all sets of training together."""
_RIDGE = 2.0
_STEPS = 60
_SETTLED = 1e-7
_SLOTS = [(field.name, level.name) for field in FIELDS for level in field.levels]
_RARE = [(field.name, level.name) for field in FIELDS for level in field.levels if level.counts]
_OTHERS = {("given", "another name"): -30.0}
"""Two given names that tables know and that are no kin are two people, were they twins in one unit:
no other agreement outweighs it, and the fit is not asked."""
_HALF, _UNSEEN = 0.5, 80.0
"""Set apart from a level's number when rarity is added to it (see `_probe`)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The candidates of two lists as a matrix: levels, rarities; and which are one person."""

    matrix: Floats
    prior: float
    is_one: Floats
    pairs: Candidates
    lengths: Lengths
    missed: int


def fitted(lists: list[Lists]) -> Model:
    """Return the model that tells the pairs of these lists apart best."""
    seen = [_seen(one) for one in lists]
    matrix = np.concatenate([one.matrix for one in seen])
    offset = np.concatenate([np.full(len(one.matrix), one.prior) for one in seen])
    is_one = np.concatenate([one.is_one for one in seen])
    centre = np.zeros(matrix.shape[1])  # levels are pulled to nothing, rarities to a half
    centre[len(_SLOTS) :] = math.log(2) / 2
    model = _model(_regressed(Likelihood(matrix, offset, is_one, centre)))
    return replace(model, threshold=_threshold(model, seen=seen))


def told(model: Model) -> dict[str, object]:
    """Return the model as the file keeps it."""
    weights = {
        field: {name: [round(one.weight, 4), round(one.rarity, 4)] for name, one in levels.items()}
        for field, levels in model.weights.items()
    }
    numbers = ("overlap", "threshold")
    return {
        "format": FORMAT,
        "version": model.version,
        "weights": weights,
        **{name: getattr(model, name) for name in numbers},
    }


def _probe(*, rarity: float) -> Model:
    """Return a model whose contributions tell the level's number, and with 1.0 the rarity too."""
    weights = {
        field.name: {
            level.name: Weight(place * _UNSEEN + _UNSEEN, rarity if level.counts else 0.0)
            for place, level in enumerate(field.levels)
        }
        for field in FIELDS
    }
    return Model("probe", weights, OVERLAP, 0.5)


def _seen(lists: Lists) -> Seen:
    a, b = table_of(lists.a), table_of(lists.b)
    found = candidates_of(a, b, model=_probe(rarity=1.0), least=None)
    pairs = joined([part for _, _, part in found])
    rows_a, rows_b = [row.id for row in lists.a], [row.id for row in lists.b]
    is_one = np.fromiter(
        ((rows_a[i], rows_b[j]) in lists.truth for i, j in zip(pairs.a, pairs.b, strict=True)),
        float,
        len(pairs),
    )
    lengths = Lengths(len(rows_a), len(rows_b))
    prior = math.log(OVERLAP / max(lengths.a, lengths.b))
    missed = len(lists.truth) - int(is_one.sum())
    return Seen(_matrix(pairs), prior, is_one, pairs, lengths, missed)


def _matrix(pairs: Candidates) -> Floats:
    """Return a column a level and a column a rarity, read from the probe's contributions."""
    columns: list[Floats] = []
    rarities: list[Floats] = []
    for field, told_ in zip(FIELDS, pairs.contributions, strict=True):
        number = np.floor((told_ + _HALF) / _UNSEEN)  # a rounding may fall short
        holds = [(number == place).astype(float) for place, _ in enumerate(field.levels, 1)]
        rest = told_ - number * _UNSEEN
        columns += holds
        rarities += [
            one * rest for one, level in zip(holds, field.levels, strict=True) if level.counts
        ]
    return np.stack(columns + rarities, axis=1)


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How well weights (natural logarithms) explain which pairs are one person, less the ridge."""

    matrix: Floats
    offset: Floats
    is_one: Floats
    centre: Floats

    def at(self, found: Floats) -> float:
        """Return the logarithm of the likelihood."""
        power = self.matrix @ found + self.offset
        explained = float(self.is_one @ power - np.logaddexp(0, power).sum())
        return explained - _RIDGE / 2 * float(((found - self.centre) ** 2).sum())

    def step(self, found: Floats) -> Floats:
        """Return Newton's step."""
        share = 1 / (1 + np.exp(-np.clip(self.matrix @ found + self.offset, -40, 40)))
        slope = self.matrix.T @ (self.is_one - share) - _RIDGE * (found - self.centre)
        bend = (self.matrix * (share * (1 - share))[:, None]).T @ self.matrix
        return np.asarray(np.linalg.solve(bend + _RIDGE * np.eye(len(found)), slope))


def _regressed(likelihood: Likelihood) -> Floats:
    """Return the likeliest weights: Newton's steps, halved while they lead down."""
    found = likelihood.centre.copy()
    reached = likelihood.at(found)
    for _ in range(_STEPS):
        step = likelihood.step(found)
        ahead = likelihood.at(found + step)
        while ahead < reached and np.max(np.abs(step)) > _SETTLED:
            step /= 2
            ahead = likelihood.at(found + step)
        found, reached = found + step, ahead
        if np.max(np.abs(step)) <= _SETTLED:
            break
    return found


def _model(found: Floats) -> Model:
    values = found / math.log(2)
    rarity = dict(zip(_RARE, values[len(_SLOTS) :], strict=True))
    weights: dict[str, dict[str, Weight]] = {field.name: {} for field in FIELDS}
    for slot, value in zip(_SLOTS, values, strict=False):
        own = _OTHERS.get(slot, float(value))
        weights[slot[0]][slot[1]] = Weight(own, float(rarity.get(slot, 0.0)))
    return Model(VERSION, weights, OVERLAP, 0.5)


def _threshold(model: Model, *, seen: list[Seen]) -> float:
    """Return the least threshold, in hundredths, at which precision reaches its aim."""
    weights = np.array(
        [model.weights[f][n].weight for f, n in _SLOTS]
        + [model.weights[f][n].rarity for f, n in _RARE]
    )
    probability, is_one = [], []
    for one in seen:
        total = one.matrix @ weights
        nothing = np.zeros_like(total)
        pairs = Candidates(one.pairs.a, one.pairs.b, (total, *(nothing for _ in FIELDS[1:])))
        probability.append(decide(pairs, model=model, lengths=one.lengths).probability)
        is_one.append(one.is_one)
    both = np.concatenate(probability), np.concatenate(is_one)
    reached = (n / 100 for n in range(50, 100) if _precision(*both, least=n / 100) >= _AIM)
    return next(reached, 0.99)


def _precision(probability: Floats, is_one: Floats, *, least: float) -> float:
    chosen = probability >= least
    return float(is_one[chosen].mean()) if chosen.any() else 1.0
