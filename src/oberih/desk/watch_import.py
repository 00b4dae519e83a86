"""Bulk import of proposals from CSV: shown first, then all of it or nothing.

Columns: identifier, reason, tactics, confidence, expires, policy, basis, families, source.
Text that a spreadsheet would run as a formula is refused.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from oberih.alerts.services import Grounds
from oberih.alerts.states import Basis
from oberih.core.errors import BadInput, OberihError
from oberih.core.identifiers import parse
from oberih.desk.watch_services import AlreadyListed, Proposal, live_entry, propose
from oberih.desk.watch_states import Confidence, ReleasePolicy
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

COLUMNS = (
    "identifier",
    "reason",
    "tactics",
    "confidence",
    "expires",
    "policy",
    "basis",
    "families",
    "source",
)
MOST_ROWS = 5_000
LARGEST = 1024 * 1024
FORMULA = ("=", "+", "-", "@", "\t", "\r", "|")
FREE_TEXT = ("reason", "source")
Row = dict[str, str]


class NotCsv(BadInput):
    """This is not a CSV file in UTF-8 with the columns that the page names."""


class TooManyRows(BadInput):
    """A file has at most 5,000 rows and one megabyte."""


class LooksLikeFormula(BadInput):
    """A reason or source begins like a formula of a spreadsheet."""


class BadCell(BadInput):
    """A day, a number or a word of this row cannot be read."""


class RowsRefused(BadInput):
    """Some rows were refused, so nothing was imported. Correct them, then try again."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the preview: what would change, or why it is refused."""

    number: int
    identifier: str
    change: str
    refusal: OberihError | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do."""

    rows: tuple[ShownRow, ...]

    @property
    def new(self) -> int:
        """Return how many would be proposed."""
        return sum(row.change == "new" for row in self.rows)

    @property
    def refused(self) -> tuple[ShownRow, ...]:
        """Return the rows that stand in the way."""
        return tuple(row for row in self.rows if row.refusal is not None)


@dataclass(frozen=True, slots=True)
class Importer:
    """Who imports, and when."""

    by: Member
    now: datetime
    entropy: Callable[[int], bytes]


def preview(text: str, *, importer: Importer) -> Preview:
    """Try every row and undo all of it; raises NotCsv, TooManyRows."""
    require(importer.by, Permission.IDENTIFIER_PROPOSE)
    with transaction.atomic():
        shown = Preview(tuple(_tried(text, importer=importer)))
        transaction.set_rollback(True)
    return shown


def import_all(text: str, *, importer: Importer) -> int:
    """Propose every new row; return how many. Raises RowsRefused: then nothing was imported."""
    require(importer.by, Permission.IDENTIFIER_PROPOSE)
    with transaction.atomic():
        shown = Preview(tuple(_tried(text, importer=importer)))
        if shown.refused:
            raise RowsRefused
    return shown.new


def _tried(text: str, *, importer: Importer) -> Iterator[ShownRow]:
    for number, row in _rows(text):
        try:
            yield _changed(row, number=number, importer=importer)
        except OberihError as error:
            yield ShownRow(number, row["identifier"], "refused", error)


def _changed(row: Row, *, number: int, importer: Importer) -> ShownRow:
    proposal = _proposal(row)
    known = live_entry(proposal.identifier)
    if known is not None and known.reason == proposal.reason:
        return ShownRow(number, str(proposal.identifier), "known")
    if known is not None:
        raise AlreadyListed
    propose(proposal, by=importer.by, now=importer.now, entropy=importer.entropy)
    return ShownRow(number, str(proposal.identifier), "new")


def _rows(text: str) -> Iterator[tuple[int, Row]]:
    if len(text.encode()) > LARGEST:
        raise TooManyRows
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise NotCsv from error
    is_torn = any(None in row or None in row.values() for row in rows)
    if tuple(reader.fieldnames or ()) != COLUMNS or is_torn:
        raise NotCsv
    if len(rows) > MOST_ROWS:
        raise TooManyRows
    yield from enumerate(rows, start=2)


def _proposal(row: Row) -> Proposal:
    if any(row[name].strip(" ").startswith(FORMULA) for name in FREE_TEXT):
        raise LooksLikeFormula
    identifier = parse(row["identifier"])
    try:
        return Proposal(
            identifier=identifier,
            reason=row["reason"].strip(),
            expires_on=date.fromisoformat(row["expires"]),
            tactics=tuple(row["tactics"].split()),
            confidence=Confidence(row["confidence"]),
            policy=ReleasePolicy(row["policy"]),
            grounds=Grounds(
                Basis(row["basis"]), families=int(row["families"] or 0), source=row["source"]
            ),
        )
    except ValueError as error:
        raise BadCell from error
