"""What the family allows to be passed on, and the two-person exception when life is in danger."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core import time
from oberih.desk.access.grants import reason_of
from oberih.desk.access.refusals import NotYourself
from oberih.desk.access.visible import visible
from oberih.desk.casework.models import (
    Consent,
    ConsentHow,
    Danger,
    DangerState,
    Referral,
    ReferralState,
)
from oberih.desk.casework.packages import the_body, the_items
from oberih.desk.casework.refusals import ConsentTooLong, NoDangerToAnswer, NoSuchReferral
from oberih.desk.services import locked
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

if TYPE_CHECKING:
    from oberih.core.canonical import Json

LONGEST = timedelta(days=180)
ANSWERED_WITHIN = timedelta(hours=12)
DANGER_LASTS = timedelta(hours=24)
LONGEST_SAID = 2_000


@dataclass(frozen=True, slots=True)
class Given:
    """To whom, which items, until when, and how the family said yes."""

    body: str
    items: tuple[str, ...]
    until: date
    how: ConsentHow
    said: str = ""


@transaction.atomic
def record_consent(case: CaseId, *, given: Given, by: Member) -> Consent:
    """Keep what the family allows; raises ConsentTooLong, NotForThisBody, NoSuchBody."""
    require(by, Permission.CONSENT_RECORD)
    now = time.now()
    if not localdate(now) <= given.until <= localdate(now) + LONGEST:
        raise ConsentTooLong
    items = [item.code for item in the_items(given.items, body=given.body)]
    row = Consent.objects.create(
        case=locked(case, by=by),
        body=given.body,
        items=items,
        until=given.until,
        how=given.how,
        said=given.said.replace("\x00", "")[:LONGEST_SAID],
        by=str(by.pk),
        at=now,
    )
    detail: Json = {
        "consent": row.pk,
        "body": given.body,
        "items": items,
        "until": str(given.until),
    }
    record(Act.CONSENT_RECORDED, actor=by.member_id, subject=f"case {case}", detail=detail)
    return row


@transaction.atomic
def withdraw_consent(case: CaseId, *, consent: int, by: Member) -> None:
    """Note that the family takes its yes back; what rests on it and is not done is called back."""
    require(by, Permission.CONSENT_RECORD)
    locked(case, by=by)
    now = time.now()
    changed = {"withdrawn_at": now, "withdrawn_by": str(by.pk)}
    rows = Consent.objects.filter(pk=consent, case=case, withdrawn_at__isnull=True)
    if not rows.update(**changed):
        raise NoSuchReferral
    subject = f"case {case}"
    record(Act.CONSENT_WITHDRAWN, actor=by.member_id, subject=subject, detail={"consent": consent})
    resting = Referral.objects.filter(consent=consent)
    for row in resting.exclude(state__in=[ReferralState.DONE, ReferralState.REVOKED]):
        row.state, row.changed_by, row.changed_at = ReferralState.REVOKED, str(by.pk), now
        row.save(update_fields=["state", "changed_by", "changed_at"])
        because: Json = {"referral": row.pk, "because": "the consent was withdrawn"}
        record(Act.REFERRAL_REVOKED, actor=by.member_id, subject=subject, detail=because)


@transaction.atomic
def declare_danger(case: CaseId, *, body: str, reason: str, by: Member) -> Danger:
    """Say that life is in immediate danger; nothing leaves until a second person confirms it."""
    require(by, Permission.DANGER_DECLARE)
    row = Danger.objects.create(
        case=locked(case, by=by),
        body=the_body(body).code,
        reason=reason_of(reason),
        declared_by=str(by.pk),
        declared_at=time.now(),
    )
    detail: Json = {"danger": row.pk, "body": body}
    record(Act.DANGER_DECLARED, actor=by.member_id, subject=f"case {case}", detail=detail)
    return row


def confirm_danger(danger: int, *, by: Member, now: datetime) -> CaseId:
    """Confirm it as the second person; raises NoDangerToAnswer, NotYourself."""
    return _answer(danger, state=DangerState.CONFIRMED, by=by, now=now)


def refuse_danger(danger: int, *, by: Member, now: datetime) -> CaseId:
    """Do not confirm it; raises NoDangerToAnswer, NotYourself."""
    return _answer(danger, state=DangerState.REFUSED, by=by, now=now)


@transaction.atomic
def _answer(danger: int, *, state: DangerState, by: Member, now: datetime) -> CaseId:
    require(by, Permission.DANGER_DECLARE)
    rows = Danger.objects.select_for_update().filter(
        pk=danger, state=DangerState.DECLARED, declared_at__gt=now - ANSWERED_WITHIN
    )
    row = rows.first()
    if row is None or not visible(by).filter(pk=row.case_id).exists():
        raise NoDangerToAnswer
    if row.declared_by == str(by.pk):
        raise NotYourself
    row.state, row.second_by, row.answered_at = state, str(by.pk), now
    row.save(update_fields=["state", "second_by", "answered_at"])
    act = Act.DANGER_CONFIRMED if state is DangerState.CONFIRMED else Act.DANGER_REFUSED
    record(act, actor=by.member_id, subject=f"case {row.case_id}", detail={"danger": row.pk})
    return CaseId(row.case_id)


def consent_for(case: CaseId, *, body: str, items: frozenset[str], on: date) -> Consent | None:
    """Return a consent in force that covers these items for this body, or None."""
    rows = Consent.objects.filter(case=case, body=body, withdrawn_at__isnull=True, until__gte=on)
    return next((row for row in rows if items <= set(row.items)), None)


def danger_for(case: CaseId, *, body: str, now: datetime) -> Danger | None:
    """Return a danger that two people confirmed in the last day for this body, or None."""
    rows = Danger.objects.filter(case=case, body=body, state=DangerState.CONFIRMED)
    return rows.filter(answered_at__gt=now - DANGER_LASTS).last()
