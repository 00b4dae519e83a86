"""When nobody is on duty the page says so, from when somebody reads, and whom to call meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from oberih.core.hours import DAYS
from oberih.front.duty import back_at

SUNDAY = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
KYIV = "Europe/Kyiv"
PLACES = ("report/", "conversation/")


def hours_of_another_day() -> str:
    """Return hours in which nobody is on duty now nor tomorrow, whatever the day of the test."""
    return f"{DAYS[(timezone.localdate() + timedelta(days=3)).weekday()]} 09:00-10:00"


def read(address: str, *, hours: str) -> str:
    with override_settings(HOURS=hours):
        answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("language", "said"),
    [("uk", "Зараз чергових немає"), ("en", "Nobody is on duty"), ("ru", "Сейчас дежурных нет")],
)
def test_out_of_hours_she_is_told_before_she_writes(language: str, said: str, place: str) -> None:
    page = read(f"/{language}/{place}", hours=hours_of_another_day())

    assert said in page
    assert ", 09:00" in page
    assert 'href="tel:112"' in page
    assert 'href="tel:0800332029"' in page


@pytest.mark.parametrize(
    ("language", "said"),
    [("uk", "щодня 00:00–23:59"), ("en", "every day 00:00–23:59"), ("ru", "ежедневно 00:00–23:59")],
)
def test_she_reads_the_hours_in_her_words(language: str, said: str) -> None:
    assert said in read(f"/{language}/report/", hours="00:00-23:59")


@pytest.mark.parametrize("place", PLACES)
def test_while_somebody_is_on_duty_nothing_is_said_of_it(place: str) -> None:
    assert "Зараз чергових немає" not in read(f"/uk/{place}", hours="00:00-24:00")


@pytest.mark.parametrize(
    ("stated", "again"),
    [
        ("09:00-21:00", None),
        ("09:30-21:00", None),
        ("10:00-21:00", "2026-11-22T10:00+02:00"),
        ("07:00-09:30", "2026-11-23T07:00+02:00"),
        ("mon-fri 09:00-18:00", "2026-11-23T09:00+02:00"),
        ("wed 12:00-13:00, sat 10:00-11:00", "2026-11-25T12:00+02:00"),
        ("sun 06:00-07:00", "2026-11-29T06:00+02:00"),
    ],
)
def test_somebody_reads_again_when_the_stated_hours_begin(stated: str, again: str | None) -> None:
    found = back_at(stated, zone=KYIV, now=SUNDAY)

    assert found == (None if again is None else datetime.fromisoformat(again))
