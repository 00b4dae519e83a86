"""Referrals: a redacted package to another body, on a recorded yes or on a two-person exception."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import Refused
from oberih.desk.access.visible import sees_identity, the_visible, visible
from oberih.desk.casework.consents import consent_for, danger_for
from oberih.desk.casework.models import Referral, ReferralState, Task
from oberih.desk.casework.packages import IDENTITY, Package, package
from oberih.desk.casework.refusals import NoConsent, NoIdentityWithoutConsent, NoSuchReferral
from oberih.desk.services import locked
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

if TYPE_CHECKING:
    from oberih.core.canonical import Json

STEPS = {
    ReferralState.ACCEPTED: ({ReferralState.SENT}, Act.REFERRAL_ACCEPTED),
    ReferralState.DONE: ({ReferralState.SENT, ReferralState.ACCEPTED}, Act.REFERRAL_DONE),
    ReferralState.REVOKED: ({ReferralState.SENT, ReferralState.ACCEPTED}, Act.REFERRAL_REVOKED),
}


class IdentityIsShut(Refused):
    """The package names the family: a lead opens who the family is to you first."""


def preview(case: CaseId, *, body: str, items: Iterable[str], by: Member) -> Package:
    """Return word for word what would leave; raises as `refer`, but for the consent."""
    require(by, Permission.REFERRAL_MAKE)
    found = package(the_visible(case, by=by), body=body, items=items)
    if found.names_the_family and not sees_identity(case, by=by):
        raise IdentityIsShut
    return found


@transaction.atomic
def refer(case: CaseId, *, shown: Package, by: Member, now: datetime) -> Referral:
    """Note that a package was passed on, exactly as it was previewed.

    Raises NoConsent, NoIdentityWithoutConsent, IdentityIsShut, NoSuchCase.
    """
    require(by, Permission.REFERRAL_MAKE)
    row, codes = locked(case, by=by), frozenset(item.code for item in shown.items)
    body = shown.body.code
    consent = consent_for(case, body=body, items=codes, on=localdate(now))
    danger = None if consent else danger_for(case, body=body, now=now)
    if consent is None and danger is None:
        raise NoConsent
    if IDENTITY in codes and consent is None:
        raise NoIdentityWithoutConsent
    preview(case, body=body, items=codes, by=by)
    made = Referral.objects.create(
        case=row,
        body=body,
        items=sorted(codes),
        package=shown.text,
        consent=consent,
        danger=danger,
        by=str(by.pk),
        sent_at=now,
    )
    if danger is not None:
        told = gettext("Tell the family what was passed on without their yes, and why")
        Task.objects.create(case=row, text=told, by=str(by.pk), at=now)
    detail: Json = {"referral": made.pk, "body": body, "items": sorted(codes)}
    record(Act.REFERRAL_MADE, actor=by.member_id, subject=f"case {case}", detail=detail)
    return made


@transaction.atomic
def move_on(referral: int, *, to: ReferralState, by: Member, now: datetime) -> CaseId:
    """Note what became of a referral: accepted, done, revoked; raises NoSuchReferral."""
    require(by, Permission.REFERRAL_MAKE)
    if to not in STEPS:
        raise NoSuchReferral
    before, act = STEPS[to]
    row = the_referral(referral, by=by)
    locked(CaseId(row.case_id), by=by)
    row.refresh_from_db()
    if row.state not in before:
        raise NoSuchReferral
    row.state, row.changed_by, row.changed_at = to, str(by.pk), now
    row.save(update_fields=["state", "changed_by", "changed_at"])
    record(act, actor=by.member_id, subject=f"case {row.case_id}", detail={"referral": row.pk})
    return CaseId(row.case_id)


def the_referral(referral: int, *, by: Member) -> Referral:
    """Return a referral of a case that the member may see; raises NoSuchReferral."""
    require(by, Permission.REFERRAL_MAKE)
    row = Referral.objects.filter(pk=referral).first()
    if row is None or not visible(by).filter(pk=row.case_id).exists():
        raise NoSuchReferral
    return row
