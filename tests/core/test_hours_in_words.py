"""Families read the desk's hours as words of their language, never as a setting."""

from zoneinfo import ZoneInfo

import pytest

from oberih.core.hours import parse_hours
from oberih.core.hours_in_words import in_words

SAID = [
    ("09:00-21:00", "uk", "щодня 09:00–21:00"),
    (
        "mon-fri 09:00-18:00, sat 10:00-14:00",
        "uk",
        "понеділок–п'ятниця 09:00–18:00, субота 10:00–14:00",
    ),
    ("mon-fri 09:00-18:00", "ru", "понедельник–пятница 09:00–18:00"),
    ("tue 09:00-18:00, thu 09:00-18:00", "en", "Tuesday 09:00–18:00, Thursday 09:00–18:00"),
    ("00:00-24:00", "uk", "цілодобово"),
    ("00:00-24:00, sun 10:00-12:00", "en", "Monday–Saturday day and night, Sunday 10:00–12:00"),
]


@pytest.mark.parametrize(("stated", "language", "said"), SAID)
def test_hours_are_said_in_words(stated: str, language: str, said: str) -> None:
    hours = parse_hours(stated, zone=ZoneInfo("Europe/Kyiv"))

    assert in_words(hours, language=language) == said
