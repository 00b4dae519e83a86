"""Reminders: on their day a case comes back to the queue with the reason in words.

A reminder only ever speaks to the desk: nothing is written to the family by it.
"""

from datetime import date, datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core import time
from oberih.desk.access.grants import reason_of
from oberih.desk.casework.models import Reminder
from oberih.desk.casework.refusals import NoSuchTask, OddDay
from oberih.desk.models import Case
from oberih.desk.services import locked
from oberih.desk.states import CaseId, CaseState
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

LONGEST_REASON = 200
FURTHEST = timedelta(days=366)
MORNING = clock_time(9)
MOST_AT_ONCE = 200


@transaction.atomic
def remind(case: CaseId, *, on: date, reason: str, by: Member) -> Reminder:
    """Let a case come back on the morning of a day; raises OddDay, NoReason, NoSuchCase."""
    require(by, Permission.CASE_NOTE)
    row = locked(case, by=by)
    now = time.now().astimezone(_zone())
    if not now.date() < on <= now.date() + FURTHEST:
        raise OddDay
    made = Reminder.objects.create(
        case=row,
        due_at=datetime.combine(on, MORNING, tzinfo=_zone()),
        reason=reason_of(reason)[:LONGEST_REASON],
        by=str(by.pk),
        at=now,
    )
    record(Act.REMINDER_SET, actor=by.member_id, subject=f"case {case}", detail={"on": str(on)})
    return made


@transaction.atomic
def drop(case: CaseId, *, reminder: int, by: Member, now: datetime) -> None:
    """Let a reminder rest; raises NoSuchTask for one that is over."""
    require(by, Permission.CASE_NOTE)
    locked(case, by=by)
    rows = Reminder.objects.filter(pk=reminder, case=case, ended_at__isnull=True)
    if not rows.update(ended_at=now):
        raise NoSuchTask
    detail = {"reminder": reminder}
    record(Act.REMINDER_ENDED, actor=by.member_id, subject=f"case {case}", detail=detail)


def bring_back(*, now: datetime) -> int:
    """Bring the cases of due reminders back to the queue; return how many reminders that were."""
    due = Reminder.objects.filter(ended_at__isnull=True, due_at__lte=now)
    keys = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(_bring(key, now=now) for key in keys)


@transaction.atomic
def _bring(key: int, *, now: datetime) -> bool:
    """Bring one back; a case that is merged comes back as the one it is worked on in."""
    if not Reminder.objects.filter(pk=key, ended_at__isnull=True).update(ended_at=now):
        return False
    reminder = Reminder.objects.select_related("case").get(pk=key)
    named = reminder.case.merged_into or reminder.case_id
    case = Case.objects.select_for_update().get(pk=named)
    case.returned_for = reminder.reason
    case.waiting_since = case.waiting_since or now
    case.state = CaseState.NEW if case.state == CaseState.NEW else CaseState.OPEN
    case.version += 1
    case.save(update_fields=["returned_for", "waiting_since", "state", "version"])
    detail = {"reminder": key}
    record(Act.REMINDER_RETURNED, actor=None, subject=f"case {case.pk}", detail=detail)
    return True


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
