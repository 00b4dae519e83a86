"""Promises of need-to-know: owner, team, a grant with an end; minors and identities apart."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from desk_cast import Browse, Desk, Family
from django.urls import reverse

from oberih.audit.selectors import newest_events
from oberih.desk import services
from oberih.desk.access import asking, grants, identity
from oberih.desk.access.asking import Question
from oberih.desk.access.grants import Wanted
from oberih.desk.access.identity import Person
from oberih.desk.access.models import AskKind, Grant, GrantKind, Notice
from oberih.desk.access.refusals import (
    EndTooFar,
    NoReason,
    NoSuchCase,
    NothingAsked,
    NotYourself,
    TooManyOpenings,
)
from oberih.desk.access.visible import visible
from oberih.desk.models import Case
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WHY = "Її колега захворіла"
MakeMember = Callable[..., Member]


@pytest.fixture
def case(desk: Desk, olha: Family) -> Case:
    olha.send("Слова родини +380 50 000 00 01")
    desk.turn()
    return Case.objects.get()


@pytest.fixture
def stranger(member: MakeMember) -> Member:
    return member(Role.OFFICER, team="north")


@dataclass(frozen=True)
class People:
    """Who takes part: an officer and a lead of the case's team, and a stranger from another."""

    officer: Member
    lead: Member
    stranger: Member
    member: MakeMember


@pytest.fixture
def people(officer: Member, lead: Member, stranger: Member, member: MakeMember) -> People:
    return People(officer, lead, stranger, member)


def access(case: Case, *, to: Member, desk: Desk, days: int = 1) -> Wanted:
    return Wanted(GrantKind.CASE, to, WHY, desk.now + timedelta(days=days), case.pk)


def again(one: Member) -> Member:
    return Member.objects.get(pk=one.pk)


def test_the_team_sees_a_case_and_another_team_does_not(
    case: Case, officer: Member, stranger: Member
) -> None:
    assert list(visible(officer)) == [case]
    assert list(visible(stranger)) == []


def test_an_owner_of_another_team_sees_the_case(case: Case, stranger: Member) -> None:
    Case.objects.update(owner=str(stranger.pk))

    assert list(visible(stranger)) == [case]


def test_a_grant_opens_a_case_and_its_end_closes_it(
    desk: Desk, case: Case, lead: Member, stranger: Member
) -> None:
    grants.give(access(case, to=stranger, desk=desk), by=lead, now=desk.now)
    assert list(visible(stranger)) == [case]

    past = desk.now - timedelta(days=2)
    Grant.objects.update(given_at=past, ends_at=past + timedelta(days=1))

    assert list(visible(stranger)) == []


def test_a_lead_ends_a_grant_at_once(
    desk: Desk, case: Case, lead: Member, stranger: Member
) -> None:
    row = grants.give(access(case, to=stranger, desk=desk), by=lead, now=desk.now)

    grants.end(row.pk, by=lead, now=desk.now)

    assert list(visible(stranger)) == []


def test_only_a_lead_who_sees_the_case_gives_and_never_to_themselves(
    desk: Desk, case: Case, people: People
) -> None:
    officer, lead, member = people.officer, people.lead, people.member
    far_lead, to = member(Role.LEAD, team="north"), member(Role.OFFICER, team="north")
    wanted = access(case, to=to, desk=desk)

    with pytest.raises(NotPermitted):
        grants.give(wanted, by=officer, now=desk.now)
    with pytest.raises(NoSuchCase):
        grants.give(wanted, by=far_lead, now=desk.now)
    with pytest.raises(NotYourself):
        grants.give(access(case, to=lead, desk=desk), by=lead, now=desk.now)


def test_a_grant_has_a_reason_and_an_end(
    desk: Desk, case: Case, lead: Member, stranger: Member
) -> None:
    with pytest.raises(EndTooFar):
        grants.give(access(case, to=stranger, desk=desk, days=31), by=lead, now=desk.now)
    wordless = replace(access(case, to=stranger, desk=desk), reason=" - ")
    with pytest.raises(NoReason):
        grants.give(wordless, by=lead, now=desk.now)


def test_a_minors_case_is_seen_by_the_leads_of_its_team_alone(
    case: Case, officer: Member, lead: Member
) -> None:
    Case.objects.update(under18=True)

    assert (list(visible(officer)), list(visible(lead))) == ([], [case])


def test_the_grant_for_minors_opens_those_of_the_own_team(
    desk: Desk, case: Case, lead: Member, officer: Member
) -> None:
    Case.objects.update(under18=True)
    until = desk.now + timedelta(days=60)

    grants.give(Wanted(GrantKind.MINORS, officer, WHY, until), by=lead, now=desk.now)

    assert list(visible(officer)) == [case]


