"""Promises of working the queue: many at once with one way back, filters, views, no clash."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from desk_cast import Browse, Desk, Family
from django.http import QueryDict
from django.urls import reverse

from oberih.audit.selectors import newest_events
from oberih.core import time
from oberih.core.hours import OddHours, parse_hours
from oberih.desk import selectors, services
from oberih.desk.access.refusals import NoSuchCase
from oberih.desk.models import Case, Reply, SavedView
from oberih.desk.services import ActedMeanwhile
from oberih.desk.working import acts, kept
from oberih.desk.working.acts import UNDO, Chosen
from oberih.desk.working.refusals import NothingChosen, NothingToUndo, NoViewName, TooManyChosen
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
KYIV = ZoneInfo("Europe/Kyiv")
NOW = time.now()


@pytest.fixture
def cases(desk: Desk, family: Callable[[], Family]) -> list[str]:
    for number in range(3):
        family().send(f"Звіт {number}", region="UA-05" if number else "UA-30")
    desk.turn()
    return list(Case.objects.order_by("pk").values_list("pk", flat=True))


def test_many_are_taken_at_once_and_go_back_at_once(cases: list[str], officer: Member) -> None:
    acts.assign(Chosen(tuple(cases)), to=officer, by=officer, now=NOW)
    taken = set(Case.objects.values_list("owner", "state"))

    done = acts.undo(by=officer, now=NOW)

    assert taken == {(str(officer.pk), "open")}
    assert set(Case.objects.values_list("owner", "state")) == {("", "new")}
    assert (done.cases, done.kept) == (3, 0)


def test_each_of_many_has_its_own_line_in_the_audit(cases: list[str], officer: Member) -> None:
    acts.close(Chosen(tuple(cases)), by=officer, now=NOW)

    told = {one.fields["subject"] for one in newest_events(3) if one.fields}
    assert told == {f"case {key}" for key in cases}


def test_an_act_goes_back_for_thirty_seconds_and_once(cases: list[str], officer: Member) -> None:
    acts.close(Chosen((cases[0],)), by=officer, now=NOW)

    with pytest.raises(NothingToUndo):
        acts.undo(by=officer, now=NOW + UNDO)
    acts.undo(by=officer, now=NOW)
    with pytest.raises(NothingToUndo):
        acts.undo(by=officer, now=NOW)


def test_nobody_undoes_what_another_did(
    cases: list[str], officer: Member, member: Callable[[Role], Member]
) -> None:
    acts.close(Chosen((cases[0],)), by=officer, now=NOW)

    with pytest.raises(NothingToUndo):
        acts.undo(by=member(Role.OFFICER), now=NOW)


def test_what_changed_meanwhile_stays_when_an_act_goes_back(
    cases: list[str], officer: Member, lead: Member
) -> None:
    acts.assign(Chosen(tuple(cases)), to=officer, by=officer, now=NOW)
    acts.assign(Chosen((cases[0],)), to=lead, by=lead, now=NOW)

    done = acts.undo(by=officer, now=NOW)

    assert (done.cases, done.kept) == (2, 1)
    assert Case.objects.get(pk=cases[0]).owner == str(lead.pk)


def test_of_two_who_take_one_case_the_second_is_told(
    cases: list[str], officer: Member, lead: Member
) -> None:
    seen = Case.objects.get(pk=cases[0]).version
    acts.assign(Chosen((cases[0],), seen), to=officer, by=officer, now=NOW)

    with pytest.raises(ActedMeanwhile):
        acts.assign(Chosen((cases[0],), seen), to=lead, by=lead, now=NOW)
    assert Case.objects.get(pk=cases[0]).owner == str(officer.pk)


def test_a_reply_to_what_is_no_longer_so_is_held_and_its_words_are_kept(
    cases: list[str], officer: Member, browse: Browse
) -> None:
    seen = Case.objects.get(pk=cases[0]).version
    services.note(cases[0], text="Я вже телефоную", by=officer, now=NOW)  # type: ignore[arg-type]

    address = reverse("desk:reply", kwargs={"case": cases[0]})
    page = browse(officer).post(address, {"text": "Ми поруч із вами", "seen": seen})

    assert page.status_code == 409
    assert "Ми поруч із вами</textarea>" in page.content.decode()
    assert not Reply.objects.filter(kind="reply").exists()


def test_one_hidden_among_many_refuses_all(cases: list[str], officer: Member) -> None:
    Case.objects.filter(pk=cases[0]).update(team="north")

    with pytest.raises(NoSuchCase):
        acts.close(Chosen(tuple(cases)), by=officer, now=NOW)
    assert not Case.objects.filter(state="closed").exists()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.TRACING, Role.ADMIN, Role.AUDITOR])
def test_who_may_not_act_on_one_may_not_on_many(
    cases: list[str], member: Callable[[Role], Member], role: Role
) -> None:
    with pytest.raises(NotPermitted):
        acts.close(Chosen(tuple(cases)), by=member(role), now=NOW)


def test_only_a_lead_gives_many_to_another(cases: list[str], officer: Member, lead: Member) -> None:
    with pytest.raises(NotPermitted):
        acts.assign(Chosen(tuple(cases)), to=lead, by=officer, now=NOW)
    acts.assign(Chosen(tuple(cases)), to=officer, by=lead, now=NOW)

    assert set(Case.objects.values_list("owner", flat=True)) == {str(officer.pk)}


def test_none_and_more_than_five_hundred_are_refused(officer: Member) -> None:
    with pytest.raises(NothingChosen):
        acts.close(Chosen(()), by=officer, now=NOW)
    with pytest.raises(TooManyChosen):
        acts.close(Chosen(tuple(str(one) for one in range(501))), by=officer, now=NOW)


def test_the_page_acts_on_the_chosen_and_offers_the_way_back(
    cases: list[str], officer: Member, browse: Browse
) -> None:
    browser = browse(officer)
    given = {"act": "close", "cases": cases, "then": "view=closed"}

    page = browser.post(reverse("desk:bulk"), given, follow=True)
    back = browser.post(reverse("desk:undo"), {"then": "/?view=open"})

    assert page.redirect_chain == [("/?view=closed", 302)]
    assert 'class="undo"' in page.content.decode()
    assert back["Location"] == "/?view=open"
    assert not Case.objects.filter(state="closed").exists()


@pytest.mark.parametrize(
    ("query", "count"),
    [("region=UA-05", 2), ("region=UA-30", 1), ("language=ru", 0), ("age=1", 3), ("age=-1", 0),
     ("band=none", 3), ("tactic=C1", 0), ("region=nowhere", 3), ("page=x", 3)],
)  # fmt: skip
@pytest.mark.usefixtures("cases")
def test_filters_narrow_and_odd_ones_do_not(officer: Member, query: str, count: int) -> None:
    view = selectors.read_view(QueryDict(query))

    assert len(selectors.queue(view, by=officer, now=NOW).rows) == count


def test_only_the_chosen_are_shown(cases: list[str], officer: Member) -> None:
    view = selectors.read_view(QueryDict(f"view=all&only={cases[0]}&only={cases[1]}"))

    shown = {row.case.pk for row in selectors.queue(view, by=officer, now=NOW).rows}
    assert shown == set(cases[:2])


def test_a_view_is_kept_under_its_key_for_its_owner_alone(
    officer: Member, lead: Member, browse: Browse
) -> None:
    given = {"key": "6", "name": "Вінниця", "query": "view=open&region=UA-05&evil=<x>"}

    browse(officer).post(reverse("desk:keep-view"), given)

    assert [(one.name, one.query) for one in kept.kept_views(officer)] == [
        ("Вінниця", "view=open&region=UA-05")
    ]
    assert kept.kept_views(lead) == []


@pytest.mark.parametrize(("key", "name"), [(5, "x"), (10, "x"), (6, " ")])
def test_a_view_needs_a_name_and_a_key_of_its_own(officer: Member, key: int, name: str) -> None:
    with pytest.raises(NoViewName):
        kept.keep(key, name=name, query="", by=officer)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("since", "within", "due"),
    [
        ("2026-11-20T17:00", 4, "2026-11-23T12:00"),
        ("2026-11-20T10:00", 4, "2026-11-20T14:00"),
        ("2026-11-21T12:00", 1, "2026-11-23T10:00"),
        ("2026-11-20T18:30", 24, "2026-11-25T15:00"),
    ],
)
def test_the_clock_runs_in_the_stated_hours_alone(since: str, within: int, due: str) -> None:
    hours = parse_hours("mon-fri 09:00-18:00", zone=KYIV)
    started = datetime.fromisoformat(since).replace(tzinfo=KYIV)

    found = hours.due(started, within=timedelta(hours=within))

    assert found == datetime.fromisoformat(due).replace(tzinfo=KYIV)


@pytest.mark.parametrize("text", ["", "9-21", "25:00-26:00", "09:00-09:00", "sun-mon 09:00-10:00"])
def test_odd_hours_are_refused(text: str) -> None:
    with pytest.raises(OddHours):
        parse_hours(text, zone=KYIV)


def test_who_else_has_a_case_open_is_said(
    cases: list[str], officer: Member, lead: Member, browse: Browse
) -> None:
    services.open_case(cases[0], by=lead, now=time.now())  # type: ignore[arg-type]

    page = browse(officer).get(f"/cases/{cases[0]}/").content.decode()
    told = browse(officer).post(f"/cases/{cases[0]}/here/").json()

    assert lead.name in page[page.index('id="others"') :][:400]
    assert told == {"others": [lead.name]}


def test_what_is_fetched_ahead_is_in_the_audit_and_what_is_shown_too(
    cases: list[str], officer: Member, browse: Browse
) -> None:
    browser = browse(officer)
    browser.get(f"/cases/{cases[0]}/", headers={"X-Ahead": "1"})
    browser.post(f"/cases/{cases[0]}/opened/")

    told = [one.fields["act"] for one in newest_events(2) if one.fields]
    assert told == ["case.opened", "case.preloaded"]
