"""The board of what is overdue, over the whole register; read from the last count."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count

from oberih.register.board_models import OverdueRow
from oberih.register.deadlines import Due, DueState, due, rules
from oberih.register.models import Event, SoughtPerson
from oberih.register.selectors import fact_of
from oberih.register.states import Category
from oberih.register.statuses import Fact

MOST_SHOWN = 300
MOST_GROUPS = 20


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
    """Return what was overdue when it was counted last, or perhaps was, the longest first."""
    counted = OverdueRow.objects.values_list(by.value).annotate(n=Count("pk"))
    groups = [(str(name), n) for name, n in counted.order_by("-n", by.value)]
    return Board(
        lines=tuple(_shown(today)),
        total=sum(n for _, n in groups),
        groups=tuple(groups[:MOST_GROUPS]),
    )


def overdue_people(rule: str, *, today: date) -> set[str]:
    """Return for whom something is surely overdue by this rule, as the register is now."""
    return {
        person
        for person, one in _overdue(today)
        if one.rule.name == rule and one.state(today=today) is DueState.OVERDUE
    }


def overdue_rows(today: date) -> Iterator[OverdueRow]:
    """Yield what is overdue, or perhaps is, as the register is now."""
    for person, one in _overdue(today):
        yield OverdueRow(
            person_id=person,
            rule=one.rule.name,
            since_id=one.since.position,
            source=one.since.source,
            place=one.since.place,
            earliest=one.earliest,
            latest=one.latest,
        )


def _shown(today: date) -> Iterator[OverdueLine]:
    named = {one.name: one for one in rules()}
    rows = OverdueRow.objects.filter(rule__in=named).select_related("since__source")
    for row in rows.order_by("latest", "person")[:MOST_SHOWN]:
        found = Due(named[row.rule], fact_of(row.since), row.earliest, row.latest)
        yield OverdueLine(row.person_id, found, found.state(today=today))


def _overdue(today: date) -> Iterator[tuple[str, Due]]:
    known = SoughtPerson.objects.filter(events__isnull=False)
    categories = dict(known.values_list("pk", "category"))
    found = defaultdict[str, list[Fact]](list)
    for row in Event.objects.select_related("source").iterator(2_000):
        found[row.person_id].append(fact_of(row))
    for person, facts in found.items():
        running = due(facts, category=Category(categories[person]), today=today)
        past = (one for one in running if one.state(today=today) is not DueState.RUNNING)
        yield from ((person, one) for one in past)
