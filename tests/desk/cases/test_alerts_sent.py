"""Promises of what is handed to the gateways: once a target, no exercise, nothing of a case."""

import os
from collections.abc import Iterator

import pytest
from desk_cast import Browse, Desk
from django.conf import settings

from oberih.alerts import services
from oberih.alerts.gateways.outbox import Outbox
from oberih.alerts.gateways.serve import outbox_of
from oberih.alerts.gateways.values import Channel, Fate
from oberih.alerts.services import Draft, Grounds, Words
from oberih.alerts.states import AlertId, Basis, Standing
from oberih.alerts.values import Reach
from oberih.desk import alerting
from oberih.desk.alerting import ReleaseAnswer
from oberih.staff.models import Member

pytestmark = pytest.mark.django_db
WORDS = {
    "uk": Words("Просять знімки", "Обіцяють лист.", "Не робіть."),
    "en": Words("They ask for photos", "They promise a letter.", "Do not do it."),
}
YES = ReleaseAnswer(only_one=False, typed="Україна", findings_read=True)


@pytest.fixture
def outbox(desk: Desk) -> Iterator[Outbox]:
    assert desk
    place = outbox_of(settings.DATA)
    place.unlink(missing_ok=True)
    opened = Outbox(place)
    opened.declare([(Channel.TELEGRAM, ""), (Channel.SMTP, "news@radio.example")])
    yield opened
    opened.close()
    place.unlink()


@pytest.fixture
def two(officer: Member, lead: Member) -> tuple[Member, Member]:
    return officer, lead


def released(desk: Desk, by: tuple[Member, Member], reach: Reach | None = None) -> AlertId:
    grounds = Grounds(Basis.OTHER_SOURCE, source="a public warning of the police")
    what = Draft(WORDS, grounds, reach=reach or Reach())
    alert = alerting.draft(what, by=by[0], now=desk.now, entropy=os.urandom)
    alerting.approve(alert, answer=YES, by=by[1], now=desk.now)
    return alert


def test_a_published_alert_is_handed_over_once_for_each_target(
    desk: Desk, outbox: Outbox, two: tuple[Member, Member]
) -> None:
    released(desk, two)

    desk.turn()
    desk.turn()

    assert outbox.report() == {
        Channel.TELEGRAM: {Fate.WAITING: 1},
        Channel.SMTP: {Fate.WAITING: 1},
    }


def test_an_exercise_reaches_nobody(desk: Desk, outbox: Outbox, two: tuple[Member, Member]) -> None:
    released(desk, two, Reach(standing=Standing.EXERCISE))

    desk.turn()

    assert outbox.report() == {}


def test_a_cancellation_goes_out_and_what_still_waits_of_the_alert_does_not(
    desk: Desk, outbox: Outbox, two: tuple[Member, Member]
) -> None:
    alert = released(desk, two)
    desk.turn()
    services.cancel(alert, by=two[0], now=desk.now)

    desk.turn()

    sent = outbox.claim(Channel.TELEGRAM, most=9, now=int(desk.now.timestamp()))
    assert [one.title for one in sent] == ["Скасовано: Просять знімки"]


def test_the_outbox_holds_nothing_of_a_case(
    desk: Desk, outbox: Outbox, two: tuple[Member, Member]
) -> None:
    released(desk, two)
    desk.turn()

    [one] = outbox.claim(Channel.SMTP, most=9, now=int(desk.now.timestamp()))

    assert one.text.startswith("Обіцяють лист.\n\nНе робіть.")
    assert "police" not in one.text


def test_the_alert_s_page_shows_what_was_sent(
    desk: Desk, outbox: Outbox, two: tuple[Member, Member], browse: Browse
) -> None:
    alert = released(desk, two)
    desk.turn()
    assert outbox.report(alert)

    page = browse(two[0]).get(f"/alerts/{alert}/").content.decode()

    assert "telegram" in page
