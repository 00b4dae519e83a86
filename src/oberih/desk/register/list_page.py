"""What the page of a list shows: its columns to confirm, then what would change."""

import csv
import io
from dataclasses import dataclass

from oberih.desk.register.words import COLUMNS, FAULTS, ISSUE_STATES, LIST_KINDS
from oberih.register.list_applying import Preview, entries_before, preview
from oberih.register.list_columns import Column, doubts
from oberih.register.list_models import IssueState, ListIssue, StagedRow
from oberih.register.list_rows import disarmed
from oberih.register.refusals import NoSuchList
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_SHOWN = 100
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column with its heading, some cells, and what it is taken to say."""

    number: int
    heading: str
    samples: tuple[str, ...]
    column: str
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row that cannot be taken, or one that appeared, changed or vanished."""

    number: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list's page."""

    issue: ListIssue
    kind: str
    state: str
    columns: tuple[ShownColumn, ...]
    preview: Preview | None
    wrong: tuple[ShownRow, ...]
    appeared: tuple[str, ...]
    vanished: tuple[str, ...]
    changed: tuple[str, ...]


def list_page(issue_id: int, *, by: Member) -> ListPage:
    """Return the page of a list; raises NoSuchList."""
    require(by, Permission.REGISTER_SEE)
    issue = ListIssue.objects.select_related("source").filter(pk=issue_id).first()
    if issue is None:
        raise NoSuchList
    waits = issue.state == IssueState.READ
    told = preview(issue) if waits and issue.is_confirmed else None
    names = _names(issue, told=told) if told else {}
    shown = told.difference if told else None
    return ListPage(
        issue=issue,
        kind=str(LIST_KINDS[issue.kind]),
        state=str(ISSUE_STATES[issue.state]),
        columns=_columns(issue) if waits else (),
        preview=told,
        wrong=_wrong(issue) if told else (),
        appeared=tuple(names[one] for one in shown.appeared[:MOST_SHOWN]) if shown else (),
        vanished=tuple(names[one] for one in shown.vanished[:MOST_SHOWN]) if shown else (),
        changed=tuple(names[one] for one in shown.changed[:MOST_SHOWN]) if shown else (),
    )


def wrong_rows(issue_id: int, *, by: Member) -> str:
    """Return the wrong rows as CSV: number, cells, why; to be corrected and brought back."""
    require(by, Permission.REGISTER_SEE)
    issue = ListIssue.objects.filter(pk=issue_id).first()
    if issue is None:
        raise NoSuchList
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    width = len(issue.columns)
    headings = [*issue.headings, *[""] * width][:width]
    writer.writerow(["row", *map(disarmed, headings), "why"])
    for row in issue.staged.exclude(fault="").order_by("number"):
        cells = [*row.cells, *[""] * width][:width]
        writer.writerow([row.number, *map(disarmed, cells), str(FAULTS[row.fault])])
    return "\ufeff" + buffer.getvalue()


def lists(*, by: Member) -> list[tuple[ListIssue, str, str]]:
    """Return the lists that were read, the newest first, with kind and state in words."""
    require(by, Permission.REGISTER_SEE)
    rows = ListIssue.objects.select_related("source").order_by("-pk")[:MOST_SHOWN]
    return [(one, str(LIST_KINDS[one.kind]), str(ISSUE_STATES[one.state])) for one in rows]


def _columns(issue: ListIssue) -> tuple[ShownColumn, ...]:
    body = [row.cells for row in issue.staged.order_by("number")[:200]]
    columns = [Column(one) for one in issue.columns]
    doubtful = doubts(columns, body=body)
    return tuple(
        ShownColumn(
            number=at,
            heading=issue.headings[at] if at < len(issue.headings) else "",
            samples=tuple(row[at] for row in body if at < len(row) and row[at])[:SAMPLES],
            column=column.value,
            is_doubtful=column in doubtful,
        )
        for at, column in enumerate(columns)
    )


def _wrong(issue: ListIssue) -> tuple[ShownRow, ...]:
    rows = issue.staged.exclude(fault="").order_by("number")[:MOST_SHOWN]
    return tuple(ShownRow(row.number, _name(row.fields), str(FAULTS[row.fault])) for row in rows)


def _names(issue: ListIssue, *, told: Preview) -> dict[str, str]:
    asked = told.difference.appeared[:MOST_SHOWN] + told.difference.changed[:MOST_SHOWN]
    rows = StagedRow.objects.filter(issue=issue, match__in=asked)
    names = {row.match: _name(row.fields) for row in rows}
    before = entries_before(issue)
    return names | {one: _name(before[one]) for one in told.difference.vanished[:MOST_SHOWN]}


def _name(fields: dict[str, str]) -> str:
    parts = (Column.SURNAME, Column.NAME, Column.GIVEN, Column.PATRONYMIC, Column.BORN)
    return " ".join(fields[one] for one in parts if fields.get(one)) or "?"


CHOICES = tuple((one.value, word) for one, word in COLUMNS.items())
"""What a column may say, with its words."""
