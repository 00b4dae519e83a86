import base64

import pytest
from formats import DESK, KEYS, OTHERS, reply, report, vectors
from hypothesis import given, settings
from hypothesis import strategies as st

from oberih.core.time import Epoch
from oberih.crypto import age, envelope
from oberih.crypto.envelope import Direction, HeadDiffers, Header, MalformedEnvelope, TooLong
from oberih.crypto.marker import Position, open_marker, seal_marker
from oberih.crypto.message import NotAuthentic, authenticate_reply, parse_reply, sign_report
from oberih.crypto.receipt import Receipt

VECTORS = vectors("envelopes")
INNER = sign_report(report(), key=KEYS.signing)


def sealed() -> bytearray:
    """Return her first message on its way to the desk."""
    return bytearray(envelope.seal_envelope(INNER, header=report().header, to=DESK.recipient))


def sealed_reply() -> bytearray:
    """Return the desk's reply on its way to her."""
    inner = authenticate_reply(reply(), mac_key=KEYS.mac)
    header, to = reply().header, KEYS.identity.recipient
    return bytearray(envelope.seal_envelope(inner, header=header, to=to))


def test_200_messages_of_any_length_have_one_length_sealed() -> None:
    texts = ["так", "", "довга історія " * 400, *("x" * (50 * number) for number in range(197))]
    inners = [sign_report(report(text), key=KEYS.signing) for text in texts]
    header, to = report().header, DESK.recipient

    lengths = {len(envelope.seal_envelope(one, header=header, to=to)) for one in inners}

    assert lengths == {len(sealed_reply())} == {16_384}


def test_the_longest_and_the_shortest_inner_message_fit() -> None:
    for inner in (b"", b"x" * envelope.CAPACITY):
        sealed_one = envelope.seal_envelope(inner, header=report().header, to=DESK.recipient)

        assert len(sealed_one) == 16_384


def test_the_published_report_opens() -> None:
    identity = age.Identity.parse(VECTORS["desk"])
    content = base64.b64decode(VECTORS["report"]["envelope"])
    keys = Receipt(bytes.fromhex(VECTORS["ikm"])).derive()

    opened = envelope.open_envelope(content, identity=identity)

    assert opened.decode() == VECTORS["report"]["inner"]
    assert open_marker(content, key=keys.marker) == Position(1, VECTORS["report"]["digest"])


def test_the_published_reply_opens() -> None:
    keys = Receipt(bytes.fromhex(VECTORS["ikm"])).derive()
    content = base64.b64decode(VECTORS["reply"]["envelope"])

    inner = envelope.open_envelope(content, identity=keys.identity)

    assert inner.decode() == VECTORS["reply"]["inner"]
    assert parse_reply(inner, mac_key=keys.mac).place.mailbox == keys.mailbox


def test_the_head_says_what_the_front_needs() -> None:
    assert envelope.read_header(bytes(sealed())) == report().header


@pytest.mark.parametrize("place", [7, 8, 11, 12, 43])
def test_an_exchanged_head_is_noticed(place: int) -> None:
    content = sealed()
    content[place] ^= 1

    with pytest.raises((HeadDiffers, MalformedEnvelope)):
        envelope.open_envelope(bytes(content), identity=DESK)


@pytest.mark.parametrize("place", [0, 5, 6])
def test_an_unknown_version_is_refused(place: int) -> None:
    content = sealed()
    content[place] ^= 2

    with pytest.raises(MalformedEnvelope):
        envelope.read_header(bytes(content))


@pytest.mark.parametrize("length", [0, 44, 16_383, 16_385])
def test_another_length_is_refused(length: int) -> None:
    with pytest.raises(MalformedEnvelope):
        envelope.read_header(bytes(sealed()).ljust(length, b"\0")[:length])


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 16_383), st.integers(0, 7))
def test_any_flipped_bit_of_a_reply_is_refused(place: int, bit: int) -> None:
    content = sealed_reply()
    content[place] ^= 1 << bit

    with pytest.raises((age.CannotOpen, MalformedEnvelope)):
        envelope.open_envelope(bytes(content), identity=KEYS.identity)


def test_padding_that_is_not_zero_is_refused() -> None:
    padded = (5).to_bytes(4, "big") + b"hello" + b"\1" * (envelope.PADDED - 9)
    head = bytes(sealed())[: envelope.SEALED_FROM]

    with pytest.raises(MalformedEnvelope):
        envelope.open_envelope(head + age.seal(padded, to=DESK.recipient), identity=DESK)


def test_a_length_beyond_the_padding_is_refused() -> None:
    padded = b"\xff\xff\xff\xff".ljust(envelope.PADDED, b"\0")
    head = bytes(sealed())[: envelope.SEALED_FROM]

    with pytest.raises(MalformedEnvelope):
        envelope.open_envelope(head + age.seal(padded, to=DESK.recipient), identity=DESK)


def test_too_much_is_refused_before_sealing() -> None:
    with pytest.raises(TooLong):
        envelope.seal_envelope(
            b"x" * (envelope.CAPACITY + 1), header=report().header, to=DESK.recipient
        )


def test_her_marker_tells_her_alone_where_she_stood() -> None:
    header, position = report().header, Position(1, report().digest)
    marker = seal_marker(position, key=KEYS.marker, header=header)
    content = envelope.seal_envelope(INNER, header=header, to=DESK.recipient, marker=marker)

    assert open_marker(content, key=KEYS.marker) == position
    with pytest.raises(NotAuthentic):
        open_marker(content, key=OTHERS.marker)


def test_a_marker_does_not_open_in_another_mailbox() -> None:
    header = report().header
    marker = seal_marker(Position(1, "ab" * 32), key=KEYS.marker, header=header)
    other = Header(Direction.REPORT, Epoch(header.epoch + 1), header.mailbox)
    content = envelope.seal_envelope(INNER, header=other, to=DESK.recipient, marker=marker)

    with pytest.raises(NotAuthentic):
        open_marker(content, key=KEYS.marker)


def test_without_a_marker_random_bytes_stand_in_its_place() -> None:
    places = slice(envelope.HEAD, envelope.SEALED_FROM)

    assert sealed()[places] != sealed()[places]
    assert sealed_reply()[places] == bytes(64)
