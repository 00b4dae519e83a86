"""Deadlines in words: what is due, since which event, by which article or policy."""

from dataclasses import dataclass, replace
from datetime import date

from oberih.desk.register import words
from oberih.register.boards import Counted, counted
from oberih.register.deadlines import Due, DueState
from oberih.register.overdue import Grouping, board
from oberih.register.selectors import first_names
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@dataclass(frozen=True, slots=True)
class ShownDue:
    """A line of the board or of a person's page."""

    person: str
    name: str
    what: str
    state: str
    is_overdue: bool
    days: tuple[date, date]
    since: str
    since_on: date
    place: str
    source: str
    is_policy: bool
    article: str
    text: str
    reading: str


@dataclass(frozen=True, slots=True)
class OverduePage:
    """The board; groups in words with how many lines each has; of when it is."""

    lines: tuple[ShownDue, ...]
    total: int
    grouping: str
    groups: tuple[tuple[str, int], ...]
    counted: Counted


def overdue_page(*, grouping: Grouping, by: Member, today: date) -> OverduePage:
    """Return the board of what is overdue."""
    require(by, Permission.REGISTER_SEE)
    found = board(by=grouping, today=today)
    names = first_names(one.person for one in found.lines)
    named = words.RULES if grouping is Grouping.RULE else {}
    return OverduePage(
        lines=tuple(
            replace(shown_due(one.due, state=one.state), person=one.person, name=names[one.person])
            for one in found.lines
        ),
        total=found.total,
        grouping=grouping.value,
        groups=tuple((str(named.get(name, name)), count) for name, count in found.groups),
        counted=counted(today=today),
    )


def shown_due(one: Due, *, state: DueState) -> ShownDue:
    """Return a line in words."""
    rule = one.rule
    return ShownDue(
        person="",
        name="",
        what=str(words.RULES[rule.name]),
        state=str(words.DUE_STATES[state]),
        is_overdue=state is DueState.OVERDUE,
        days=(one.earliest, one.latest),
        since=str(words.EVENTS[one.since.type]),
        since_on=one.since.day,
        place=one.since.place,
        source=one.since.source,
        is_policy=rule.is_policy,
        article="" if rule.is_policy else str(words.ARTICLES[rule.article]),
        text=rule.text,
        reading=str(words.READINGS[rule.name]),
    )
