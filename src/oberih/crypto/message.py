"""The inner message: what is signed by the reporter, or authenticated by the desk, and then sealed.

A report carries an Ed25519 signature of the receipt's key: evidence that one hand wrote them all.
A reply carries an HMAC with the receipt's MAC key: the front cannot forge one, and it proves to
nobody else that the desk wrote. Neither hides how many messages there are.
"""

import hmac
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from oberih.core import canonical
from oberih.core.canonical import Json
from oberih.core.errors import Refused
from oberih.core.time import Epoch
from oberih.crypto.age import NotARecipient, Recipient
from oberih.crypto.bodies import (
    Attachment,
    MalformedMessage,
    Received,
    ReplyBody,
    ReplyKind,
    ReportBody,
    ReportKind,
    Tongue,
    reply_body,
    report_body,
)
from oberih.crypto.envelope import Direction, Header, MailboxId
from oberih.crypto.fields import Fields

__all__ = [
    "Attachment",
    "Direction",
    "First",
    "FirstIsMissing",
    "MailboxId",
    "MalformedMessage",
    "NotAuthentic",
    "Place",
    "Received",
    "ReplyBody",
    "ReplyKind",
    "ReplyMessage",
    "ReportBody",
    "ReportKind",
    "ReportMessage",
    "Tongue",
    "authenticate_reply",
    "mailbox_of",
    "parse_reply",
    "parse_report",
    "reply_from_json",
    "sign_report",
]

VERSION = 1
PROTOCOL = "oberih-message"
MAILBOX_LABEL = b"oberih/1/mailbox"
REPORT_LABEL = b"oberih/1/report\0"
REPLY_LABEL = b"oberih/1/reply\0"
LONGEST_RECIPIENT = 1959
LARGEST_EPOCH = 2**32 - 1
LARGEST_SEQUENCE = 2**31 - 1


class NotAuthentic(Refused):
    """This message was not written by the one whose conversation it is."""


class FirstIsMissing(Refused):
    """The first message of this conversation has not arrived yet."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands: sequence (from 1) and previous hash count per sender.

    `previous` is the `digest` of the sender's message before: "" at sequence 1, and later when the
    sender no longer knows it (a gap). `seen` is the last sequence seen from the other side (0:
    none) and `seen_digest` its digest ("" when not known): from them a reporter who has only the
    words left goes on where the desk last heard of her.
    """

    mailbox: MailboxId
    epoch: Epoch
    sequence: int
    previous: str
    seen: int
    day: date
    seen_digest: str = ""


@dataclass(frozen=True, slots=True)
class First:
    """The reporter's keys; the mailbox is their hash, so nobody can exchange them."""

    recipient: Recipient
    verify: bytes
    mac: bytes = field(repr=False)
    token_hash: bytes

    @property
    def mailbox(self) -> MailboxId:
        """The only mailbox under which these keys may stand."""
        return mailbox_of(
            recipient=str(self.recipient), verify_key=self.verify, token_hash=self.token_hash
        )


@dataclass(frozen=True, slots=True)
class ReportMessage:
    """A message of the reporter; `first` where `previous` is empty, and only there."""

    place: Place
    body: ReportBody
    first: First | None = None

    @property
    def header(self) -> Header:
        """The head of the envelope that carries it."""
        return Header(Direction.REPORT, self.place.epoch, self.place.mailbox)

    @property
    def digest(self) -> str:
        """The hash that the sender's next message names as `previous`."""
        return sha256(canonical.encode(self.as_json())).hexdigest()

    def as_json(self) -> Json:
        """Return the part that is signed."""
        first = {} if self.first is None else {"first": _first_json(self.first)}
        return {
            **_place_json(self.place),
            "direction": "report",
            "body": self.body.as_json(),
        } | first


@dataclass(frozen=True, slots=True)
class ReplyMessage:
    """A message of the desk."""

    place: Place
    body: ReplyBody

    @property
    def header(self) -> Header:
        """The head of the envelope that carries it."""
        return Header(Direction.REPLY, self.place.epoch, self.place.mailbox)

    @property
    def digest(self) -> str:
        """The hash that the desk's next message names as `previous`."""
        return sha256(canonical.encode(self.as_json())).hexdigest()

    def as_json(self) -> Json:
        """Return the part that is authenticated."""
        return {**_place_json(self.place), "direction": "reply", "body": self.body.as_json()}


def mailbox_of(*, recipient: str, verify_key: bytes, token_hash: bytes) -> MailboxId:
    """Return the mailbox that belongs to these keys and to the hash of the access token."""
    content = MAILBOX_LABEL + b"\0" + recipient.encode("ascii") + b"\0" + verify_key + token_hash
    return MailboxId(sha256(content).hexdigest())


def sign_report(message: ReportMessage, *, key: Ed25519PrivateKey) -> bytes:
    """Return the inner message, ready to be sealed."""
    signature = key.sign(REPORT_LABEL + canonical.encode(message.as_json()))
    return canonical.encode({"message": message.as_json(), "signature": signature.hex()})


