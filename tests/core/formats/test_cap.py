"""Promises of CAP: what leaves is accepted by the OASIS schema, or does not leave."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree

from oberih.formats import cap
from oberih.formats.cap import (
    BadIdentifier,
    CapAlert,
    EventTooLong,
    Grade,
    NotCap,
    Reference,
    Span,
    Wording,
)

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
UK = Wording("uk-UA", "Тиск на родини", "Заголовок", "Що діється.", "Що робити.", "Україна")
EN = Wording("en-GB", "Coercion of families", "Headline", "What happens.", "", "Ukraine")
ALERT = CapAlert(
    identifier="urn:oid:2.25.1.2026.11.22.10.0.0.7",
    sender="desk@oberih.example",
    sent=NOW,
    status="Actual",
    message_type="Alert",
    grade=Grade("Expected", "Severe", "Observed"),
    span=Span(NOW, NOW.replace(day=30)),
    wordings=(UK, EN),
    sender_name="Example",
)
NAMES = {"cap": cap.NAMESPACE}


def found(alert: CapAlert, path: str) -> list[str]:
    parsed = etree.fromstring(cap.build(alert))
    return [str(one.text) for one in parsed.iterfind(path, NAMES)]


def test_each_language_is_one_info_block() -> None:
    assert found(ALERT, "cap:info/cap:language") == ["uk-UA", "en-GB"]


def test_every_area_has_the_country_s_geocode() -> None:
    assert found(ALERT, "cap:info/cap:area/cap:geocode/cap:value") == ["UA", "UA"]


def test_regions_are_geocodes_of_iso_3166_2() -> None:
    regional = replace(ALERT, regions=("UA-32", "UA-46"), wordings=(UK,))

    assert found(regional, "cap:info/cap:area/cap:geocode/cap:value") == ["UA", "UA-32", "UA-46"]


def test_a_cancellation_names_what_it_cancels() -> None:
    earlier = Reference("desk@oberih.example", "urn:oid:2.25.1.2026.11.21.9.0.0.6", NOW)
    cancel = replace(ALERT, message_type="Cancel", references=(earlier,))

    assert found(cancel, "cap:references") == [
        "desk@oberih.example,urn:oid:2.25.1.2026.11.21.9.0.0.6,2026-11-22T10:00:00-00:00"
    ]


@pytest.mark.parametrize(
    "grade", [Grade("Soon", "Severe", "Observed"), Grade("", "Minor", "Likely")]
)
def test_what_the_schema_does_not_know_does_not_leave(grade: Grade) -> None:
    with pytest.raises(NotCap):
        cap.build(replace(ALERT, grade=grade))


def test_a_long_event_is_refused() -> None:
    with pytest.raises(EventTooLong):
        cap.build(replace(ALERT, wordings=(replace(UK, event="п" * 36),)))


@pytest.mark.parametrize("name", ["", "a b", "a,b", "a&b"])
def test_an_identifier_that_would_break_references_is_refused(name: str) -> None:
    with pytest.raises(BadIdentifier):
        cap.build(replace(ALERT, identifier=name))


def test_words_are_text_and_never_markup() -> None:
    tricky = replace(UK, headline="<script>&\x00\x07 «ні»")

    assert found(replace(ALERT, wordings=(tricky,)), "cap:info/cap:headline") == ["<script>& «ні»"]


def test_entities_are_not_followed() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'

    with pytest.raises(NotCap):
        cap.validate(bomb)
