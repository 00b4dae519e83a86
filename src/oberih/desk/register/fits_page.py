"""The work list of what does not fit, in words: rule, person, place, what to do."""

from dataclasses import dataclass
from datetime import date

from oberih.desk.register import words
from oberih.register.boards import Counted, counted
from oberih.register.discrepancies import Rule
from oberih.register.selectors import first_names
from oberih.register.work_list import Order, WorkLine, work_list
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@dataclass(frozen=True, slots=True)
class ShownWork:
    """A line of the list."""

    person: str
    name: str
    number: str
    what: str
    do: str
    place: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A rule or a place with how many lines it has; `rule` leads to its lines."""

    rule: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class WorkPage:
    """The work list, and of when it is."""

    lines: tuple[ShownWork, ...]
    total: int
    order: str
    only: str
    groups: tuple[ShownGroup, ...]
    counted: Counted


def work_page(*, order: Order, only: Rule | None, by: Member, today: date) -> WorkPage:
    """Return the work list."""
    require(by, Permission.REGISTER_SEE)
    found = work_list(by=order, only=only)
    names = first_names(one.person for one in found.lines)
    return WorkPage(
        lines=tuple(_shown(one, name=names.get(one.person, "")) for one in found.lines),
        total=found.total,
        order=order.value,
        only=only.value if only else "",
        groups=tuple(_group(name, count=count, order=order) for name, count in found.groups),
        counted=counted(today=today),
    )


def _shown(one: WorkLine, *, name: str) -> ShownWork:
    what, do = words.FINDINGS[one.rule]
    return ShownWork(one.person, name, one.rule.value, str(what), str(do), one.place, one.sources)


def _group(name: str, *, count: int, order: Order) -> ShownGroup:
    if order is Order.PLACE:
        return ShownGroup("", name, count)
    return ShownGroup(name, str(words.FINDINGS[name][0]), count)
