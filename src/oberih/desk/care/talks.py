"""A talk after hard work: the lead notes that it took place, nothing of what was said."""

from datetime import datetime

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.care.exposure import colleagues_of
from oberih.desk.care.models import Talk
from oberih.desk.care.refusals import NoSuchColleague
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@transaction.atomic
def note_talk(member: str, *, by: Member, now: datetime) -> None:
    """Note that the lead has talked with a colleague; raises NoSuchColleague."""
    require(by, Permission.CARE_SEE)
    found = next((one for one in colleagues_of(by) if str(one.pk) == member), None)
    if found is None:
        raise NoSuchColleague
    Talk.objects.create(member=member, lead=str(by.pk), at=now)
    record(Act.TALK_HELD, actor=by.member_id, subject=f"member {member}", detail={})
