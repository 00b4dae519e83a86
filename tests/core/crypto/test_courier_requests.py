from dataclasses import replace
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from oberih.crypto.courier_requests import (
    CourierRequest,
    NotTheCourier,
    publish_path,
    sign_request,
    verify_request,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = KEY.public_key().public_bytes_raw()
REQUEST = CourierRequest(
    method="POST",
    path="/api/courier/collect",
    body_sha256=sha256(b"{}").hexdigest(),
    time=1_795_000_000,
    nonce="00" * 16,
    fence=7,
)


def test_the_desks_own_request_verifies() -> None:
    signature = sign_request(REQUEST, key=KEY)

    verify_request(REQUEST, signature=signature, key=PUBLIC)


@pytest.mark.parametrize(
    "changed",
    [
        replace(REQUEST, method="GET"),
        replace(REQUEST, path="/api/courier/deliver"),
        replace(REQUEST, body_sha256="00" * 32),
        replace(REQUEST, time=REQUEST.time + 1),
        replace(REQUEST, nonce="11" * 16),
        replace(REQUEST, fence=8),
    ],
    ids=["method", "path", "body", "time", "nonce", "fence"],
)
def test_a_changed_request_is_refused(changed: CourierRequest) -> None:
    signature = sign_request(REQUEST, key=KEY)

    with pytest.raises(NotTheCourier):
        verify_request(changed, signature=signature, key=PUBLIC)


@pytest.mark.parametrize("signature", ["", "zz", "00" * 64, "00" * 63])
def test_an_odd_signature_is_refused(signature: str) -> None:
    with pytest.raises(NotTheCourier):
        verify_request(REQUEST, signature=signature, key=PUBLIC)


def test_the_target_of_publishing_is_signed() -> None:
    signed = replace(REQUEST, path=publish_path("alerts.atom"))
    signature = sign_request(signed, key=KEY)

    with pytest.raises(NotTheCourier):
        verify_request(
            replace(signed, path=publish_path("delegations.note")), signature=signature, key=PUBLIC
        )
