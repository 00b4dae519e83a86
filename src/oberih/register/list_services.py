"""Lists: read, understood by a person, looked at, then taken in whole or not at all.

A list waits in staged rows until a person has confirmed what its columns say and seen what would
change. Taking it in goes batch by batch, each its own transaction; one that was interrupted goes
on where it was, and no page counts its entries before it is done.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core import canonical
from oberih.register.list_columns import NAMES, Column, guess, remembered
from oberih.register.list_models import ColumnMapping, IssueState, ListIssue, ListKind, StagedRow
from oberih.register.list_rows import Fault, read_row
from oberih.register.refusals import (
    AlreadyRead,
    AnotherWaits,
    ColumnTwice,
    NoNameColumn,
    NoSuchList,
    NotThisFar,
)
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

BATCH = 2_000
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A list that was read from a file or pasted."""

    source: int
    kind: ListKind
    rows: Rows
    issued_on: date


def take(incoming: Incoming, *, by: Member, now: datetime) -> ListIssue:
    """Stage a list; raises AlreadyRead for the same content again, AnotherWaits."""
    require(by, Permission.REGISTER_CHANGE)
    content = canonical.encode([list(row) for row in incoming.rows])
    digest = hashlib.sha256(content).hexdigest()
    standing = ListIssue.objects.exclude(state=IssueState.DROPPED).filter(source=incoming.source)
    if standing.filter(digest=digest).exists():
        raise AlreadyRead
    guessed = guess(incoming.rows)
    heading = incoming.rows[guessed.heading] if guessed.heading >= 0 else ()
    known = ColumnMapping.objects.filter(source=incoming.source).first()
    columns = remembered(guessed, headings=heading, known=known.mapping) if known else guessed
    try:
        with transaction.atomic():
            issue = ListIssue.objects.create(
                source_id=incoming.source,
                kind=incoming.kind.value,
                digest=digest,
                read_at=now,
                read_by=str(by.pk),
                issued_on=incoming.issued_on,
                headings=list(heading),
                columns=[
                    *[one.value for one in columns.columns],
                    *["" for _ in guessed.columns[len(columns.columns) :]],
                ],
            )
            _stage(issue, rows=incoming.rows, after=guessed.heading)
            record(Act.LIST_READ, actor=by.member_id, subject=f"list {issue.pk}")
    except IntegrityError as error:
        raise AnotherWaits from error
    return issue


def confirm(issue_id: int, *, columns: Sequence[Column], by: Member) -> ListIssue:
    """Take a person's word for what the columns say; raises NoNameColumn, ColumnTwice."""
    require(by, Permission.REGISTER_CHANGE)
    named = [one for one in columns if one]
    if len(named) != len(set(named)):
        raise ColumnTwice
    if not set(named) & (NAMES - {Column.PATRONYMIC}):
        raise NoNameColumn
    with transaction.atomic():
        issue = _issue(issue_id, state=IssueState.READ)
        issue.columns, issue.is_confirmed = [one.value for one in columns], True
        issue.save(update_fields=["columns", "is_confirmed"])
        said = dict(zip(issue.headings, issue.columns, strict=False))
        ColumnMapping.objects.update_or_create(
            source=issue.source,
            defaults={"mapping": {key: one for key, one in said.items() if key}},
        )
        understand(issue)
        record(Act.LIST_CONFIRMED, actor=by.member_id, subject=f"list {issue.pk}")
    return issue


def correct(issue_id: int, *, rows: Rows, by: Member) -> int:
    """Put corrected rows in the place of the wrong ones, by the number in their first cell.

    Returns how many were corrected.
    """
    require(by, Permission.REGISTER_CHANGE)
    given = {int(row[0]): list(row[1:]) for row in rows if row and row[0].isdecimal()}
    with transaction.atomic():
        issue = _issue(issue_id, state=IssueState.READ)
        wrong = list(issue.staged.filter(number__in=list(given)).exclude(fault=""))
        for row in wrong:
            row.cells = given[row.number][: len(issue.columns)]
        StagedRow.objects.bulk_update(wrong, ["cells"], batch_size=500)
        understand(issue)
    return len(wrong)


def drop(issue_id: int, *, by: Member) -> None:
    """Forget a list that was read and not taken in."""
    require(by, Permission.REGISTER_CHANGE)
    with transaction.atomic():
        issue = _issue(issue_id, state=IssueState.READ)
        issue.staged.all().delete()
        issue.state = IssueState.DROPPED.value
        issue.save(update_fields=["state"])
        record(Act.LIST_DROPPED, actor=by.member_id, subject=f"list {issue.pk}")


def understand(issue: ListIssue) -> None:
    """Read every staged row by the confirmed columns; the second row of one match is a fault."""
    columns = [Column(one) for one in issue.columns]
    rows, seen = list(issue.staged.order_by("number")), set[str]()
    for row in rows:
        found = read_row(row.cells, columns=columns)
        row.fields, row.match = found.fields, found.match
        row.remarks = [one.value for one in found.remarks]
        fault = found.fault or (Fault.TWICE if found.match in seen else None)
        row.fault = fault.value if fault else ""
        seen.add(found.match)
    issue.staged.all().delete()
    StagedRow.objects.bulk_create(rows, batch_size=BATCH)


def _stage(issue: ListIssue, *, rows: Rows, after: int) -> None:
    StagedRow.objects.bulk_create(
        (
            StagedRow(issue=issue, number=number, cells=list(row))
            for number, row in enumerate(rows, 1)
            if number > after + 1 and any(row)
        ),
        batch_size=BATCH,
    )


def _issue(issue_id: int, *, state: IssueState) -> ListIssue:
    issue = ListIssue.objects.select_for_update().filter(pk=issue_id).first()
    if issue is None:
        raise NoSuchList
    if issue.state != state:
        raise NotThisFar
    return issue
