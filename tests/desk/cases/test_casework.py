"""Promises of the work on a case: tasks, reminders, and cases that move between teams."""

from collections.abc import Callable
from datetime import UTC, date, timedelta

import pytest
from desk_cast import Browse, Desk, Family
from django.utils import timezone

from oberih.audit.selectors import newest_events
from oberih.core import time
from oberih.desk.access import grants
from oberih.desk.access.grants import Wanted
from oberih.desk.access.models import GrantKind
from oberih.desk.access.refusals import NoSuchCase
from oberih.desk.access.visible import is_visible, live_grants
from oberih.desk.case_page import case_page
from oberih.desk.casework import reminders, tasks, transfers
from oberih.desk.casework.models import Reminder, TaskState
from oberih.desk.casework.refusals import (
    AlreadyOffered,
    MinorsNeedALead,
    NoSuchOffer,
    NoSuchTask,
    OddDay,
)
from oberih.desk.casework.tasks import Settling
from oberih.desk.models import Case, Reply
from oberih.desk.states import CaseId
from oberih.staff.models import Member, Team
from oberih.staff.roles import NotPermitted, Role

pytestmark = pytest.mark.django_db
NOW = time.now()
DEMAND = "Підпаліть військову машину, інакше вашого сина битимуть"


def here_in(*, days: int) -> date:
    """Return a day as the desk's own calendar has it: after its midnight UTC is a day behind."""
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def case(desk: Desk, olha: Family) -> CaseId:
    olha.send(DEMAND)
    desk.turn()
    return CaseId(Case.objects.get().pk)


@pytest.fixture
def north(member: Callable[..., Member]) -> Member:
    Team.objects.create(pk="north", name="North")
    someone = member(Role.OFFICER)
    someone.teams.set(["north"])
    return someone


def codes(case: Case) -> dict[str, str]:
    return {one.key: one.state for one in tasks.tasks_of(case, names={}, language="uk")}


def test_the_playbook_calls_for_tasks_by_tactic_stage_and_sign(case: CaseId) -> None:
    Case.objects.update(tactics=["P1"], stage=1, physical=False, support=False, under18=False)
    mild = codes(Case.objects.get(pk=case))
    Case.objects.update(tactics=["C6"], stage=5, physical=True)
    grave = codes(Case.objects.get(pk=case))

    assert "danger-first" not in mild
    assert {"danger-first", "block-terminal", "lawyer"} <= set(grave)


def test_a_task_is_settled_with_who_and_when(case: CaseId, officer: Member) -> None:
    tasks.settle(Settling(case, "read-all", TaskState.DONE), by=officer, now=NOW)

    shown = tasks.tasks_of(Case.objects.get(), names={str(officer.pk): officer.name}, language="uk")
    [done] = [one for one in shown if not one.is_open]
    assert (done.key, done.by, done.at) == ("read-all", officer.name, NOW)


def test_a_task_opens_again_and_an_unknown_one_is_refused(case: CaseId, officer: Member) -> None:
    for state in (TaskState.NOT_APPLICABLE, TaskState.OPEN):
        tasks.settle(Settling(case, "read-all", state), by=officer, now=NOW)

    with pytest.raises(NoSuchTask):
        tasks.settle(Settling(case, "no-such-task", TaskState.DONE), by=officer, now=NOW)
    assert codes(Case.objects.get())["read-all"] == "open"


def test_an_own_task_of_another_case_is_not_reached(
    case: CaseId, desk: Desk, family: Callable[[], Family], officer: Member
) -> None:
    made = tasks.add(case, text="Подзвонити до школи", by=officer, now=NOW)
    family().send("Інша родина")
    desk.turn()
    other = CaseId(Case.objects.exclude(pk=case).get().pk)

    with pytest.raises(NoSuchTask):
        tasks.settle(Settling(other, str(made.pk), TaskState.DONE), by=officer, now=NOW)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.AUDITOR])
def test_nobody_else_settles_tasks(case: CaseId, member: Callable[..., Member], role: Role) -> None:
    with pytest.raises(NotPermitted):
        tasks.settle(Settling(case, "read-all", TaskState.DONE), by=member(role), now=NOW)


def test_a_reminder_brings_the_case_back_with_its_reason_in_words(
    case: CaseId, officer: Member, browse: Browse
) -> None:
    Case.objects.update(state="closed", waiting_since=None)
    reminders.remind(case, on=here_in(days=2), reason="Запитати, як вони", by=officer)

    early = reminders.bring_back(now=NOW + timedelta(hours=1))
    due = reminders.bring_back(now=NOW + timedelta(days=3))

    assert (early, due) == (0, 1)
    assert Case.objects.get().state == "open"
    assert "Запитати, як вони" in browse(officer).get("/").content.decode()


def test_a_reminder_writes_nothing_to_the_family(
    desk: Desk, olha: Family, case: CaseId, officer: Member
) -> None:
    olha.send("Я не сама", not_alone=True)
    desk.turn()
    before = Reply.objects.count()
    reminders.remind(case, on=here_in(days=1), reason="Як вони?", by=officer)

    reminders.bring_back(now=NOW + timedelta(days=2))

    assert Reply.objects.count() == before


