"""Signed notes (c2sp.org/signed-note): public documents with a purpose, a number and a validity.

A verified note is genuine and in date. It is not proved to be the newest, nor the same that others
were shown: rollback within its dates and split views are for monitors to find.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from oberih.core import canonical
from oberih.core.canonical import Json
from oberih.core.errors import Refused
from oberih.crypto.fields import Fields, spelled_time

VERSION = 1
ED25519 = b"\x01"
KEY_HASH = 4
SIGNATURE = 64
LARGEST = 16 * 1024 * 1024
DASH = "\u2014"


class Purpose(StrEnum):
    """What a key may sign; also the last part of the signer's name: `oberih/<purpose>`."""

    DELEGATIONS = "delegations"
    RECIPIENTS = "recipients"
    WATCH_LIST = "watch-list"
    ALERTS = "alerts"
    RULES = "rules"
    NUMBERS = "numbers"
    LOG = "log"
    LOG_ML_DSA = "log-ml-dsa-44"
    """For this one the root names the SHA-256 of a key of 1,312 bytes, not a key."""


class NoteRefused(Refused):
    """This signed document was refused."""


class Malformed(NoteRefused):
    """This is not a signed document."""


class UnknownVersion(NoteRefused):
    """This signed document is of a version that is not known here."""


class BadSignature(NoteRefused):
    """The signature of this document is missing or wrong."""


class WrongPurpose(NoteRefused):
    """This document was signed for another purpose."""


class Expired(NoteRefused):
    """This document is no longer valid."""


class NotYetValid(NoteRefused):
    """This document is not valid yet: the clock here may be wrong."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is signed; both times belong to the validity (whole seconds, UTC)."""

    purpose: Purpose
    sequence: int
    not_before: datetime
    not_after: datetime
    body: Json


def sign(document: Document, *, key: Ed25519PrivateKey) -> bytes:
    """Return the note: one line of canonical JSON, an empty line, the signature line."""
    text = canonical.encode(_as_json(document)) + b"\n"
    public = key.public_key().public_bytes_raw()
    signed = _key_hash(public, purpose=document.purpose) + key.sign(text)
    line = f"{DASH} oberih/{document.purpose} {base64.b64encode(signed).decode()}\n"
    return text + b"\n" + line.encode()


def verify(note: bytes, *, key: bytes, purpose: Purpose, now: datetime) -> Document:
    """Return the document; raises a leaf of NoteRefused for anything short of genuine and in date.

    Exactly one signature line is taken, the expected one: ignoring unknown lines would let a
    second, required signature be stripped unnoticed.
    """
    text, line = _split(note)
    _verify_line(line, text=text, key=key, purpose=purpose)
    document = _document(text)
    if document.purpose is not purpose:
        raise WrongPurpose
    if now < document.not_before:
        raise NotYetValid
    if now > document.not_after:
        raise Expired
    return document


def _split(note: bytes) -> tuple[bytes, str]:
    text, gap, signatures = note.partition(b"\n\n")
    if len(note) > LARGEST or not gap:
        raise Malformed
    if signatures.count(b"\n") != 1 or not signatures.endswith(b"\n"):
        raise BadSignature
    try:
        return text + b"\n", signatures[:-1].decode()
    except UnicodeDecodeError:
        raise Malformed from None


def _verify_line(line: str, *, text: bytes, key: bytes, purpose: Purpose) -> None:
    words = line.split(" ")
    if len(words) != 3 or words[0] != DASH:  # noqa: PLR2004  # dash, name, signature
        raise BadSignature
    if words[1] != f"oberih/{purpose}":
        raise WrongPurpose
    try:
        signed = base64.b64decode(words[2], validate=True)
    except (binascii.Error, ValueError):
        raise BadSignature from None
    if base64.b64encode(signed).decode() != words[2] or len(signed) != KEY_HASH + SIGNATURE:
        raise BadSignature
    if signed[:KEY_HASH] != _key_hash(key, purpose=purpose):
        raise BadSignature
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signed[KEY_HASH:], text)
    except (InvalidSignature, ValueError):
        raise BadSignature from None


def _document(text: bytes) -> Document:
    try:
        fields = Fields(canonical.decode(text[:-1]), error=Malformed)
    except canonical.NotCanonical:
        raise Malformed from None
    if fields.number("v") != VERSION:
        raise UnknownVersion
    document = Document(
        purpose=fields.choice("purpose", among=Purpose),
        sequence=fields.number("sequence"),
        not_before=fields.time("not_before"),
        not_after=fields.time("not_after"),
        body=fields.take("body"),
    )
    fields.close()
    return document


def _as_json(document: Document) -> Json:
    return {
        "v": VERSION,
        "purpose": document.purpose.value,
        "sequence": document.sequence,
        "not_before": spelled_time(document.not_before),
        "not_after": spelled_time(document.not_after),
        "body": document.body,
    }


def _key_hash(key: bytes, *, purpose: Purpose) -> bytes:
    return sha256(f"oberih/{purpose}\n".encode() + ED25519 + key).digest()[:KEY_HASH]
