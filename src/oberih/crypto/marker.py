"""The marker in an envelope's head: where a reporter's message stands, readable by her words alone.

A reporter who has only the ten words left cannot open what she sealed to the desk, yet must number
her next message. AES-256-GCM with a key of the receipt over sequence and digest; the head is
authenticated with it. A front that hides envelopes hides their markers too.
"""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from oberih.crypto.envelope import HEAD, MARKER, Header, head_of
from oberih.crypto.message import NotAuthentic

NONCE = 12
SEQUENCE = 4


@dataclass(frozen=True, slots=True)
class Position:
    """A message's sequence and digest; `START` is before the first."""

    sequence: int
    digest: str


START = Position(0, "")


def seal_marker(position: Position, *, key: bytes, header: Header) -> bytes:
    """Return 64 bytes that look random to everybody without the key."""
    nonce = os.urandom(NONCE)
    content = position.sequence.to_bytes(SEQUENCE, "big") + bytes.fromhex(position.digest)
    return nonce + AESGCM(key).encrypt(nonce, content, head_of(header))


def open_marker(envelope: bytes, *, key: bytes) -> Position:
    """Return where the message in this envelope stands; raises NotAuthentic."""
    head, marker = envelope[:HEAD], envelope[HEAD : HEAD + MARKER]
    try:
        content = AESGCM(key).decrypt(marker[:NONCE], marker[NONCE:], head)
    except InvalidTag:
        raise NotAuthentic from None
    return Position(int.from_bytes(content[:SEQUENCE], "big"), content[SEQUENCE:].hex())