def test_a_reminder_comes_back_once_and_may_be_dropped(case: CaseId, officer: Member) -> None:
    on = here_in(days=1)
    dropped = reminders.remind(case, on=on, reason="Перше нагадування", by=officer)
    reminders.remind(case, on=on, reason="Друге нагадування", by=officer)
    reminders.drop(case, reminder=dropped.pk, by=officer, now=NOW)

    counts = [reminders.bring_back(now=NOW + timedelta(days=2)) for _ in range(2)]

    assert counts == [1, 0]
    assert not Reminder.objects.filter(ended_at__isnull=True).exists()


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_reminder_has_a_day_that_makes_sense(case: CaseId, officer: Member, days: int) -> None:
    on = here_in(days=days)

    with pytest.raises(OddDay):
        reminders.remind(case, on=on, reason="Як вони?", by=officer)


def test_after_midnight_in_kyiv_the_page_offers_a_day_that_is_taken(
    case: CaseId, officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In London it is still yesterday then."""
    midnight = timezone.localtime().replace(hour=0, minute=30).astimezone(UTC)
    monkeypatch.setattr(time, "now", lambda: midnight)

    page = case_page(case, by=officer, now=time.now())
    reminders.remind(case, on=page.work.tomorrow, reason="Як вони?", by=officer)

    assert page.work.tomorrow == here_in(days=1)


def test_a_reply_ends_what_a_reminder_says(desk: Desk, case: CaseId, officer: Member) -> None:
    from oberih.desk import services  # noqa: PLC0415  # used here alone

    Case.objects.update(returned_for="Запитати, як вони")

    services.reply(case, text="Як ви?", by=officer, now=desk.now)

    assert Case.objects.get().returned_for == ""


def test_need_to_know_moves_with_a_case_that_is_taken_over(
    case: CaseId, officer: Member, lead: Member, north: Member
) -> None:
    until = NOW + timedelta(hours=5)
    grants.give(Wanted(GrantKind.CASE, officer, "потрібно", until, case), by=lead, now=NOW)
    offered = transfers.offer(case, to="north", reason="Їхня область", by=officer)
    before = is_visible(case, by=north)

    transfers.accept(offered.pk, by=north, now=NOW)

    assert (before, is_visible(case, by=north), is_visible(case, by=officer)) == (
        False,
        True,
        False,
    )
    assert not live_grants().filter(case=case).exists()
    assert Case.objects.get().owner == str(north.pk)


def test_an_offer_shows_no_word_of_the_case(
    case: CaseId, officer: Member, north: Member, browse: Browse
) -> None:
    transfers.offer(case, to="north", reason="Їхня область", by=officer)

    page = browse(north).get("/offers/").content.decode()

    assert "Їхня область" in page
    assert "підпал" not in page.casefold()
    assert browse(north).get(f"/cases/{case}/").status_code == 404


def test_a_rejected_case_stays_where_it_was(case: CaseId, officer: Member, north: Member) -> None:
    offered = transfers.offer(case, to="north", reason="Їхня область", by=officer)

    transfers.reject(offered.pk, answer="Немає кому взяти", by=north, now=NOW)

    assert Case.objects.get().team == "desk"
    with pytest.raises(NoSuchOffer):
        transfers.accept(offered.pk, by=north, now=NOW)


def test_a_case_is_offered_once_and_only_its_receiver_answers(
    case: CaseId, officer: Member, north: Member
) -> None:
    offered = transfers.offer(case, to="north", reason="Їхня область", by=officer)

    with pytest.raises(AlreadyOffered):
        transfers.offer(case, to="north", reason="Ще раз те саме", by=officer)
    with pytest.raises(NoSuchOffer):
        transfers.accept(offered.pk, by=officer, now=NOW)
    assert Case.objects.get(pk=case).team != north.team_ids[0]


def test_nobody_offers_what_they_do_not_see(case: CaseId, north: Member) -> None:
    with pytest.raises(NoSuchCase):
        transfers.offer(case, to="north", reason="Хочу бачити її", by=north)


def test_a_minors_case_is_taken_over_by_a_lead(
    case: CaseId, lead: Member, north: Member, member: Callable[..., Member]
) -> None:
    Case.objects.update(under18=True)
    offered = transfers.offer(case, to="north", reason="Їхня область", by=lead)
    their_lead = member(Role.LEAD, team="north")

    with pytest.raises(MinorsNeedALead):
        transfers.accept(offered.pk, by=north, now=NOW)
    assert transfers.accept(offered.pk, by=their_lead, now=NOW) == case


def test_every_step_of_a_transfer_is_in_the_audit(
    case: CaseId, officer: Member, north: Member
) -> None:
    offered = transfers.offer(case, to="north", reason="Їхня область", by=officer)
    transfers.accept(offered.pk, by=north, now=NOW)

    told = [one.fields["act"] for one in newest_events(2) if one.fields]
    assert set(told) == {"transfer.offered", "transfer.accepted"}
