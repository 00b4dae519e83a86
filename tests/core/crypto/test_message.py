import json
from dataclasses import replace
from typing import Any

import pytest
from formats import DAY, KEYS, OTHERS, later, reply, report, vectors
from hypothesis import given, settings
from hypothesis import strategies as st

from oberih.core import canonical
from oberih.crypto.message import (
    FirstIsMissing,
    MalformedMessage,
    NotAuthentic,
    Received,
    ReplyBody,
    ReportBody,
    ReportKind,
    authenticate_reply,
    parse_reply,
    parse_report,
    reply_from_json,
    sign_report,
)
from oberih.crypto.receipt import Receipt

VECTORS = vectors("messages")
VERIFY = KEYS.first.verify
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300)


def signed(change: dict[str, Any], *, body: dict[str, Any] | None = None) -> bytes:
    """Return a report whose signature holds, whatever it says."""
    message = json.loads(sign_report(report(), key=KEYS.signing))["message"] | change
    message["body"] |= body or {}
    message = {name: value for name, value in message.items() if value is not None}
    signature = KEYS.signing.sign(b"oberih/1/report\0" + canonical.encode(message))
    return canonical.encode({"message": message, "signature": signature.hex()})


def test_published_messages_are_written_and_read_alike() -> None:
    keys = Receipt(bytes.fromhex(VECTORS["ikm"])).derive()

    for vector in VECTORS["reports"]:
        message = parse_report(vector["inner"].encode(), verify=keys.first.verify)
        assert sign_report(message, key=keys.signing).decode() == vector["inner"]
        assert message.digest == vector["digest"]
    for vector in VECTORS["replies"]:
        answer = parse_reply(vector["inner"].encode(), mac_key=keys.mac)
        assert authenticate_reply(answer, mac_key=keys.mac).decode() == vector["inner"]


@pytest.mark.parametrize("vector", VECTORS["refused_replies"], ids=lambda one: one["why"])
def test_published_odd_reply_is_refused(vector: dict[str, str]) -> None:
    keys = Receipt(bytes.fromhex(VECTORS["ikm"])).derive()

    with pytest.raises((MalformedMessage, NotAuthentic)):
        parse_reply(vector["inner"].encode(), mac_key=keys.mac)


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT.filter(lambda text: len(text) <= 100), st.booleans())
def test_what_she_writes_comes_out_the_same(text: str, region: str, flag: bool) -> None:  # noqa: FBT001  # drawn by hypothesis
    message = report(text, region=region, under18=flag, answers={"code": flag})

    assert parse_report(sign_report(message, key=KEYS.signing)) == message


@settings(max_examples=100, deadline=None)
@given(TEXT)
def test_what_the_desk_writes_comes_out_the_same(text: str) -> None:
    message = replace(reply(), body=ReplyBody(text=text, received=(Received(1, DAY),)))

    assert parse_reply(authenticate_reply(message, mac_key=KEYS.mac), mac_key=KEYS.mac) == message


def test_another_hand_cannot_write_in_her_conversation() -> None:
    forged = sign_report(later(), key=OTHERS.signing)

    with pytest.raises(NotAuthentic):
        parse_report(forged, verify=VERIFY)


def test_another_first_message_cannot_stand_under_her_mailbox() -> None:
    message = replace(report(), first=OTHERS.first)

    with pytest.raises(NotAuthentic):
        parse_report(sign_report(message, key=OTHERS.signing))


def test_her_keys_cannot_change_within_a_conversation() -> None:
    with pytest.raises(NotAuthentic):
        parse_report(sign_report(report(), key=KEYS.signing), verify=OTHERS.first.verify)


def test_a_later_message_waits_for_the_first() -> None:
    with pytest.raises(FirstIsMissing):
        parse_report(sign_report(later(), key=KEYS.signing))


def test_a_later_message_is_read_with_the_known_key() -> None:
    inner = sign_report(later(), key=KEYS.signing)

    assert parse_report(inner, verify=VERIFY) == later()


def test_a_reply_for_another_conversation_is_refused() -> None:
    inner = authenticate_reply(reply(), mac_key=OTHERS.mac)

    with pytest.raises(NotAuthentic):
        parse_reply(inner, mac_key=KEYS.mac)


