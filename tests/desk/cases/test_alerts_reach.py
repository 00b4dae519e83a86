"""Promises of reach: it counts what went where, and never tells of fewer than five people."""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from desk_cast import Browse, Desk
from django.conf import settings

from oberih.alerts.gateways.outbox import Outbox
from oberih.alerts.gateways.serve import outbox_of
from oberih.alerts.gateways.values import Channel
from oberih.alerts.models import Alert
from oberih.alerts.services import Draft, Grounds, Words
from oberih.alerts.states import Basis
from oberih.campaigns.models import Campaign, CampaignCase
from oberih.desk import alerting
from oberih.desk.alerting import ReleaseAnswer
from oberih.desk.models import Case
from oberih.desk.reach.counting import Line
from oberih.desk.reach.page import reach_page, told
from oberih.staff.models import Member
from oberih.staff.roles import Role

pytestmark = pytest.mark.django_db
YES = ReleaseAnswer(only_one=False, typed="Україна", findings_read=True)
WORDS = {
    "uk": Words("Просять знімки", "Обіцяють лист.", "Не робіть."),
    "en": Words("They ask for photos", "They promise a letter.", "Do not do it."),
}


@pytest.fixture
def outbox() -> Iterator[Outbox]:
    place = outbox_of(settings.DATA)
    place.unlink(missing_ok=True)
    opened = Outbox(place)
    yield opened
    opened.close()
    place.unlink()


@pytest.fixture
def two(officer: Member, lead: Member) -> tuple[Member, Member]:
    return officer, lead


def campaign(desk: Desk, *, name: str, families: int, hours: float) -> str:
    """Make a campaign whose first report came so many hours ago; return its first case."""
    row = Campaign.objects.create(id=name, name=name, confirmed_by="", confirmed_at=desk.now)
    cases = [
        Case.objects.create(
            id=f"{name}{n}", filed_at=desk.now - timedelta(hours=hours - n / 100), team="desk"
        )
        for n in range(families)
    ]
    CampaignCase.objects.bulk_create(CampaignCase(campaign=row, case=one.pk) for one in cases)
    return str(cases[0].pk)


def released(desk: Desk, by: tuple[Member, Member], *, case: str) -> None:
    grounds = Grounds(Basis.OTHER_SOURCE, source="a public warning of the police")
    what = Draft(WORDS, grounds, case=case)
    alert = alerting.draft(what, by=by[0], now=desk.now, entropy=os.urandom)
    alerting.approve(alert, answer=YES, by=by[1], now=desk.now)


def test_the_time_from_first_report_to_first_alert_is_told_and_drawn(
    desk: Desk, outbox: Outbox, officer: Member, lead: Member
) -> None:
    case = campaign(desk, name="trip", families=6, hours=10)
    released(desk, (officer, lead), case=case)
    later = desk.now + timedelta(hours=5)

    page = reach_page(by=lead, place=outbox_of(settings.DATA), now=later)

    [bar] = page.bars
    assert (bar.families, bar.hours, bar.is_open) == ("6", "10.0", False)
    assert page.half == "10.0"
    assert outbox.channels() == {}


def test_a_campaign_that_nobody_was_warned_of_grows(desk: Desk, lead: Member) -> None:
    campaign(desk, name="open", families=5, hours=10)

    page = reach_page(by=lead, place=outbox_of(settings.DATA), now=desk.now + timedelta(hours=2))

    assert [(bar.hours, bar.is_open) for bar in page.bars] == [("12.0", True)]


def test_of_fewer_than_five_families_neither_number_nor_time_is_told(
    desk: Desk, lead: Member
) -> None:
    campaign(desk, name="few", families=4, hours=10)

    [bar] = reach_page(by=lead, place=outbox_of(settings.DATA), now=desk.now).bars

    assert (bar.families, bar.hours, bar.width) == ("<5", "–", 0)


def test_hidden_cases_are_not_counted(desk: Desk, lead: Member) -> None:
    campaign(desk, name="their", families=6, hours=10)
    Case.objects.update(team="another")

    assert reach_page(by=lead, place=outbox_of(settings.DATA), now=desk.now).bars == ()


def test_a_few_people_are_not_told_nor_found_by_subtraction() -> None:
    line = told(Line("sms", 40, 33, 4, 3, 0, is_people=True))

    assert (line.could, line.delivered, line.waiting, line.uncertain) == ("–", "–", "<5", "0")


def test_bodies_are_told_as_they_are() -> None:
    assert told(Line("smtp", 3, 2, 1, 0)).delivered == "2"


def test_the_page_counts_what_gateways_did(
    desk: Desk, outbox: Outbox, two: tuple[Member, Member], browse: Browse
) -> None:
    outbox.declare([(Channel.TELEGRAM, "")])
    released(desk, two, case=campaign(desk, name="trip", families=6, hours=10))
    desk.turn()

    page = browse(two[1]).get("/reach/").content.decode()

    assert "telegram" in page
    assert "<svg" in page
    assert Alert.objects.exists()


def test_the_page_asks_no_more_when_there_are_more_campaigns(
    desk: Desk, lead: Member, django_assert_max_num_queries: object
) -> None:
    for number in range(8):
        campaign(desk, name=f"c{number}", families=5, hours=10)

    with django_assert_max_num_queries(12):  # type: ignore[operator]  # pytest-django's
        reach_page(by=lead, place=outbox_of(settings.DATA), now=desk.now)


def test_who_may_not_see_campaigns_sees_no_reach(browse: Browse, member: object) -> None:
    tracing = member(Role.TRACING)  # type: ignore[operator]  # the cast's fixture

    assert browse(tracing).get("/reach/").status_code == 403
