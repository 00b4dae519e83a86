"""The queue for a command: as JSON values, or as lines for a terminal."""

from collections.abc import Iterator
from datetime import datetime

from oberih.core.canonical import Json
from oberih.core.shown import shown_line
from oberih.desk.rows import QueueRow, counts_of_same_identifier
from oberih.desk.selectors import whole_queue
from oberih.desk.urgency import Urgency


def queue_list(*, now: datetime) -> list[Json]:
    """Return the queue as docs/contract.md has it."""
    rows = whole_queue(now=now)
    others = counts_of_same_identifier(row.case.pk for row in rows)
    return [_as_json(row, others=others[row.case.pk]) for row in rows]


def queue_lines(*, now: datetime, width: int) -> Iterator[str]:
    """Yield two lines a case: what and how urgent; the beginning of the text."""
    rows = whole_queue(now=now)
    if not rows:
        yield "Nothing waits."
    for row in rows:
        case = row.case
        clock = row.clock
        left = "" if clock is None else f"{'overdue' if clock.is_overdue else 'left'} {clock.span}"
        facts = f"{case.pk}  {row.urgency.name:<7}  {case.band:<7}  {case.state:<7}  {left}"
        yield f"{facts}  x{row.families}" if row.families > 1 else facts
        yield f"    {shown_line(' '.join(row.text.split()))[:width]}"


def _as_json(row: QueueRow, *, others: int) -> Json:
    case = row.case
    return {
        "case": case.pk,
        "text": row.text,
        "band": case.band,
        "route": case.route,
        "stage": case.stage,
        "identifiers": [str(one) for one in row.identifiers],
        "same_identifier_cases": others,
        "state": case.state,
        "urgency": Urgency(case.urgency).name.lower(),
        "support": case.support,
        "physical": case.physical,
        "tactics": list(case.tactics),
    }
