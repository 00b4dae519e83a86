"""Kin in dispute: two requesters about one person whose cases must never become one."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.access.visible import the_visible, visible
from oberih.desk.care.models import KeptApart
from oberih.desk.care.refusals import KinKeptApart, NotTwoCases
from oberih.desk.casework.refusals import MergedAlready
from oberih.desk.casework.together import is_one_person
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@transaction.atomic
def keep_apart(case: CaseId, *, other: CaseId, by: Member, now: datetime) -> None:
    """Note that the requesters of two cases are kin in dispute; it is never taken back.

    Raises NoSuchCase, NotTwoCases, MergedAlready.
    """
    require(by, Permission.CASE_NOTE)
    the_visible(case, by=by)
    if case == other or not visible(by).filter(pk=other).exists():
        raise NotTwoCases
    if is_one_person((case, other)):
        raise MergedAlready
    first, second = sorted((case, other))
    named = {"noted_by": str(by.pk), "noted_at": now}
    _row, is_new = KeptApart.objects.get_or_create(first=first, second=second, defaults=named)
    if is_new:
        for one in (first, second):
            record(Act.KIN_KEPT_APART, actor=by.member_id, subject=f"case {one}", detail={})


def kept_apart_from(case: CaseId, *, by: Member) -> list[CaseId]:
    """Return the cases that this one is kept apart from, of those the member may see."""
    pairs = KeptApart.objects.filter(Q(first=case) | Q(second=case))
    others = {one for pair in pairs.values_list("first", "second") for one in pair} - {case}
    seen = visible(by).filter(pk__in=others).order_by("filed_at")
    return [CaseId(key) for key in seen.values_list("pk", flat=True)]


def require_not_kept_apart(cases: Iterable[str]) -> None:
    """Raise KinKeptApart when two of the cases belong to kin in dispute; for every merge."""
    listed = set(cases)
    if KeptApart.objects.filter(first__in=listed, second__in=listed).exists():
        raise KinKeptApart
