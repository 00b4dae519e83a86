"""The board of what is overdue, over the whole register."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from oberih.register.deadlines import Due, DueState, due
from oberih.register.models import Event, SoughtPerson
from oberih.register.selectors import fact_of
from oberih.register.states import Category

MOST_SHOWN = 300


class Grouping(StrEnum):
    """By what the board counts."""

    RULE = "rule"
    SOURCE = "source"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """Something that is due for one person."""

    person: str
    due: Due
    state: DueState


@dataclass(frozen=True, slots=True)
class Board:
    """The most overdue lines, how many there are, and the counts by group."""

    lines: tuple[OverdueLine, ...]
    total: int
    groups: tuple[tuple[str, int], ...]


def board(*, by: Grouping, today: date) -> Board:
    """Return what is overdue, or perhaps is, the longest first."""
    lines = sorted(_lines(today), key=lambda one: (one.due.latest, one.person))
    counted = Counter(_group(one.due, by=by) for one in lines)
    return Board(
        lines=tuple(lines[:MOST_SHOWN]), total=len(lines), groups=tuple(counted.most_common(20))
    )


def overdue_people(rule: str, *, today: date) -> set[str]:
    """Return for whom something is surely overdue by this rule."""
    return {
        one.person
        for one in _lines(today)
        if one.due.rule.name == rule and one.state is DueState.OVERDUE
    }


def _lines(today: date) -> list[OverdueLine]:
    categories = dict(
        SoughtPerson.objects.filter(events__isnull=False).values_list("pk", "category")
    )
    found = defaultdict(list)
    for row in Event.objects.select_related("source").iterator(2_000):
        found[row.person_id].append(fact_of(row))
    return [
        OverdueLine(person, one, one.state(today=today))
        for person, facts in found.items()
        for one in due(facts, category=Category(categories[person]), today=today)
        if one.state(today=today) is not DueState.RUNNING
    ]


def _group(one: Due, *, by: Grouping) -> str:
    if by is Grouping.RULE:
        return one.rule.name
    return one.since.source if by is Grouping.SOURCE else one.since.place
