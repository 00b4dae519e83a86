"""Acts on one case or on hundreds at once: one transaction, an audit event a case, one way back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.canonical import Json
from oberih.desk.access.refusals import NoSuchCase
from oberih.desk.access.visible import visible
from oberih.desk.models import Case, Deed
from oberih.desk.services import ActedMeanwhile, CaseMerged
from oberih.desk.states import CaseState
from oberih.desk.working.refusals import NothingChosen, NothingToUndo, TooManyChosen
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

UNDO = timedelta(seconds=30)
MOST_CHOSEN = 500
FIELDS = ("owner", "state", "waiting_since", "returned_for")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cases to act on; `seen` is the version that was looked at, where it was one case."""

    cases: tuple[str, ...]
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """How many cases went back, and how many did not because something happened since."""

    cases: int
    kept: int


def assign(chosen: Chosen, *, to: Member, by: Member, now: datetime) -> None:
    """Make a member the owner; a new case becomes open. Only a lead assigns to others.

    Raises NoSuchCase when one of them is not there to be seen, ActedMeanwhile.
    """
    require(by, Permission.CASE_ASSIGN if to == by else Permission.CASE_ASSIGN_OTHERS)
    require(to, Permission.CASE_ANSWER)

    def change(row: Case) -> Json:
        row.owner = str(to.pk)
        row.state = CaseState.OPEN if row.state == CaseState.NEW else row.state
        return {"to": str(to.pk)}

    _act(chosen, deed=_Deed(Act.CASE_ASSIGNED, change), by=by, now=now)


def close(chosen: Chosen, *, by: Member, now: datetime) -> None:
    """End the work for now; a new message of the reporter opens a case again."""
    require(by, Permission.CASE_CLOSE)

    def change(row: Case) -> Json:
        row.state, row.waiting_since, row.returned_for = CaseState.CLOSED, None, ""
        return {}

    _act(chosen, deed=_Deed(Act.CASE_CLOSED, change), by=by, now=now)


def reopen(chosen: Chosen, *, by: Member, now: datetime) -> None:
    """Take up closed cases again."""
    require(by, Permission.CASE_CLOSE)

    def change(row: Case) -> Json:
        if row.merged_into:
            raise CaseMerged
        row.state = CaseState.OPEN
        return {}

    _act(chosen, deed=_Deed(Act.CASE_REOPENED, change), by=by, now=now)


def last(by: Member, *, now: datetime) -> Deed | None:
    """Return the member's newest act while it can be taken back."""
    rows = Deed.objects.filter(member=str(by.pk), at__gt=now - UNDO, undone_at__isnull=True)
    return rows.order_by("-at", "-pk").first()


@transaction.atomic
def undo(*, by: Member, now: datetime) -> Undone:
    """Take the newest act back; a case in which something happened since stays as it is.

    Raises NothingToUndo after thirty seconds.
    """
    deed = last(by, now=now)
    if deed is None or not Deed.objects.filter(pk=deed.pk, undone_at=None).update(undone_at=now):
        raise NothingToUndo
    before = {one["case"]: one for one in deed.before}
    rows = visible(by).select_for_update().filter(pk__in=before)
    going = [row for row in rows if row.version == before[row.pk]["version"]]
    for row in going:
        _restore(row, before=before[row.pk])
        detail: Json = {"act": deed.act}
        record(Act.CASE_UNDONE, actor=by.member_id, subject=f"case {row.pk}", detail=detail)
    Case.objects.bulk_update(going, [*FIELDS, "version"], batch_size=100)
    return Undone(len(going), len(before) - len(going))


@dataclass(frozen=True, slots=True)
class _Deed:
    """What the audit calls it, and what it changes in a case; returns the audit's detail."""

    act: Act
    change: Callable[[Case], Json]


@transaction.atomic
def _act(chosen: Chosen, *, deed: _Deed, by: Member, now: datetime) -> None:
    rows = _locked(chosen, by=by)
    before = []
    for row in rows:
        before.append(_state_of(row, version=row.version + 1))
        detail = deed.change(row)
        row.version += 1
        record(deed.act, actor=by.member_id, subject=f"case {row.pk}", detail=detail)
    Case.objects.bulk_update(rows, [*FIELDS, "version"], batch_size=100)
    Deed.objects.create(member=str(by.pk), act=deed.act.value, at=now, before=before)


def _locked(chosen: Chosen, *, by: Member) -> list[Case]:
    wanted = set(chosen.cases)
    if not wanted:
        raise NothingChosen
    if len(wanted) > MOST_CHOSEN:
        raise TooManyChosen
    found = visible(by).select_for_update().filter(pk__in=wanted).order_by("pk")
    rows = list(found.defer("assessment", "answers", "tactics"))
    if len(rows) != len(wanted):
        raise NoSuchCase
    if chosen.seen is not None and rows[0].version != chosen.seen:
        raise ActedMeanwhile
    return rows


def _state_of(row: Case, *, version: int) -> dict[str, object]:
    since = row.waiting_since
    return {
        "case": row.pk,
        "owner": row.owner,
        "state": row.state,
        "returned_for": row.returned_for,
        "waiting_since": None if since is None else since.isoformat(),
        "version": version,
    }


def _restore(row: Case, *, before: dict[str, str]) -> None:
    since = before["waiting_since"]
    row.owner, row.state = before["owner"], before["state"]
    row.returned_for = before.get("returned_for", "")
    row.waiting_since = datetime.fromisoformat(since) if since else None
    row.version += 1


def chosen_of(cases: Iterable[str], *, seen: str = "") -> Chosen:
    """Return what a form names; an odd version is none."""
    return Chosen(tuple(cases), int(seen) if seen.isdecimal() else None)
