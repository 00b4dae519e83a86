"""Keeps the two boards counted, so that a look at them does not read the whole register.

The worker counts anew when anything that the rules read has changed, or the day has. What it
counted over is kept as one text: equal as long as a count would give the same.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Aggregate, Count, Max, QuerySet
from django.utils.timezone import localdate

from oberih.register.board_models import BoardCount, FindingRow, OverdueRow
from oberih.register.link_models import LinkDecision
from oberih.register.list_models import IssueState, ListIssue
from oberih.register.models import (
    Consent,
    Consignment,
    Event,
    Identity,
    NameForm,
    Relation,
    SoughtPerson,
)
from oberih.register.overdue import overdue_rows
from oberih.register.work_list import finding_rows

VERSION = 1
"""Goes on with every change of a rule of what does not fit."""
BATCH = 2_000
AT_LEAST_EVERY = timedelta(hours=1)
PEOPLE_A_SECOND = 300
"""So many people are waited a second for between two counts: the worker has other work too."""
OVERDUE_FIELDS = ("person_id", "rule", "since_id", "source", "place", "earliest", "latest")
FINDING_FIELDS = ("person_id", "rule", "order", "sources", "place")
Row = TypeVar("Row", OverdueRow, FindingRow)


@dataclass(frozen=True, slots=True)
class Counted:
    """When the boards were counted last (never: None), and whether nothing changed since."""

    at: datetime | None
    is_current: bool


def counted(*, today: date) -> Counted:
    """Return of when the boards are."""
    last = BoardCount.objects.filter(pk=1).first()
    if last is None:
        return Counted(None, is_current=False)
    return Counted(last.at, is_current=last.over == _over(today))


def count_when_changed(*, now: datetime) -> bool:
    """Count anew when something changed or an hour has gone; return whether it was counted."""
    last = BoardCount.objects.filter(pk=1).first()
    if last is not None and not _is_due(last, now=now):
        return False
    count(now=now)
    return True


def count(*, now: datetime) -> None:
    """Count both boards over the whole register.

    The text is taken before the rows are read: what changes meanwhile is counted the next time.
    """
    over, people = _over(localdate(now)), SoughtPerson.objects.count()
    due, found = list(overdue_rows(localdate(now))), list(finding_rows(localdate(now)))
    with transaction.atomic():
        _keep(OverdueRow, due, fields=OVERDUE_FIELDS)
        _keep(FindingRow, found, fields=FINDING_FIELDS)
        told = {"over": over, "people": people, "at": now}
        BoardCount.objects.update_or_create(pk=1, defaults=told)


def _keep(model: type[Row], rows: Iterable[Row], *, fields: tuple[str, ...]) -> None:
    """Store what is new and delete what is gone; what stays is not written."""
    known = model.objects
    now = {tuple(getattr(one, field) for field in fields): one for one in rows}
    before = {tuple(values): pk for pk, *values in known.values_list("pk", *fields)}
    gone = [pk for values, pk in before.items() if values not in now]
    for start in range(0, len(gone), BATCH):
        known.filter(pk__in=gone[start : start + BATCH]).delete()
    new = [one for values, one in now.items() if values not in before]
    known.bulk_create(new, batch_size=BATCH)


def _is_due(last: BoardCount, *, now: datetime) -> bool:
    age = now - last.at
    if age < timedelta(seconds=last.people // PEOPLE_A_SECOND):
        return False
    return age >= AT_LEAST_EVERY or last.over != _over(localdate(now))


def _over(today: date) -> str:
    """Return what a count stands on, as a few numbers of each table that the rules read."""
    seen = [
        _numbers(Event.objects.all(), Max("position")),
        *(
            _numbers(one.objects.all(), Count("pk"), Max("pk"))
            for one in (NameForm, Identity, Relation)
        ),
        _numbers(SoughtPerson.objects.all(), Count("pk")),
        _numbers(Consent.objects.all(), Max("pk"), Count("pk"), Count("withdrawn_on")),
        _numbers(
            Consignment.objects.all(), Max("pk"), Count("acknowledged_on"), Max("acknowledged_on")
        ),
        _numbers(ListIssue.objects.filter(state=IssueState.DONE), Count("pk"), Max("pk")),
        _numbers(LinkDecision.objects.all(), Count("pk"), Max("at")),
    ]
    return f"{VERSION} {_edition()} {today} {' '.join(seen)}"


def _numbers(rows: QuerySet[Any], *asked: Aggregate) -> str:
    told = rows.aggregate(**{f"n{place}": one for place, one in enumerate(asked)})
    return ",".join(map(str, told.values()))


@cache
def _edition() -> str:
    text = files("oberih.register").joinpath("rules/deadlines.yaml").read_bytes()
    return hashlib.sha256(text).hexdigest()[:8]
