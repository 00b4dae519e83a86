"""Whether the last three days of a series are more than its own past explains.

The past is 56 days that end three days before the window, so that a rising campaign does not
become its own measure. Three-day sums of the past give mean and variance; the tail of the negative
binomial distribution that they fit is the answer (Poisson where they vary less than that).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WINDOW = 3
GAP = 3
HISTORY = 56
DAYS = HISTORY + GAP + WINDOW
"""So many days of counts make a series, the newest last."""

UNLIKELY = 1e-4
"""An alarm's tail for up to 300 series; more series ask for less."""

SERIES = 300
FEWEST = 3
"""Fewer contacts in the window are no burst, however quiet the past was."""

_QUIET = 0.5
"""Half a contact is added to every past: nothing is impossible because it has not been seen."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a series' window holds, what its past expects, and how unlikely as much or more is."""

    seen: int
    expected: float
    tail: float


def judged(counts: Sequence[int]) -> Judged:
    """Judge a series of `DAYS` daily counts."""
    past, window = counts[:HISTORY], sum(counts[-WINDOW:])
    sums = [sum(past[at : at + WINDOW]) for at in range(HISTORY % WINDOW, HISTORY, WINDOW)]
    mean = (sum(past) + _QUIET) * WINDOW / HISTORY
    middle = sum(sums) / len(sums)
    variance = sum((one - middle) ** 2 for one in sums) / (len(sums) - 1)
    return Judged(window, mean, tail(window, mean=mean, variance=variance))


def is_burst(found: Judged, *, series: int) -> bool:
    """Tell whether it is an alarm when so many series are looked at."""
    return found.seen >= FEWEST and found.tail < UNLIKELY * min(1, SERIES / max(1, series))


def tail(seen: int, *, mean: float, variance: float) -> float:
    """Return how likely `seen` or more is: negative binomial, Poisson where it is no wider."""
    if seen <= 0:
        return 1.0
    chance = _poisson if variance <= mean else _negative_binomial
    below = math.fsum(chance(count, mean, variance) for count in range(seen))
    if 1 - below > 1e-9:  # noqa: PLR2004  # above this the difference is exact enough
        return 1 - below
    return math.fsum(chance(count, mean, variance) for count in range(seen, seen + 200))


def _poisson(count: int, mean: float, _variance: float) -> float:
    return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))


def _negative_binomial(count: int, mean: float, variance: float) -> float:
    size = mean * mean / (variance - mean)
    part = size / (size + mean)
    ways = math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
    return math.exp(ways + size * math.log(part) + count * math.log1p(-part))
