"""The demo's work on cases: tasks settled, a reminder due, an offer, a consent and what it let go.

Everything is invented; nothing leaves the machine.
"""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from oberih.desk.casework import consents, referrals, reminders, tasks, transfers
from oberih.desk.casework.consents import Given
from oberih.desk.casework.models import Consent, ConsentHow, Reminder, TaskState
from oberih.desk.casework.tasks import Settling
from oberih.desk.models import Case
from oberih.desk.states import CaseId
from oberih.staff.models import Member, Team

NORTH = "north"
ITEMS = ("identifiers", "strangers-words")


def work_once(*, officer: Member, lead: Member, now: datetime) -> None:
    """Do a morning's invented work, unless it was done."""
    if Consent.objects.exists():
        return
    adult = Case.objects.filter(under18=False, conversation__is_alone=True)
    grave = adult.filter(band="stop", language="uk").order_by("filed_at")
    mild = adult.exclude(band="stop").order_by("filed_at")
    first, second = (CaseId(one.pk) for one in grave[:2])
    _settle(first, by=officer, now=now)
    _refer(first, by=officer, now=now)
    tomorrow = localdate(now + timedelta(days=1))
    reminders.remind(second, on=tomorrow, reason="Спитати, як вони тепер", by=officer)
    _bring_back_one(mild.first(), by=officer, now=now)
    _offer(CaseId(grave[2].pk), by=officer, lead=lead)


def _settle(case: CaseId, *, by: Member, now: datetime) -> None:
    for code, state in (("read-all", TaskState.DONE), ("lawyer", TaskState.NOT_APPLICABLE)):
        tasks.settle(Settling(case, code, state), by=by, now=now)
    tasks.add(case, text="Домовитися про слово для дзвінка", by=by, now=now)


def _refer(case: CaseId, *, by: Member, now: datetime) -> None:
    until = localdate(now + timedelta(days=30))
    given = Given("police", ITEMS, until, ConsentHow.IN_CONVERSATION, "«Так, номер передайте»")
    consents.record_consent(case, given=given, by=by)
    shown = referrals.preview(case, body="police", items=ITEMS, by=by)
    referrals.refer(case, shown=shown, by=by, now=now)


def _bring_back_one(case: Case | None, *, by: Member, now: datetime) -> None:
    if case is None:
        return
    tomorrow = localdate(now + timedelta(days=1))
    made = reminders.remind(CaseId(case.pk), on=tomorrow, reason="Обіцяли відповісти", by=by)
    Reminder.objects.filter(pk=made.pk).update(due_at=now)


def _offer(case: CaseId, *, by: Member, lead: Member) -> None:
    north, _is_new = Team.objects.get_or_create(pk=NORTH, defaults={"name": "Північ"})
    lead.teams.add(north)
    transfers.offer(case, to=NORTH, reason="Їхня область; ми чергуємо лише до ранку", by=by)
