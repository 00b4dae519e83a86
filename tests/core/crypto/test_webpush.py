"""Web push as RFC 8291 and RFC 8292 say: their own example, and what is refused."""

import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as some

from oberih.crypto.webpush import (
    LONGEST,
    Browser,
    Once,
    PushBroken,
    authorization,
    octets_of,
    point_of,
    seal,
    text_of,
    unseal,
)

# RFC 8291, section 5 and appendix A
PLAIN = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BROWSER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def key_of(text: str) -> EllipticCurvePrivateKey:
    return derive_private_key(int.from_bytes(octets_of(text), "big"), SECP256R1())


def test_the_example_of_rfc_8291_is_sealed_to_the_same_bytes() -> None:
    to = Browser(point_of(key_of(BROWSER)), octets_of(AUTH))

    sealed = seal(PLAIN, to=to, once=Once(key_of(SENDER), octets_of(SALT)))

    assert text_of(sealed) == SEALED


def test_the_browser_of_the_example_reads_it() -> None:
    opened = unseal(octets_of(SEALED), key=key_of(BROWSER), auth=octets_of(AUTH))

    assert opened == PLAIN


@given(some.binary(max_size=200))
def test_what_is_sealed_is_read_again(plain: bytes) -> None:
    browser = key_of(BROWSER)
    to = Browser(point_of(browser), octets_of(AUTH))

    sealed = seal(plain, to=to, once=Once.draw())

    assert unseal(sealed, key=browser, auth=to.auth) == plain


def test_another_browser_reads_nothing() -> None:
    with pytest.raises(PushBroken):
        unseal(octets_of(SEALED), key=generate_private_key(SECP256R1()), auth=octets_of(AUTH))


@pytest.mark.parametrize("point", [b"", b"\x04" + bytes(64), b"\x02" + bytes(32)])
def test_a_point_that_is_none_is_refused(point: bytes) -> None:
    with pytest.raises(PushBroken):
        seal(PLAIN, to=Browser(point, octets_of(AUTH)), once=Once.draw())


def test_a_text_longer_than_one_record_is_refused() -> None:
    to = Browser(point_of(key_of(BROWSER)), octets_of(AUTH))

    with pytest.raises(PushBroken):
        seal(bytes(LONGEST), to=to, once=Once.draw())


def test_the_sender_s_token_names_the_service_and_verifies() -> None:
    key = key_of(SENDER)

    header = authorization("https://push.example", key=key, sender="mailto:a@b.example", now=NOW)

    token = header.removeprefix("vapid t=").split(", k=")[0]
    signed, signature = token.rsplit(".", 1)
    raw = octets_of(signature)
    pair = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.public_key().verify(pair, signed.encode(), ECDSA(SHA256()))
    claims = json.loads(octets_of(signed.split(".")[1]))
    assert claims["aud"] == "https://push.example"
    assert 0 < claims["exp"] - NOW.timestamp() <= 86_400
