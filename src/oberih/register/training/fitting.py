"""The fit: a logistic regression over levels of agreement and rarities, Newton's method, in numpy.

Candidates come from the same engine and levels that a run uses, so what is learnt is what is
applied. A ridge keeps levels that are seldom seen near what they would be without evidence.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from oberih.register.linkage.assignment import Lengths, Sides, freedom
from oberih.register.linkage.candidates import Candidates, Floats, joined
from oberih.register.linkage.deciding import Evidence, decide, log_odds
from oberih.register.linkage.duck import candidates_of
from oberih.register.linkage.levels import FIELDS
from oberih.register.linkage.model import FORMAT, NUMBERS, Model, Weight
from oberih.register.linkage.table import table_of
from oberih.register.training.noise import Lists

VERSION = "4"
OVERLAP, NAMESAKES = 0.5, 0.008
AIM, THRESHOLD = 0.996, 0.55
"""See `linkage.model.Model`; chosen on lists of training, as docs/register-linkage.md tells."""
_TURNS = 5
_CERTAIN = 16.0
"""Odds beyond this power of two tell nothing about the doubtful ones."""
_RIDGE = 2.0
_STEPS = 60
_SETTLED = 1e-7
_SLOTS = [(field.name, level.name) for field in FIELDS for level in field.levels]
_RARE = [(field.name, level.name) for field in FIELDS for level in field.levels if level.counts]
_OTHERS = {("given", "another name"): -30.0, ("given", "another initial"): -15.0}
"""Two given names that tables know and that are no kin are two people, were they twins in one unit:
no other agreement outweighs it, and the fit is not asked. Other initials are nearly that, and too
seldom seen in training."""
_TINY = 1e-30
_HALF, _UNSEEN = 0.5, 64.0
"""Set apart from a level's number when rarity is added to it (see `_probe`)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The candidates of two lists as a matrix: levels, rarities; and which are one person."""

    matrix: Floats
    overlap: float
    is_one: Floats
    pairs: Candidates
    lengths: Lengths


def fitted(lists: list[Lists]) -> Model:
    """Return the model that tells the pairs of these lists apart best.

    What rivals and namesakes take from a pair is no matter of its weights: it is set apart, by the
    weights of the turn before, and the weights are fitted to the rest.
    """
    seen = [_seen(one) for one in lists]
    matrix = np.concatenate([one.matrix for one in seen])
    is_one = np.concatenate([one.is_one for one in seen])
    centre = np.zeros(matrix.shape[1])  # levels are pulled to nothing, rarities to a half
    centre[len(_SLOTS) :] = math.log(2) / 2
    model: Model | None = None
    for _ in range(_TURNS):
        offset = np.concatenate([_offset(one, model=model) for one in seen])
        model = _model(_regressed(Likelihood(matrix, offset, is_one, centre)))
    model = model or _probe(rarity=1.0)
    return replace(model, stretch=_stretch(seen, model=model))


def _stretch(seen: list[Seen], *, model: Model) -> float:
    """Return by how much the logarithms of the odds that come out are too near to nought."""
    power, is_one = [], []
    for one in seen:
        decided = decide(_weighed(one, model=model), model=model, lengths=one.lengths)
        power.append(log_odds(decided.probability))
        is_one.append(one.is_one)
    told = np.concatenate(power)
    open_ = np.abs(told) < _CERTAIN
    matrix = math.log(2) * told[open_][:, None]
    known = np.concatenate(is_one)[open_]
    found = _regressed(Likelihood(matrix, np.zeros(len(matrix)), known, np.ones(1)))
    return float(found[0])


def _offset(one: Seen, *, model: Model | None) -> Floats:
    """Return what is not the weights' own in each pair's odds, as natural logarithms."""
    if model is None:
        chance = one.overlap / max(one.lengths.a, one.lengths.b)
        return np.full(len(one.matrix), math.log(chance))
    pairs = _weighed(one, model=model)
    evidence = Evidence.of(pairs)
    power = evidence.power(one.overlap, model=model, lengths=one.lengths)
    free = freedom(power, sides=Sides(pairs.a, pairs.b, one.lengths))
    apart = power - evidence.weight + np.log2(np.maximum(free, _TINY))
    return np.asarray(math.log(2) * apart)


def _weighed(one: Seen, *, model: Model) -> Candidates:
    """Return the pairs with what a model's weights make of each field."""
    found = {field.name: np.zeros(len(one.matrix)) for field in FIELDS}
    for place, (field, level) in enumerate([*_SLOTS, *_RARE]):
        weight = model.weights[field][level]
        share = weight.weight if place < len(_SLOTS) else weight.rarity
        found[field] += share * one.matrix[:, place]
    return Candidates(one.pairs.a, one.pairs.b, tuple(found.values()))


def told(model: Model) -> dict[str, object]:
    """Return the model as the file keeps it."""
    weights = {
        field: {name: [round(one.weight, 4), round(one.rarity, 4)] for name, one in levels.items()}
        for field, levels in model.weights.items()
    }
    return {
        "format": FORMAT,
        "version": model.version,
        "weights": weights,
        **{name: round(getattr(model, name), 4) for name in NUMBERS},
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
    return Model("probe", weights, OVERLAP, NAMESAKES, 1.0, AIM, THRESHOLD)


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
    overlap = len(lists.truth) / min(lengths.a, lengths.b)
    return Seen(_matrix(pairs), overlap, is_one, pairs, lengths)


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
    return Model(VERSION, weights, OVERLAP, NAMESAKES, 1.0, AIM, THRESHOLD)
