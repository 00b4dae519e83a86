"""The envelope: exactly 16,384 bytes, whatever is inside, in both directions.

    "OBERIH" 0x01 | direction | epoch uint32 | mailbox (32) | marker (64) | age file, padded

The head is readable by the front and is not authenticated by itself: `open_envelope` compares it
with the signed copy inside. A report's marker is the reporter's alone (`marker.py`), random bytes
to everybody else; a reply's is zeros. It hides neither that an envelope was sent nor when.
"""

import os
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import NewType

from oberih.core import canonical
from oberih.core.errors import BadInput, Refused
from oberih.core.time import Epoch
from oberih.crypto import age
from oberih.crypto.age_header import CannotOpen

MailboxId = NewType("MailboxId", str)
"""Lower-case hex SHA-256, see `message.mailbox_of`."""

EnvelopeId = NewType("EnvelopeId", str)
"""Lower-case hex SHA-256 of the 16,384 bytes."""

SIZE = 16_384
MAGIC = b"OBERIH"
VERSION = 1
HEAD = len(MAGIC) + 1 + 1 + 4 + 32
MARKER = 64
NO_MARKER = bytes(MARKER)
SEALED_FROM = HEAD + MARKER
AGE_OVERHEAD = 1_659
LENGTH_PREFIX = 4
PADDED = SIZE - SEALED_FROM - AGE_OVERHEAD
CAPACITY = PADDED - LENGTH_PREFIX
"""The longest inner message, in bytes."""


class Direction(IntEnum):
    """Who wrote it; the number stands in the envelope's head."""

    REPORT = 0
    REPLY = 1


class MalformedEnvelope(Refused):
    """This is not an envelope of a known version."""


class HeadDiffers(CannotOpen):
    """The head of this envelope does not belong to what is inside."""


class TooLong(BadInput):
    """This does not fit into one envelope."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the front reads: direction, week of the desk's recipient, mailbox."""

    direction: Direction
    epoch: Epoch
    mailbox: MailboxId


def seal_envelope(inner: bytes, *, header: Header, to: age.Recipient, marker: bytes = b"") -> bytes:
    """Return 16,384 bytes that only the recipient's identity opens; raises TooLong.

    A report without a marker of 64 bytes gets random ones; a reply has none.
    """
    if len(inner) > CAPACITY or len(marker) not in {0, MARKER}:
        raise TooLong
    padded = len(inner).to_bytes(LENGTH_PREFIX, "big") + inner
    sealed = age.seal(padded.ljust(PADDED, b"\0"), to=to)
    if header.direction is Direction.REPLY:
        return head_of(header) + NO_MARKER + sealed
    return head_of(header) + (marker or os.urandom(MARKER)) + sealed


def read_header(envelope: bytes) -> Header:
    """Return the head, unauthenticated; raises MalformedEnvelope for any other size or version."""
    if len(envelope) != SIZE or envelope[:7] != MAGIC + bytes([VERSION]):
        raise MalformedEnvelope
    if envelope[7] not in set(Direction):
        raise MalformedEnvelope
    epoch = int.from_bytes(envelope[8:12], "big")
    return Header(Direction(envelope[7]), Epoch(epoch), MailboxId(envelope[12:HEAD].hex()))


def open_envelope(envelope: bytes, *, identity: age.Identity) -> bytes:
    """Return the inner message, whose author is still to be verified.

    Raises MalformedEnvelope, CannotOpen, and HeadDiffers when the head was exchanged.
    """
    header = read_header(envelope)
    if header.direction is Direction.REPLY and envelope[HEAD:SEALED_FROM] != NO_MARKER:
        raise MalformedEnvelope  # else one reply would have many envelopes
    padded = age.open_sealed(envelope[SEALED_FROM:], identity=identity)
    length = int.from_bytes(padded[:LENGTH_PREFIX], "big")
    inner, padding = padded[LENGTH_PREFIX:][:length], padded[LENGTH_PREFIX + length :]
    if len(padded) != PADDED or len(inner) != length or any(padding):
        raise MalformedEnvelope
    _compare(inner, header=header)
    return inner


def head_of(header: Header) -> bytes:
    """Return the 44 bytes of a header."""
    mailbox = bytes.fromhex(header.mailbox)
    start = MAGIC + bytes([VERSION, header.direction])
    return start + header.epoch.to_bytes(4, "big") + mailbox


def envelope_id(envelope: bytes) -> EnvelopeId:
    """Return the name of an envelope: the hash of all its bytes."""
    return EnvelopeId(sha256(envelope).hexdigest())


def _compare(inner: bytes, *, header: Header) -> None:
    document = canonical.decode(inner)
    message = document.get("message") if isinstance(document, dict) else None
    if not isinstance(message, dict):
        raise HeadDiffers
    said = (message.get("direction"), message.get("epoch"), message.get("mailbox"))
    if said != (header.direction.name.lower(), header.epoch, header.mailbox):
        raise HeadDiffers