def test_who_the_family_is_needs_a_second_grant(
    desk: Desk, case: Case, officer: Member, lead: Member
) -> None:
    identity.keep(case.pk, person=Person("Ольга", "вдома"), by=officer, now=desk.now)
    with pytest.raises(NotPermitted):
        identity.shown(case.pk, by=officer)

    until = desk.now + timedelta(hours=5)
    grants.give(Wanted(GrantKind.IDENTITY, officer, WHY, until, case.pk), by=lead, now=desk.now)

    assert identity.shown(case.pk, by=officer) == Person("Ольга", "вдома")
    assert newest_events(1)[0].fields["act"] == "identity.shown"  # type: ignore[index]


def test_two_people_break_the_glass_and_the_lead_is_told(
    desk: Desk, case: Case, people: People
) -> None:
    stranger, officer, lead = people.stranger, people.officer, people.lead
    asked = asking.ask(Question(AskKind.BREAK_GLASS, WHY, case.pk), by=stranger, now=desk.now)
    with pytest.raises(NotYourself):
        asking.agree(asked.pk, by=stranger, now=desk.now)

    asking.agree(asked.pk, by=officer, now=desk.now)

    assert list(visible(stranger)) == [case]
    assert [one.ask_id for one in asking.notices_for(lead)] == [asked.pk]
    asking.note_seen(Notice.objects.get().pk, by=lead, now=desk.now)
    assert list(asking.notices_for(lead)) == []


def test_a_refused_glass_opens_nothing_and_cannot_be_agreed_to_later(
    desk: Desk, case: Case, stranger: Member, officer: Member
) -> None:
    asked = asking.ask(Question(AskKind.BREAK_GLASS, WHY, case.pk), by=stranger, now=desk.now)
    asking.refuse(asked.pk, by=officer, now=desk.now)

    with pytest.raises(NothingAsked):
        asking.agree(asked.pk, by=officer, now=desk.now)
    assert list(visible(stranger)) == []


def test_asking_for_a_case_tells_nothing_of_whether_it_exists(
    case: Case, stranger: Member, browse: Browse
) -> None:
    browser = browse(stranger)
    pages = [
        browser.post(reverse("desk:break-glass"), {"case": key, "reason": WHY}, follow=True)
        for key in (case.pk, "AAAA-AAAA")
    ]

    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].redirect_chain == pages[1].redirect_chain


def test_one_case_too_many_needs_a_second_person(
    desk: Desk, case: Case, officer: Member, settings: pytest.FixtureRequest
) -> None:
    settings.OPENINGS_AN_HOUR = 0  # type: ignore[attr-defined]
    with pytest.raises(TooManyOpenings):
        services.open_case(case.pk, by=officer, now=desk.now)
    settings.OPENINGS_AN_HOUR = 1  # type: ignore[attr-defined]
    services.open_case(case.pk, by=officer, now=desk.now)
    settings.OPENINGS_AN_HOUR = 0  # type: ignore[attr-defined]

    assert services.open_case(case.pk, by=officer, now=desk.now) == case


def test_a_colleague_lets_somebody_go_on_for_an_hour(
    desk: Desk, family: Callable[[], Family], people: People, settings: pytest.FixtureRequest
) -> None:
    officer, lead = people.officer, people.lead
    settings.OPENINGS_AN_HOUR = 1  # type: ignore[attr-defined]
    for _ in range(3):
        family().send()
    desk.turn()
    first, second, third = Case.objects.values_list("pk", flat=True)
    services.open_case(first, by=officer, now=desk.now)
    asked = asking.ask(Question(AskKind.MORE_CASES, WHY), by=officer, now=desk.now)

    asking.agree(asked.pk, by=lead, now=desk.now)

    services.open_case(second, by=officer, now=desk.now)
    with pytest.raises(TooManyOpenings):
        services.open_case(third, by=officer, now=desk.now)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.ANALYST, Role.TRACING])
def test_who_reads_no_cases_opens_none(desk: Desk, case: Case, people: People, role: Role) -> None:
    lead, other = people.lead, people.member(role)

    with pytest.raises(NotPermitted):
        grants.give(access(case, to=other, desk=desk), by=lead, now=desk.now)
    with pytest.raises(NotPermitted):
        asking.ask(Question(AskKind.BREAK_GLASS, WHY, case.pk), by=other, now=desk.now)


def test_another_team_is_given_a_case_and_the_old_one_sees_it_no_more(
    case: Case, lead: Member, officer: Member, stranger: Member
) -> None:
    grants.move_to_team(case.pk, team="north", by=lead)

    assert list(visible(stranger)) == [case]
    assert list(visible(officer)) == []
