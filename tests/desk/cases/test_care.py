"""Care keeps its promises: passing on without a why, talks without words, no scores, kin apart."""

from datetime import timedelta

import pytest
from desk_cast import Browse
from django.urls import reverse

from oberih.audit.selectors import newest_events
from oberih.core import time
from oberih.desk.access.models import Opening
from oberih.desk.access.refusals import NoSuchCase
from oberih.desk.care import exposure, kin, passing, talks
from oberih.desk.care.refusals import KinKeptApart, NoSuchColleague, NotTwoCases, NotYours
from oberih.desk.models import Case
from oberih.desk.selectors import View, queue
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted
from oberih.staff.teams import join_team

pytestmark = pytest.mark.django_db
NOW = time.now()


def case(number: int, **fields: object) -> CaseId:
    made = Case.objects.create(id=f"CASE-{number:04}", filed_at=NOW, waiting_since=NOW, **fields)
    return CaseId(made.pk)


def opened(by: Member, *, many: int, days_ago: float = 0, **fields: object) -> None:
    for _ in range(many):
        one = case(Case.objects.count(), **fields)
        at = NOW - timedelta(days=days_ago, minutes=1)
        Opening.objects.create(member=str(by.pk), case=one, opened_at=at, seen_at=at)


def only(lead: Member, *, member: Member) -> exposure.Exposure:
    found = exposure.exposures(by=lead, now=NOW)
    return next(one for one in found if one.member == member)


def test_a_case_is_passed_on_without_a_reason_and_not_offered_again(officer: Member) -> None:
    one = case(1, owner=str(officer.pk))

    passing.pass_on(one, by=officer, now=NOW)

    assert Case.objects.get().owner == ""
    assert queue(View("new"), by=officer, now=NOW).rows == ()
    (event,) = [one.fields for one in newest_events(1)]
    assert event is not None
    assert (event["act"], event["detail"]) == ("case.passed-on", {})


def test_a_colleague_is_offered_what_was_passed_on(officer: Member, lead: Member) -> None:
    one = case(1, owner=str(officer.pk))
    passing.pass_on(one, by=officer, now=NOW)

    assert [row.case.pk for row in queue(View("new"), by=lead, now=NOW).rows] == [one]


def test_nobody_passes_on_what_is_a_colleagues(officer: Member, lead: Member) -> None:
    one = case(1, owner=str(lead.pk))

    with pytest.raises(NotYours):
        passing.pass_on(one, by=officer, now=NOW)


def test_heavy_cases_ask_the_lead_for_a_talk_and_a_talk_ends_it(
    officer: Member, lead: Member
) -> None:
    opened(officer, many=exposure.MOST_HEAVY, band="stop")
    assert only(lead, member=officer).asks_for_a_talk

    talks.note_talk(str(officer.pk), by=lead, now=NOW)

    assert not only(lead, member=officer).asks_for_a_talk


def test_light_cases_ask_for_nothing_and_are_counted(officer: Member, lead: Member) -> None:
    opened(officer, many=3)
    opened(officer, many=2, days_ago=2)
    opened(officer, many=4, days_ago=8)

    found = only(lead, member=officer)

    assert (found.today, found.week, found.heavy, found.asks_for_a_talk) == (3, 5, 0, False)


def test_who_passed_work_on_is_asked_how_they_are(officer: Member, lead: Member) -> None:
    passing.pass_on(case(1), by=officer, now=NOW)

    assert only(lead, member=officer).asks_for_a_talk


def test_an_officer_sees_their_own_exposure_and_no_colleagues(officer: Member) -> None:
    opened(officer, many=2)

    assert exposure.own_exposure(by=officer, now=NOW).today == 2
    with pytest.raises(NotPermitted):
        exposure.exposures(by=officer, now=NOW)


def test_a_lead_of_another_team_sees_nothing_of_it(
    officer: Member, lead: Member, member: object
) -> None:
    stranger = member(lead.role, team="north")  # type: ignore[operator]
    stranger.teams.remove("desk")
    opened(officer, many=2)

    assert exposure.exposures(by=stranger, now=NOW) == ()
    with pytest.raises(NoSuchColleague):
        talks.note_talk(str(officer.pk), by=stranger, now=NOW)


def test_people_stand_in_the_order_of_their_names_and_no_speed_is_shown(
    officer: Member, lead: Member, browse: Browse
) -> None:
    opened(officer, many=2, answered_at=NOW + timedelta(minutes=5))

    page = browse(lead).get(reverse("desk:care")).content.decode()

    names = [one.member.name for one in exposure.exposures(by=lead, now=NOW)]
    assert names == sorted(names)
    assert not {"p50", "p90", "median"} & set(page.split())


def test_kin_in_dispute_are_never_one_case(officer: Member) -> None:
    wife, mother = case(1), case(2)

    kin.keep_apart(wife, other=mother, by=officer, now=NOW)
    kin.keep_apart(mother, other=wife, by=officer, now=NOW)

    assert kin.kept_apart_from(mother, by=officer) == [wife]
    with pytest.raises(KinKeptApart):
        kin.require_not_kept_apart([mother, wife])


def test_a_hidden_case_cannot_be_kept_apart_nor_is_it_shown(
    officer: Member, member: object
) -> None:
    both = member(officer.role, team="north")  # type: ignore[operator]
    join_team(both, team="desk")
    mine, hidden = case(1), case(2, team="north")
    kin.keep_apart(mine, other=hidden, by=both, now=NOW)

    assert kin.kept_apart_from(mine, by=officer) == []
    with pytest.raises(NotTwoCases):
        kin.keep_apart(mine, other=hidden, by=officer, now=NOW)
    with pytest.raises(NoSuchCase):
        kin.keep_apart(hidden, other=mine, by=officer, now=NOW)