def test_a_report_is_never_taken_for_a_reply() -> None:
    inner = sign_report(report(), key=KEYS.signing)

    with pytest.raises(MalformedMessage):
        parse_reply(inner, mac_key=KEYS.mac)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_flipped_bit_in_a_reply_is_refused(data: st.DataObject) -> None:
    inner = bytearray(authenticate_reply(reply(), mac_key=KEYS.mac))
    inner[data.draw(st.integers(0, len(inner) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises((MalformedMessage, NotAuthentic)):
        parse_reply(bytes(inner), mac_key=KEYS.mac)


ODD_FIELDS: list[dict[str, Any]] = [
    {"v": 2},
    {"v": True},
    {"protocol": "other"},
    {"direction": "reply"},
    {"mailbox": "A" * 64},
    {"mailbox": "ab"},
    {"epoch": -1},
    {"epoch": 2**32},
    {"sequence": 0},
    {"sequence": 10**400},
    {"sequence": "1"},
    {"previous": "ab" * 32},
    {"first": None},
    {"first": {}},
    {"seen": -1},
    {"seen_digest": "ab" * 32},
    {"day": "2026-13-01"},
    {"day": "21.11.2026"},
    {"extra": 1},
]


@pytest.mark.parametrize("change", ODD_FIELDS, ids=str)
def test_an_odd_field_is_refused_though_it_is_signed(change: dict[str, Any]) -> None:
    with pytest.raises((MalformedMessage, NotAuthentic, canonical.NotCanonical)):
        parse_report(signed(change))


ODD_BODIES: list[dict[str, Any]] = [
    {"kind": "order"},
    {"kind": "move"},
    {"move_to": "ab" * 32},
    {"text": "x" * 20_000},
    {"text": "a\0b"},
    {"part": 2},
    {"parts": 0},
    {"parts": 257},
    {"language": "de"},
    {"answers": {"code": 1}},
    {"answers": {"к": True}},
    {"answers": {str(number): True for number in range(101)}},
    {"attachments": [{}]},
    {"attachments": [{"id": "a" * 64}]},
    {"under18": 1},
    {"not_alone": None},
    {"region": "x" * 101},
    {"extra": {}},
]


@pytest.mark.parametrize("change", ODD_BODIES, ids=lambda one: str(one)[:40])
def test_an_odd_body_is_refused_though_it_is_signed(change: dict[str, Any]) -> None:
    with pytest.raises(MalformedMessage):
        parse_report(signed({}, body=change))


@pytest.mark.parametrize("chunks", [0, 3, 512])
def test_an_attachment_of_an_odd_class_is_refused(chunks: int) -> None:
    announced = {
        "id": "ab" * 32,
        "name": "a.jpg",
        "type": "image/jpeg",
        "size": 5,
        "sha256": "cd" * 32,
        "chunks": chunks,
    }

    with pytest.raises(MalformedMessage):
        parse_report(signed({}, body={"attachments": [announced]}))


HOSTILE = [
    b"",
    b"null",
    b"[]",
    b"{}",
    b"\xff",
    b"[" * 14_000,
    b'{"message":' * 2_000,
    b'{"message":{},"signature":"00"}',
    b'{"message":1e999,"signature":""}',
    b'{"message":' + b"9" * 14_000 + b',"signature":""}',
    b'{"message":{},"signature":"\\ud800"}',
]


@pytest.mark.parametrize("inner", HOSTILE, ids=lambda one: str(one[:20]))
def test_hostile_json_is_refused(inner: bytes) -> None:
    with pytest.raises(MalformedMessage):
        parse_report(inner)


def test_moving_names_the_new_mailbox_under_the_old_key() -> None:
    body = ReportBody(kind=ReportKind.MOVE, move_to=OTHERS.mailbox)
    message = replace(later(), body=body)

    read = parse_report(sign_report(message, key=KEYS.signing), verify=VERIFY)

    assert read.body.move_to == OTHERS.mailbox


def test_a_reply_travels_to_the_ring_as_json() -> None:
    assert reply_from_json(reply().as_json()) == reply()


def test_words_and_keys_have_no_repr() -> None:
    shown = repr(report("таємниця")) + repr(reply("таємниця"))

    assert "таємниця" not in shown
    assert KEYS.mac.hex() not in shown
    assert repr(KEYS.mac) not in shown
