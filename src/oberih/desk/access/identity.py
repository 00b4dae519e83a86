"""Who a family is and how to reach it: kept by an officer, shown by a second grant alone."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.access.models import FamilyIdentity
from oberih.desk.access.refusals import NoSuchCase
from oberih.desk.access.visible import sees_identity, the_visible
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Permission
from oberih.staff.services import require


@dataclass(frozen=True, slots=True)
class Person:
    """A name and a way to reach the person, as the family gave them."""

    name: str
    contact: str


def keep(case: CaseId, *, person: Person, by: Member, now: datetime) -> None:
    """Keep who the family is; whoever wrote it down cannot read it again without a grant."""
    require(by, Permission.CASE_IDENTIFY)
    with transaction.atomic():
        row = the_visible(case, by=by)
        given = {"name": person.name, "contact": person.contact}
        FamilyIdentity.objects.update_or_create(
            case=row, defaults={**given, "kept_by": str(by.pk), "kept_at": now}
        )
        record(Act.IDENTITY_KEPT, actor=by.member_id, subject=f"case {case}", detail={})


def shown(case: CaseId, *, by: Member) -> Person:
    """Return who the family is; the audit keeps who asked. Raises NotPermitted without a grant."""
    require(by, Permission.CASE_IDENTIFY)
    with transaction.atomic():
        the_visible(case, by=by)
        if not sees_identity(case, by=by):
            raise NotPermitted
        row = FamilyIdentity.objects.filter(case_id=case).first()
        if row is None:
            raise NoSuchCase
        record(Act.IDENTITY_SHOWN, actor=by.member_id, subject=f"case {case}", detail={})
    return Person(row.name, row.contact)
