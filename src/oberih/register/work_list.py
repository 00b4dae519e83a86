"""The work list of what does not fit, over the whole register: by rule or by place."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from oberih.register.contradictions import Known, all_findings
from oberih.register.discrepancies import Finding, Rule
from oberih.register.known import known_of_all

MOST_SHOWN = 300
MOST_GROUPS = 40


class Order(StrEnum):
    """By what the list counts."""

    RULE = "rule"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class WorkLine:
    """What does not fit in one person's record; `place` is empty where none is known."""

    person: str
    finding: Finding
    place: str


@dataclass(frozen=True, slots=True)
class WorkList:
    """The lines of the asked rule, how many there are, and the counts by group."""

    lines: tuple[WorkLine, ...]
    total: int
    groups: tuple[tuple[str, int], ...]


def work_list(*, by: Order, only: Rule | None, today: date) -> WorkList:
    """Return what does not fit, the gravest rules being for a person to choose."""
    lines = _lines(today)
    counted = Counter(_group(one, by=by) for one in lines)
    groups = (
        [(rule.value, counted[rule.value]) for rule in Rule if counted[rule.value]]
        if by is Order.RULE
        else counted.most_common(MOST_GROUPS)
    )
    chosen = [one for one in lines if only is None or one.finding.rule is only]
    ordered = sorted(chosen, key=lambda one: (int(one.finding.rule.value[1:]), one.person))
    return WorkList(tuple(ordered[:MOST_SHOWN]), len(chosen), tuple(groups))


def _lines(today: date) -> list[WorkLine]:
    return [
        WorkLine(person, one, _place(one, known=known))
        for person, known in known_of_all().items()
        for one in all_findings(known, today=today)
    ]


def _group(one: WorkLine, *, by: Order) -> str:
    return one.finding.rule.value if by is Order.RULE else one.place


def _place(finding: Finding, *, known: Known) -> str:
    """Return the place that the finding names, else where the person was last."""
    if finding.places:
        return finding.places[0]
    placed = [one for one in known.facts if one.place and not one.is_claim]
    return max(placed, key=lambda one: (one.day, one.position)).place if placed else ""
