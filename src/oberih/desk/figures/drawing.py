"""The figures' plots as numbers for SVG; beside each stands its table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from oberih.desk import words
from oberih.desk.figures.counting import Week

BAR, GAP, HEIGHT = 12, 3, 48
LADDER_WIDTH, LADDER_ROW = 320, 28


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `y` is its upper edge; a burst is a week with more than its past explains."""

    x: int
    y: int
    height: int
    count: int
    is_burst: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """One tactic over the weeks, drawn to the same scale as its neighbours."""

    name: str
    total: int
    bars: tuple[Bar, ...]
    width: int
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder: how many cases came so far."""

    name: str
    count: int
    y: int
    width: int
    days: float | None = None


@dataclass(frozen=True, slots=True)
class LoadBar:
    """One week of the desk: what came, what got its first answer, and after how long.

    `half` and `most` are drawn to one scale of hours: within the lower half of the first answers
    came, within the upper nine of ten.
    """

    x: int
    monday: date
    filed: Bar
    answered: Bar
    half: Bar
    most: Bar
    p50: float | None
    p90: float | None


def trends(
    tactics: Mapping[str, Sequence[int]], *, bursts: Mapping[str, Collection[int]]
) -> tuple[Trend, ...]:
    """Return the tactics, each a small plot of its own, the weeks of a burst marked."""
    shown = list(tactics.items())
    highest = max((max(counts) for _code, counts in shown), default=0)
    return tuple(
        Trend(
            name=str(words.TACTICS.get(code, code)),
            total=sum(counts),
            bars=tuple(
                replace(
                    _bar(number * (BAR + GAP), count=count, highest=highest),
                    is_burst=number in bursts.get(code, ()),
                )
                for number, count in enumerate(counts)
            ),
            width=len(counts) * (BAR + GAP),
        )
        for code, counts in shown
    )


def ladder(reached: Sequence[int], *, days: Mapping[int, float]) -> tuple[Step, ...]:
    """Return the steps from first contact to blackmail; each counts all that came so far."""
    widest = max(*reached, 1)
    return tuple(
        Step(
            str(words.STAGES[stage]),
            count,
            stage * LADDER_ROW,
            count * LADDER_WIDTH // widest,
            days.get(stage),
        )
        for stage, count in enumerate(reached)
    )


def load(weeks: Sequence[Week]) -> tuple[LoadBar, ...]:
    """Return the weeks side by side: reports and first answers."""
    highest = max((max(week.filed, week.answered) for week in weeks), default=0)
    width = 2 * BAR + 2 * GAP
    longest = max((ceil(week.p90 or 0) for week in weeks), default=0)
    return tuple(
        LoadBar(
            number * width,
            week.monday,
            _bar(number * width, count=week.filed, highest=highest),
            _bar(number * width + BAR, count=week.answered, highest=highest),
            _bar(number * width, count=ceil(week.p50 or 0), highest=longest),
            _bar(number * width, count=ceil(week.p90 or 0), highest=longest),
            week.p50,
            week.p90,
        )
        for number, week in enumerate(weeks)
    )


def _bar(x: int, *, count: int, highest: int) -> Bar:
    tall = count * HEIGHT // highest if highest else 0
    return Bar(x, HEIGHT - tall, tall, count)
