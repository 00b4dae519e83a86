"""Passing a case on: no reason is asked for, and none could be kept."""

from datetime import datetime

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.care.models import PassedOn
from oberih.desk.care.refusals import NotYours
from oberih.desk.services import locked
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@transaction.atomic
def pass_on(case: CaseId, *, by: Member, now: datetime) -> None:
    """Give a case back to its team; "Nobody's" does not offer it to this member again.

    Raises NoSuchCase, and NotYours for a colleague's.
    """
    require(by, Permission.CASE_ANSWER)
    row = locked(case, by=by)
    if row.owner not in {"", str(by.pk)}:
        raise NotYours
    row.owner = ""
    row.save(update_fields=["owner"])
    PassedOn.objects.create(member=str(by.pk), case=case, at=now)
    record(Act.CASE_PASSED_ON, actor=by.member_id, subject=f"case {case}", detail={})
