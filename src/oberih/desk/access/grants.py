"""Grants: an access for a reason and until a moment, given by another person and recorded."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.access.models import Grant, GrantKind
from oberih.desk.access.refusals import EndTooFar, NoReason, NoSuchCase, NothingAsked, NotYourself
from oberih.desk.access.visible import live_grants, the_visible, visible
from oberih.desk.models import Case
from oberih.desk.search import index
from oberih.desk.states import CaseId
from oberih.staff.models import Member, Team
from oberih.staff.roles import Permission
from oberih.staff.services import require

if TYPE_CHECKING:
    from oberih.core.canonical import Json

LONGEST = {
    GrantKind.CASE: timedelta(days=30),
    GrantKind.IDENTITY: timedelta(days=1),
    GrantKind.MINORS: timedelta(days=90),
    GrantKind.ORIGINAL: timedelta(days=1),
}
ACTS = {
    GrantKind.CASE: Act.CASE_GRANTED,
    GrantKind.IDENTITY: Act.IDENTITY_GRANTED,
    GrantKind.MINORS: Act.MINORS_GRANTED,
    GrantKind.ORIGINAL: Act.ORIGINAL_GRANTED,
}
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be opened to whom, why, and until when; minors' cases name no case."""

    kind: GrantKind
    to: Member
    reason: str
    until: datetime
    case: str = ""


def give(wanted: Wanted, *, by: Member, now: datetime) -> Grant:
    """Open something to a colleague; raises NoSuchCase, NotYourself, NoReason, EndTooFar.

    Only a lead gives, and only for a case that the lead sees: a hidden one is refused as absent.
    """
    require(by, Permission.CASE_GRANT)
    require(wanted.to, Permission.CASE_READ)
    if wanted.to.pk == by.pk:
        raise NotYourself
    if not now < wanted.until <= now + LONGEST[wanted.kind]:
        raise EndTooFar
    if wanted.case or wanted.kind is not GrantKind.MINORS:
        the_visible(CaseId(wanted.case), by=by)
    with transaction.atomic():
        row = Grant.objects.create(
            kind=wanted.kind,
            case=wanted.case,
            member=str(wanted.to.pk),
            reason=reason_of(wanted.reason),
            given_by=str(by.pk),
            given_at=now,
            ends_at=wanted.until,
        )
        _record(ACTS[wanted.kind], row=row, by=by)
    return row


def end(grant: int, *, by: Member, now: datetime) -> Grant:
    """End an access before its time; raises NothingAsked for one that is over or not to be seen."""
    require(by, Permission.CASE_GRANT)
    with transaction.atomic():
        row = live_grants().select_for_update().filter(pk=grant).first()
        if row is None or (row.case and not visible(by).filter(pk=row.case).exists()):
            raise NothingAsked
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        _record(Act.GRANT_ENDED, row=row, by=by)
    return row


def move_to_team(case: CaseId, *, team: str, by: Member) -> None:
    """Give a case to another team; its owner keeps it until somebody there takes it."""
    require(by, Permission.CASE_ASSIGN_OTHERS)
    with transaction.atomic():
        row = visible(by).select_for_update().filter(pk=case).first()
        if row is None or not Team.objects.filter(pk=team).exists():
            raise NoSuchCase
        Case.objects.filter(pk=case).update(team=team, version=row.version + 1)
        row.team = team
        index.add(row, texts=())
        detail = {"to": team}
        record(Act.CASE_MOVED, actor=by.member_id, subject=f"case {case}", detail=detail)


def reason_of(text: str) -> str:
    """Return a reason as it is kept; raises NoReason for less than a few words."""
    cleaned = " ".join(text.replace("\x00", "").split())[:LONGEST_REASON]
    if len(cleaned) < len("why not"):
        raise NoReason
    return cleaned


def _record(act: Act, *, row: Grant, by: Member) -> None:
    subject = f"case {row.case}" if row.case else f"member {row.member}"
    detail: Json = {"grant": row.pk, "to": row.member, "until": row.ends_at.isoformat()}
    record(act, actor=by.member_id, subject=subject, detail=detail)
