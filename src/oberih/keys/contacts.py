"""Where a warning may be sent: a keyed hash to know it again, and the contact sealed for the ring.

There are few telephone numbers, so the hash hides one only while the ring's key is secret. It does
not protect against who may ask the running, unlocked ring: that opens what it sealed.
"""

import hmac
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from oberih.core.errors import Refused

LABEL = b"oberih/1/subscriber/"
LONGEST = 2_048
NONCE = 12
KEY = 32


class ContactBroken(Refused):
    """This sealed contact is damaged or belongs to another row."""


@dataclass(frozen=True, slots=True)
class KeptContact:
    """A contact as it is stored: `mac` is hex, `sealed` opens only with its own mac."""

    mac: str
    sealed: bytes = field(repr=False)


def keep(contact: bytes, *, secret: bytes) -> KeptContact:
    """Return the contact sealed; raises ContactBroken for an empty or endless one."""
    if not 0 < len(contact) <= LONGEST:
        raise ContactBroken
    mac = hmac.digest(_key(secret, use=b"mac"), contact, "sha256").hex()
    nonce = os.urandom(NONCE)
    cipher = ChaCha20Poly1305(_key(secret, use=b"seal"))
    return KeptContact(mac, nonce + cipher.encrypt(nonce, contact, LABEL + mac.encode()))


def read(kept: KeptContact, *, secret: bytes) -> bytes:
    """Return the contact; raises ContactBroken."""
    nonce, sealed = kept.sealed[:NONCE], kept.sealed[NONCE:]
    cipher = ChaCha20Poly1305(_key(secret, use=b"seal"))
    try:
        return cipher.decrypt(nonce, sealed, LABEL + kept.mac.encode())
    except (InvalidTag, ValueError) as error:
        raise ContactBroken from error


def _key(secret: bytes, *, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=LABEL + use).derive(secret)
