"""The work list of what does not fit, over the whole register; read from the last count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count

from oberih.register.board_models import FindingRow
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
    rule: Rule
    sources: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class WorkList:
    """The lines of the asked rule, how many there are, and the counts by group."""

    lines: tuple[WorkLine, ...]
    total: int
    groups: tuple[tuple[str, int], ...]


def work_list(*, by: Order, only: Rule | None) -> WorkList:
    """Return what did not fit when it was counted, the gravest being for a person to choose."""
    rows = FindingRow.objects.filter(**({"rule": only.value} if only else {}))
    lines = (
        WorkLine(one.person_id, Rule(one.rule), tuple(one.sources.splitlines()), one.place)
        for one in rows.order_by("order", "person")[:MOST_SHOWN]
    )
    return WorkList(tuple(lines), rows.count(), tuple(_groups(by)))


def finding_rows(today: date) -> Iterator[FindingRow]:
    """Yield what does not fit, as the register is now."""
    for person, known in known_of_all().items():
        for one in all_findings(known, today=today):
            yield FindingRow(
                person_id=person,
                rule=one.rule.value,
                order=int(one.rule.value[1:]),
                sources="\n".join(one.sources),
                place=_place(one, known=known),
            )


def _groups(by: Order) -> Iterator[tuple[str, int]]:
    counted = FindingRow.objects.values_list(by.value).annotate(n=Count("pk"))
    if by is Order.RULE:
        yield from counted.order_by("order").values_list("rule", "n")
    else:
        yield from counted.order_by("-n", "place")[:MOST_GROUPS]


def _place(finding: Finding, *, known: Known) -> str:
    """Return the place that the finding names, else where the person was last."""
    if finding.places:
        return finding.places[0]
    placed = [one for one in known.facts if one.place and not one.is_claim]
    return max(placed, key=lambda one: (one.day, one.position)).place if placed else ""
