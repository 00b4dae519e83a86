"""What each field adds to a link, drawn as a waterfall and told as a table; no script takes part.

A weight is a power of two. The first bar is what any two rows of two such lists have before
anything is compared; each field then takes the sum up or down; the last bar is where it ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from oberih.desk.register.link_words import (
    BEFORE,
    CELLS,
    LIKELIER,
    SAYS_NOTHING,
    SUM,
    UNLIKELIER,
)

WIDTH, LABEL, LINE, BAR = 640, 190, 30, 18
_LEAST = 0.05
_MOST_TOLD = 1_000_000


@dataclass(frozen=True, slots=True)
class Bar:
    """A step: its label, its words, and where its bar lies."""

    label: str
    told: str
    kind: str
    x: int
    y: int
    width: int
    middle: int


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The bars with the size of the picture; `zero` is where for and against are equal."""

    bars: tuple[Bar, ...]
    zero: int
    height: int
    width: int = WIDTH
    label: int = LABEL - 10
    thick: int = BAR


def waterfall(contributions: Mapping[str, float], *, prior: float) -> Waterfall:
    """Return the drawing of what each field adds."""
    steps = [(str(BEFORE), 0.0, prior, "start")]
    reached = prior
    for field, label in CELLS.items():
        adds = contributions.get(field, 0.0)
        steps.append((str(label), reached, reached + adds, "for" if adds > 0 else "against"))
        reached += adds
    steps.append((str(SUM), 0.0, reached, "sum"))
    ends = [end for _, before, after, _ in steps for end in (before, after)]
    scale = _Scale(min(ends), max(ends))
    bars = tuple(_bar(one, place=place, scale=scale) for place, one in enumerate(steps))
    return Waterfall(bars, zero=scale.at(0.0), height=LINE * len(bars))


@dataclass(frozen=True, slots=True)
class _Scale:
    """From weights to points of the picture."""

    least: float
    most: float

    def at(self, weight: float) -> int:
        share = (weight - self.least) / max(self.most - self.least, 1.0)
        return round(LABEL + share * (WIDTH - LABEL - 8))


def _bar(step: tuple[str, float, float, str], *, place: int, scale: _Scale) -> Bar:
    label, before, after, kind = step
    left, right = sorted((scale.at(before), scale.at(after)))
    top = place * LINE + (LINE - BAR) // 2
    return Bar(
        label=label,
        told=_told(after - before),
        kind="nothing" if abs(after - before) < _LEAST else kind,
        x=left,
        y=top,
        width=max(right - left, 2),
        middle=top + BAR - 4,
    )


def _told(weight: float) -> str:
    if abs(weight) < _LEAST:
        return str(SAYS_NOTHING)
    times = min(2 ** abs(weight), _MOST_TOLD)
    shown = f"{times:.1f}" if times < 10 else f"{times:,.0f}".replace(",", "\u00a0")  # noqa: PLR2004  # two digits are enough
    return str(LIKELIER if weight > 0 else UNLIKELIER) % {"times": shown}
