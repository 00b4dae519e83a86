"""Web push: a message sealed for one browser (RFC 8291) and who sends it (VAPID, RFC 8292).

The push service sees which browser gets a message, when, how long it is and from which operator;
not what it says. It does not protect against a push service that drops messages.
"""

import base64
import json
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from oberih.core.errors import Refused

POINT = 65
SALT, RECORD, DELIMITER = 16, 4_096, b"\x02"
LONGEST = RECORD - 17
LASTS = timedelta(hours=12)
"""A VAPID token; RFC 8292 allows a day."""


class PushBroken(Refused):
    """This push message is damaged, too long, or was not sealed for this browser."""


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser's keys: its point (65 bytes) and its secret of authentication (16 bytes)."""

    point: bytes
    auth: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Once:
    """What is drawn for one message alone."""

    key: EllipticCurvePrivateKey = field(repr=False)
    salt: bytes

    @classmethod
    def draw(cls) -> "Once":
        """Draw it."""
        return cls(generate_private_key(SECP256R1()), os.urandom(SALT))


def seal(plain: bytes, *, to: Browser, once: Once) -> bytes:
    """Return one record in the form aes128gcm (RFC 8188); raises PushBroken."""
    if len(plain) + len(DELIMITER) > LONGEST or len(to.point) != POINT:
        raise PushBroken
    try:
        theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), to.point)
    except ValueError as error:
        raise PushBroken from error
    ours = point_of(once.key)
    key, nonce = _keys(once.key.exchange(ECDH(), theirs), browser=to, sender=ours, salt=once.salt)
    head = once.salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return head + AESGCM(key).encrypt(nonce, plain + DELIMITER, None)


def unseal(sealed: bytes, *, key: EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """Return what a browser would read; raises PushBroken."""
    salt, sender = sealed[:SALT], sealed[SALT + 5 : SALT + 5 + POINT]
    try:
        theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), sender)
        shared = key.exchange(ECDH(), theirs)
        browser = Browser(point_of(key), auth)
        content_key, nonce = _keys(shared, browser=browser, sender=sender, salt=salt)
        padded = AESGCM(content_key).decrypt(nonce, sealed[SALT + 5 + POINT :], None)
    except (InvalidTag, ValueError) as error:
        raise PushBroken from error
    plain, mark, _padding = padded.rpartition(DELIMITER)
    if not mark:
        raise PushBroken
    return plain


def authorization(
    endpoint_origin: str, *, key: EllipticCurvePrivateKey, sender: str, now: datetime
) -> str:
    """Return the Authorization header of RFC 8292 for one push service."""
    claims = {
        "aud": endpoint_origin,
        "exp": int((now + LASTS).timestamp()),
        "sub": sender,
    }
    parts = ({"typ": "JWT", "alg": "ES256"}, claims)
    signed = ".".join(text_of(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    r, s = decode_dss_signature(key.sign(signed.encode(), ECDSA(SHA256())))
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return f"vapid t={signed}.{text_of(signature)}, k={text_of(point_of(key))}"


def point_of(key: EllipticCurvePrivateKey) -> bytes:
    """Return a key's public point, 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def text_of(content: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def octets_of(text: str) -> bytes:
    """Return what base64url without padding says."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _keys(shared: bytes, *, browser: Browser, sender: bytes, salt: bytes) -> tuple[bytes, bytes]:
    info = b"WebPush: info\0" + browser.point + sender
    secret = _derived(shared, salt=browser.auth, info=info, size=32)
    key = _derived(secret, salt=salt, info=b"Content-Encoding: aes128gcm\0", size=16)
    return key, _derived(secret, salt=salt, info=b"Content-Encoding: nonce\0", size=12)


def _derived(secret: bytes, *, salt: bytes, info: bytes, size: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=size, salt=salt, info=info).derive(secret)