def authenticate_reply(message: ReplyMessage, *, mac_key: bytes) -> bytes:
    """Return the inner reply, ready to be sealed."""
    mac = _mac(canonical.encode(message.as_json()), mac_key=mac_key)
    return canonical.encode({"message": message.as_json(), "mac": mac.hex()})


def parse_report(inner: bytes, *, verify: bytes | None = None) -> ReportMessage:
    """Return a report whose signature, form and limits hold.

    `verify` is the conversation's key as the desk keeps it, None when it knows none. Raises
    MalformedMessage, NotAuthentic, and FirstIsMissing for a later message of an unknown mailbox.
    """
    document = _document(inner)
    signed = document.take("message")
    signature = document.hexadecimal("signature", length=64)
    document.close()
    message = _report(Fields(signed, error=MalformedMessage))
    key = _verify_key(message, known=verify)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(
            signature, REPORT_LABEL + canonical.encode(signed)
        )
    except (InvalidSignature, ValueError):
        raise NotAuthentic from None
    return message


def parse_reply(inner: bytes, *, mac_key: bytes) -> ReplyMessage:
    """Return a reply that the desk wrote; raises NotAuthentic, MalformedMessage."""
    document = _document(inner)
    authenticated = document.take("message")
    mac = document.hexadecimal("mac", length=32)
    document.close()
    if not hmac.compare_digest(mac, _mac(canonical.encode(authenticated), mac_key=mac_key)):
        raise NotAuthentic
    return reply_from_json(authenticated)


def reply_from_json(value: Json) -> ReplyMessage:
    """Return the reply of `as_json`, checked in form only, for whoever will authenticate it."""
    fields = Fields(value, error=MalformedMessage)
    place = _place(fields, direction=Direction.REPLY)
    body = reply_body(fields.object("body"))
    fields.close()
    return ReplyMessage(place, body)


def _document(inner: bytes) -> Fields:
    try:
        return Fields(canonical.decode(inner), error=MalformedMessage)
    except canonical.NotCanonical:
        raise MalformedMessage from None


def _report(fields: Fields) -> ReportMessage:
    place = _place(fields, direction=Direction.REPORT)
    fields.require((place.previous == "") == fields.has("first"))
    first = _first(fields.object("first")) if fields.has("first") else None
    body = report_body(fields.object("body"))
    fields.close()
    return ReportMessage(place, body, first)


def _place(fields: Fields, *, direction: Direction) -> Place:
    fields.require(fields.number("v") == VERSION and fields.take("protocol") == PROTOCOL)
    fields.require(fields.take("direction") == direction.name.lower())
    place = Place(
        mailbox=MailboxId(fields.hexadecimal("mailbox", length=32).hex()),
        epoch=Epoch(fields.number("epoch", most=LARGEST_EPOCH)),
        sequence=fields.number("sequence", least=1, most=LARGEST_SEQUENCE),
        previous=_digest(fields, name="previous"),
        seen=fields.number("seen", most=LARGEST_SEQUENCE),
        day=fields.day("day"),
        seen_digest=_digest(fields, name="seen_digest"),
    )
    fields.require(place.sequence > 1 or place.previous == "")
    fields.require(place.seen > 0 or place.seen_digest == "")
    return place


def _digest(fields: Fields, *, name: str) -> str:
    if fields.peek(name) == "":
        return fields.text(name, longest=0)
    return fields.hexadecimal(name, length=32).hex()


def _first(fields: Fields) -> First:
    try:
        recipient = Recipient.parse(fields.text("recipient", longest=LONGEST_RECIPIENT))
    except NotARecipient:
        raise MalformedMessage from None
    first = First(
        recipient=recipient,
        verify=fields.hexadecimal("verify", length=32),
        mac=fields.hexadecimal("mac", length=32),
        token_hash=fields.hexadecimal("token_hash", length=32),
    )
    fields.close()
    return first


def _verify_key(message: ReportMessage, *, known: bytes | None) -> bytes:
    if message.first is None:
        if known is None:
            raise FirstIsMissing
        return known
    if message.first.mailbox != message.place.mailbox or known not in {None, message.first.verify}:
        raise NotAuthentic
    return message.first.verify


def _place_json(place: Place) -> dict[str, Json]:
    return {
        "v": VERSION,
        "protocol": PROTOCOL,
        "mailbox": place.mailbox,
        "epoch": place.epoch,
        "sequence": place.sequence,
        "previous": place.previous,
        "seen": place.seen,
        "seen_digest": place.seen_digest,
        "day": place.day.isoformat(),
    }


def _first_json(first: First) -> Json:
    return {
        "recipient": str(first.recipient),
        "verify": first.verify.hex(),
        "mac": first.mac.hex(),
        "token_hash": first.token_hash.hex(),
    }


def _mac(message: bytes, *, mac_key: bytes) -> bytes:
    return hmac.digest(mac_key, REPLY_LABEL + message, sha256)
