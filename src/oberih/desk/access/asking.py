"""What needs a second person: breaking the glass of a case, opening more cases than usual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.access.grants import reason_of
from oberih.desk.access.models import Ask, AskKind, AskState, Grant, GrantKind, Notice
from oberih.desk.access.refusals import NothingAsked, NotYourself
from oberih.desk.models import Case
from oberih.staff.models import Member
from oberih.staff.roles import Permission, Role
from oberih.staff.services import require

if TYPE_CHECKING:
    from oberih.core.canonical import Json

GLASS_LASTS = timedelta(hours=4)
MORE_LASTS = timedelta(hours=1)
ASKING_LASTS = timedelta(hours=12)
ASKED = {AskKind.BREAK_GLASS: Act.GLASS_ASKED, AskKind.MORE_CASES: Act.OPENINGS_ASKED}
AGREED = {AskKind.BREAK_GLASS: Act.GLASS_BROKEN, AskKind.MORE_CASES: Act.OPENINGS_EXTENDED}
REFUSED = {AskKind.BREAK_GLASS: Act.GLASS_REFUSED, AskKind.MORE_CASES: Act.OPENINGS_REFUSED}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for and why; a case is named as it was typed, whether it exists or not."""

    kind: AskKind
    reason: str
    case: str = ""


def ask(question: Question, *, by: Member, now: datetime) -> Ask:
    """Ask a second person; nothing tells whether the case named exists."""
    require(by, Permission.CASE_BREAK_GLASS)
    reason = reason_of(question.reason)
    with transaction.atomic():
        row = Ask.objects.create(
            kind=question.kind,
            case=question.case.strip().upper()[:9],
            asked_by=str(by.pk),
            reason=reason,
            asked_at=now,
        )
        _record(ASKED[question.kind], row=row, by=by)
    return row


def agree(ask_id: int, *, by: Member, now: datetime) -> Ask:
    """Agree as the second person; raises NothingAsked, NotYourself.

    A broken glass opens the case to the one who asked for four hours, and the leads of its team
    are told.
    """
    with transaction.atomic():
        row = _waiting(ask_id, by=by, now=now)
        lasts = GLASS_LASTS if row.kind == AskKind.BREAK_GLASS else MORE_LASTS
        row.state, row.second_by, row.answered_at = AskState.AGREED, str(by.pk), now
        row.ends_at = now + lasts
        row.save()
        if row.kind == AskKind.BREAK_GLASS:
            _open(row, now=now)
        _record(AGREED[AskKind(row.kind)], row=row, by=by)
    return row


def refuse(ask_id: int, *, by: Member, now: datetime) -> Ask:
    """Refuse as the second person; raises NothingAsked, NotYourself."""
    with transaction.atomic():
        row = _waiting(ask_id, by=by, now=now)
        row.state, row.second_by, row.answered_at = AskState.REFUSED, str(by.pk), now
        row.save()
        _record(REFUSED[AskKind(row.kind)], row=row, by=by)
    return row


def waiting_for(by: Member, *, now: datetime) -> Sequence[Ask]:
    """Return what waits for this member as the second person."""
    if not by.may(Permission.CASE_BREAK_GLASS):
        return []
    rows = Ask.objects.filter(state=AskState.WAITING, asked_at__gt=now - ASKING_LASTS)
    return list(rows.exclude(asked_by=str(by.pk)).order_by("asked_at"))


def notices_for(by: Member) -> Sequence[Notice]:
    """Return the broken glasses that no lead of the case's team has looked at."""
    if Role(by.role) is not Role.LEAD:
        return []
    rows = Notice.objects.select_related("ask").filter(seen_at__isnull=True)
    return list(rows.filter(team__in=by.team_ids).order_by("made_at"))


def note_seen(notice: int, *, by: Member, now: datetime) -> None:
    """Keep that a lead has looked at a broken glass; raises NothingAsked."""
    with transaction.atomic():
        found = {one.pk: one for one in notices_for(by)}
        if notice not in found:
            raise NothingAsked
        Notice.objects.filter(pk=notice).update(seen_by=str(by.pk), seen_at=now)
        _record(Act.GLASS_NOTICED, row=found[notice].ask, by=by)


def _waiting(ask_id: int, *, by: Member, now: datetime) -> Ask:
    require(by, Permission.CASE_BREAK_GLASS)
    rows = Ask.objects.select_for_update().filter(state=AskState.WAITING)
    row = rows.filter(pk=ask_id, asked_at__gt=now - ASKING_LASTS).first()
    if row is None:
        raise NothingAsked
    if row.asked_by == str(by.pk):
        raise NotYourself
    return row


def _open(row: Ask, *, now: datetime) -> None:
    """Open the case and tell its leads; for a case that does not exist nothing follows."""
    case = Case.objects.filter(pk=row.case).first()
    if case is None:
        return
    Grant.objects.create(
        kind=GrantKind.CASE,
        case=row.case,
        member=row.asked_by,
        reason=row.reason,
        given_by=row.second_by,
        second_by=row.asked_by,
        given_at=now,
        ends_at=now + GLASS_LASTS,
    )
    Notice.objects.create(ask=row, team=case.team, made_at=now)


def _record(act: Act, *, row: Ask, by: Member) -> None:
    subject = f"case {row.case}" if row.case else f"member {row.asked_by}"
    detail: Json = {"ask": row.pk, "asked_by": row.asked_by}
    record(act, actor=by.member_id, subject=subject, detail=detail)
