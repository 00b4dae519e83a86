"""The page of reach: tables, and bars drawn on the server; few people are not told as a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from oberih.desk.figures.suppression import FEW, K
from oberih.desk.reach import counting
from oberih.desk.reach.counting import Line, Span
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

WIDTH, ROW = 320, 28


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A channel's counts as they are told."""

    name: str
    could: str
    delivered: str
    waiting: str
    failed: str
    uncertain: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A campaign's time; `is_open` while nobody was warned. A small campaign shows no time."""

    name: str
    campaign: str
    families: str
    hours: str
    is_open: bool
    y: int
    width: int


@dataclass(frozen=True, slots=True)
class ReachPage:
    """All of it; `height` is the drawing's."""

    lines: tuple[ToldLine, ...]
    bars: tuple[Bar, ...]
    height: int
    half: str


def reach_page(*, by: Member, place: Path, now: datetime) -> ReachPage:
    """Return the page; raises NotPermitted."""
    require(by, Permission.CAMPAIGN_SEE)
    lines = counting.channels(place)
    sealed = counting.sealed()
    spans = counting.spans(by=by)
    return ReachPage(
        lines=tuple(told(one) for one in (*lines, *([sealed] if sealed else []))),
        bars=bars(spans, now=now),
        height=max(1, len(spans)) * ROW,
        half=_half(spans, now=now),
    )


def told(line: Line) -> ToldLine:
    """Return a line whose counts of people are never below five, nor found by subtraction.

    One small count among them hides all: they add up to what was handed over.
    """
    counts = (line.could, line.delivered, line.waiting, line.failed, line.uncertain)
    hides = line.is_people and any(0 < one < K for one in counts)
    shown = [FEW if 0 < one < K else "–" if one else "0" for one in counts] if hides else counts
    return ToldLine(line.name, *(str(one) for one in shown))


def bars(spans: Sequence[Span], *, now: datetime) -> tuple[Bar, ...]:
    """Return a bar for each campaign, all to one scale."""
    longest = max((one.hours(now=now) for one in spans if one.families >= K), default=1.0)
    return tuple(_bar(one, row=row, longest=longest, now=now) for row, one in enumerate(spans))


def _bar(span: Span, *, row: int, longest: float, now: datetime) -> Bar:
    is_few = span.families < K
    hours = span.hours(now=now)
    return Bar(
        name=span.name,
        campaign=span.campaign,
        families=FEW if is_few else str(span.families),
        hours="–" if is_few else f"{hours:.1f}",
        is_open=span.first_alert is None,
        y=row * ROW,
        width=0 if is_few else max(2, round(WIDTH * hours / max(longest, 0.1))),
    )


def _half(spans: Sequence[Span], *, now: datetime) -> str:
    """Return within how many hours half of the warned campaigns had their first alert."""
    hours = sorted(one.hours(now=now) for one in spans if one.first_alert and one.families >= K)
    return f"{hours[(len(hours) - 1) // 2]:.1f}" if hours else ""
