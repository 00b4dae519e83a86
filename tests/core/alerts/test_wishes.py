"""Promises of a subscription: never to occupied territory or Russia, never to an odd address."""

import base64

import pytest

from oberih.alerts.states import Way
from oberih.alerts.wishes import (
    NotAMobileNumber,
    NotAWish,
    OccupiedTerritory,
    Wish,
    Word,
    mobile,
    said,
    wish_of,
)
from oberih.core import canonical
from oberih.core.errors import Refused

KEY = base64.urlsafe_b64encode(b"\x04" + bytes(64)).rstrip(b"=").decode()
AUTH = base64.urlsafe_b64encode(bytes(16)).rstrip(b"=").decode()


def address(endpoint: str, *, key: str = KEY, auth: str = AUTH) -> str:
    return canonical.encode({"auth": auth, "endpoint": endpoint, "p256dh": key}).decode()


def test_a_number_is_taken_in_the_way_it_is_typed() -> None:
    wish = wish_of("SMS 050 000 00 01", region="UA-30", language="uk", stated=True)

    assert wish == Wish(Word.SMS, Way.SMS, "+380500000001", "UA-30", "uk")


@pytest.mark.parametrize("region", ["UA-43", "UA-40", "UA-09"])
def test_nobody_in_occupied_territory_gets_an_sms(region: str) -> None:
    with pytest.raises(OccupiedTerritory):
        wish_of("SMS +380500000001", region=region, language="uk", stated=True)


def test_without_her_statement_no_sms_goes_anywhere() -> None:
    with pytest.raises(OccupiedTerritory):
        wish_of("SMS +380500000001", region="UA-30", language="uk", stated=False)


@pytest.mark.parametrize("number", ["+79780000001", "+7 949 000 00 01", "8 916 000 00 01"])
def test_no_sms_goes_to_a_russian_number(number: str) -> None:
    with pytest.raises(OccupiedTerritory):
        mobile(number)


@pytest.mark.parametrize("number", ["+380 44 000 00 01", "+48 500 000 001", "hello", "", "@name"])
def test_what_is_no_ukrainian_mobile_is_refused(number: str) -> None:
    with pytest.raises(NotAMobileNumber):
        mobile(number)


@pytest.mark.parametrize("text", ["СТОП", "стоп.", "Stop!", "STOP"])
def test_one_word_ends_it_however_it_is_typed(text: str) -> None:
    assert said(text) is Word.STOP


@pytest.mark.parametrize(("text", "word"), [("так", Word.YES), ("Дані", Word.SHOW)])
def test_one_word_begins_it_or_shows_what_is_held(text: str, word: Word) -> None:
    assert said(text) is word


@pytest.mark.parametrize("text", ["", "no idea", "SMS", "PUSH {}", "PUSH x", "SMSx +380500000001"])
def test_an_odd_wish_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        wish_of(text, region="", language="uk", stated=True)


def test_a_browser_s_address_at_a_push_service_is_taken() -> None:
    text = address("https://updates.push.services.mozilla.com/wpush/v2/abc")

    wish = wish_of(f"PUSH {text}", region="", language="en", stated=True)

    assert wish == Wish(Word.PUSH, Way.PUSH, text, language="en")


@pytest.mark.parametrize(("region", "stated"), [("", False), ("UA-43", True)])
def test_no_reminder_goes_to_occupied_territory_either(region: str, *, stated: bool) -> None:
    text = address("https://updates.push.services.mozilla.com/wpush/v2/abc")

    with pytest.raises(OccupiedTerritory):
        wish_of(f"PUSH {text}", region=region, language="uk", stated=stated)


@pytest.mark.parametrize(
    "text",
    [
        address("https://internal.example/"),
        address("http://fcm.googleapis.com/x"),
        address("https://fcm.googleapis.com/" + "x" * 2_000),
        address("https://fcm.googleapis.com/x", key="AA"),
        address("https://fcm.googleapis.com/x", auth="AA"),
    ],
)
def test_another_address_or_key_is_refused(text: str) -> None:
    with pytest.raises(NotAWish):
        wish_of(f"PUSH {text}", region="", language="uk", stated=True)
