"""Promises of merging: complete, reversible, never of two relatives, silent when one is silent."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from desk_cast import Browse, Desk, Family

from oberih.core import time
from oberih.desk import services
from oberih.desk.access import identity
from oberih.desk.access.identity import Person
from oberih.desk.care import kin
from oberih.desk.care.refusals import KinKeptApart
from oberih.desk.casework import mergers, transfers
from oberih.desk.casework.refusals import (
    AlreadyOffered,
    MergedAlready,
    NothingMerged,
    NotMergeable,
    NotTheSameFamily,
)
from oberih.desk.models import Case, InternalNote, Message, Reply
from oberih.desk.services import CaseMerged, NotAlone
from oberih.desk.states import CaseId
from oberih.desk.working import acts
from oberih.desk.working.acts import Chosen
from oberih.staff.models import Member, Team
from oberih.staff.roles import NotPermitted, Role

pytestmark = pytest.mark.django_db
NOW = time.now()
KEPT = ("state", "owner", "urgency", "waiting_since", "family", "merged_into", "team")


@pytest.fixture
def both(family: Callable[[], Family]) -> tuple[Family, Family]:
    return family(), family()


@pytest.fixture
def cases(desk: Desk, both: tuple[Family, Family]) -> tuple[CaseId, CaseId]:
    """Return the cases of two reports: a mild one, and a demand that came later."""
    for who, text in zip(both, ("Пишуть незнайомці", "Підпаліть машину, інакше"), strict=True):
        who.send(text)
        desk.turn()
        desk.later(seconds=1)
    first, second = Case.objects.order_by("filed_at", "pk")
    return CaseId(first.pk), CaseId(second.pk)


def state() -> list[tuple[object, ...]]:
    return list(Case.objects.order_by("pk").values_list("pk", *KEPT))


def merge(cases: tuple[CaseId, CaseId], *, by: Member) -> None:
    mergers.merge(cases[1], into=cases[0], by=by, now=time.now())


def test_merged_and_taken_apart_both_are_what_they_were(
    cases: tuple[CaseId, CaseId], officer: Member
) -> None:
    before = state()

    merge(cases, by=officer)
    merged = state()
    mergers.unmerge(cases[1], by=officer, now=time.now())

    assert merged != before
    assert state() == before


def test_three_merged_and_taken_apart_in_any_order_are_what_they_were(
    desk: Desk, family: Callable[[], Family], cases: tuple[CaseId, CaseId], officer: Member
) -> None:
    family().send("Третій лист тієї самої людини")
    desk.turn()
    third = CaseId(Case.objects.exclude(pk__in=cases).get().pk)
    before = state()
    for case in (cases[1], third):
        mergers.merge(case, into=cases[0], by=officer, now=time.now())

    for case in (cases[1], third):
        mergers.unmerge(case, by=officer, now=time.now())

    assert state() == before


def test_a_merged_case_counts_as_one_family_and_waits_once(
    cases: tuple[CaseId, CaseId], officer: Member
) -> None:
    merge(cases, by=officer)

    main, inside = (Case.objects.get(pk=key) for key in cases)
    assert (inside.family, inside.state, inside.waiting_since) == (main.pk, "closed", None)
    assert main.urgency == inside.urgency


def test_the_main_case_shows_both_threads_and_notes(
    cases: tuple[CaseId, CaseId], officer: Member, browse: Browse
) -> None:
    services.note(cases[1], text="Нотатка другої справи", by=officer, now=NOW)

    merge(cases, by=officer)

    page = browse(officer).get(f"/cases/{cases[0]}/").content.decode()
    assert "Пишуть незнайомці" in page
    assert "машину" in page
    assert "Нотатка другої справи" in page


def test_nothing_is_moved_or_lost_by_a_merger(
    cases: tuple[CaseId, CaseId], officer: Member
) -> None:
    services.note(cases[1], text="Нотатка", by=officer, now=NOW)
    before = [
        set(Message.objects.values_list("pk", "conversation_id")),
        set(InternalNote.objects.values_list("pk", "case_id")),
    ]

    merge(cases, by=officer)

    after = [
        set(Message.objects.values_list("pk", "conversation_id")),
        set(InternalNote.objects.values_list("pk", "case_id")),
    ]
    assert after == before


def test_a_reply_while_the_case_is_merged_keeps_its_words_and_says_where_to_go(
    cases: tuple[CaseId, CaseId], officer: Member, browse: Browse
) -> None:
    merge(cases, by=officer)

    page = browse(officer).post(f"/cases/{cases[1]}/reply/", {"text": "Ми з вами"})

    assert page.status_code == 409
    assert cases[0] in page.content.decode()
    assert "readonly>Ми з вами</textarea>" in page.content.decode()
    assert not Reply.objects.filter(kind="reply").exists()
    with pytest.raises(CaseMerged):
        services.reply(cases[1], text="Ми з вами", by=officer, now=NOW)


def test_a_reply_goes_into_the_conversation_that_was_chosen(
    desk: Desk, both: tuple[Family, Family], cases: tuple[CaseId, CaseId], officer: Member
) -> None:
    merge(cases, by=officer)

    services.reply_in_merged(cases[1], text="Ми з вами", by=officer, now=desk.now)
    desk.later(seconds=11)
    desk.turn()

    assert [one.answers() for one in both] == [[], ["Ми з вами"]]
    assert Case.objects.get(pk=cases[0]).waiting_since is None


def test_what_came_into_the_other_conversation_after_the_reply_still_waits(
    desk: Desk, both: tuple[Family, Family], cases: tuple[CaseId, CaseId], officer: Member
) -> None:
    merge(cases, by=officer)
    services.reply_in_merged(cases[1], text="Ми з вами", by=officer, now=desk.now)
    desk.later(seconds=5)
    both[0].send("Він знову пише")
    desk.turn()
    came = desk.now

    desk.later(seconds=6)
    desk.turn()

    main = Case.objects.get(pk=cases[0])
    assert (main.state, main.waiting_since) == ("open", came)


def test_who_is_not_alone_in_one_is_written_to_in_none(
    desk: Desk, both: tuple[Family, Family], cases: tuple[CaseId, CaseId], officer: Member
) -> None:
    merge(cases, by=officer)
    services.reply(cases[0], text="Вже в дорозі", by=officer, now=desk.now)
    both[1].send("Я не сама", not_alone=True)
    desk.turn()

    with pytest.raises(NotAlone):
        services.reply(cases[0], text="Ми з вами", by=officer, now=desk.now)
    desk.later(seconds=11)
    desk.turn()
    assert both[0].answers() == []


def test_a_message_into_the_merged_case_brings_back_the_main_one(
    desk: Desk, both: tuple[Family, Family], cases: tuple[CaseId, CaseId], officer: Member
) -> None:
    merge(cases, by=officer)
    acts.close(Chosen((cases[0],)), by=officer, now=NOW)

    both[1].send("Він знову пише")
    desk.turn()

    assert [Case.objects.get(pk=key).state for key in cases] == ["open", "closed"]


def test_a_message_that_came_meanwhile_waits_where_it_came_after_taking_apart(
    desk: Desk, both: tuple[Family, Family], cases: tuple[CaseId, CaseId], officer: Member
) -> None:
    acts.close(Chosen((cases[1],)), by=officer, now=NOW)
    merge(cases, by=officer)
    desk.now = time.now() + timedelta(seconds=5)
    both[1].send("Він знову пише")
    desk.turn()

    mergers.unmerge(cases[1], by=officer, now=time.now())

    case = Case.objects.get(pk=cases[1])
    assert (case.state, case.waiting_since) == ("open", desk.now)


def test_what_came_after_the_reply_waits_after_taking_apart_too(
    desk: Desk, both: tuple[Family, Family], cases: tuple[CaseId, CaseId], officer: Member
) -> None:
    merge(cases, by=officer)
    desk.now = time.now() + timedelta(seconds=5)
    services.reply_in_merged(cases[1], text="Ми з вами", by=officer, now=desk.now)
    desk.later(seconds=5)
    both[1].send("Він знову пише")
    desk.turn()
    came = desk.now
    desk.later(seconds=6)
    desk.turn()

    mergers.unmerge(cases[1], by=officer, now=time.now())

    case = Case.objects.get(pk=cases[1])
    assert (case.state, case.waiting_since) == ("open", came)


def test_kin_in_dispute_are_never_merged(cases: tuple[CaseId, CaseId], officer: Member) -> None:
    kin.keep_apart(cases[0], other=cases[1], by=officer, now=NOW)

    with pytest.raises(KinKeptApart):
        merge(cases, by=officer)
    assert not Case.objects.exclude(merged_into="").exists()


def test_merged_cases_cannot_be_kept_apart_before_they_are_taken_apart(
    cases: tuple[CaseId, CaseId], officer: Member
) -> None:
    merge(cases, by=officer)

    with pytest.raises(MergedAlready):
        kin.keep_apart(cases[0], other=cases[1], by=officer, now=NOW)


def test_two_relatives_are_two_cases(cases: tuple[CaseId, CaseId], officer: Member) -> None:
    for case, name in zip(cases, ("Ольга Береза", "Марта Береза"), strict=True):
        identity.keep(case, person=Person(name, ""), by=officer, now=NOW)

    with pytest.raises(NotTheSameFamily):
        merge(cases, by=officer)


@pytest.mark.parametrize("odd", [{"team": "north"}, {"under18": True}])
def test_cases_of_two_teams_or_a_minors_and_another_are_not_merged(
    cases: tuple[CaseId, CaseId], lead: Member, odd: dict[str, object]
) -> None:
    Team.objects.create(pk="north", name="North")
    lead.teams.add("north")
    Case.objects.filter(pk=cases[1]).update(**odd)

    with pytest.raises(NotMergeable):
        merge(cases, by=Member.objects.get(pk=lead.pk))


def test_a_case_is_merged_once_and_never_in_a_chain(
    desk: Desk, family: Callable[[], Family], cases: tuple[CaseId, CaseId], officer: Member
) -> None:
    family().send("Третя")
    desk.turn()
    third = CaseId(Case.objects.exclude(pk__in=cases).get().pk)
    merge(cases, by=officer)

    for case, into in ((cases[1], third), (cases[0], third), (third, cases[1])):
        with pytest.raises(MergedAlready):
            mergers.merge(case, into=into, by=officer, now=NOW)
    with pytest.raises(NothingMerged):
        mergers.unmerge(third, by=officer, now=NOW)


def test_an_offered_case_is_not_merged(cases: tuple[CaseId, CaseId], officer: Member) -> None:
    Team.objects.create(pk="north", name="North")
    transfers.offer(cases[1], to="north", reason="Їхня область", by=officer)

    with pytest.raises(AlreadyOffered):
        merge(cases, by=officer)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.AUDITOR])
def test_nobody_else_merges(
    cases: tuple[CaseId, CaseId], member: Callable[..., Member], role: Role
) -> None:
    with pytest.raises(NotPermitted):
        merge(cases, by=member(role))


def test_the_page_asks_that_one_person_wrote_both(
    cases: tuple[CaseId, CaseId], officer: Member, browse: Browse
) -> None:
    browser, path = browse(officer), f"/cases/{cases[1]}/merge/"

    browser.post(path, {"into": cases[0]})
    without = Case.objects.exclude(merged_into="").count()
    browser.post(path, {"into": cases[0], "same_person": "on"})

    assert (without, Case.objects.exclude(merged_into="").count()) == (0, 1)
