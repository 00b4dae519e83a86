"""What the two sides say inside a signed message: the fields of a report and of a reply.

Everything here was written by a stranger's program: each field is typed and limited.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from oberih.core.canonical import Json
from oberih.core.errors import Refused
from oberih.crypto.envelope import CAPACITY, MailboxId
from oberih.crypto.fields import Fields

MOST_PARTS = 256
MOST_ATTACHMENTS = 5
MOST_ANSWERS = 100
MOST_RECEIVED = 256
LARGEST_ATTACHMENT = 64 * 1024 * 1024
LONGEST_NAME = 120


class MalformedMessage(Refused):
    """This message is not in a form that is known here."""


class ReportKind(StrEnum):
    """What a message is; `stop-writing`, `delete`, `move` are acts, `subscribe` opens no case.

    A `complaint` stands beside the conversation: its text is sealed to the auditor.
    """

    REPORT = "report"
    NOTE = "note"
    STOP_WRITING = "stop-writing"
    DELETE = "delete"
    MOVE = "move"
    SUBSCRIBE = "subscribe"
    COMPLAINT = "complaint"


class ReplyKind(StrEnum):
    """What the desk's message is: words of a person, a receipt for what arrived, a state."""

    REPLY = "reply"
    RECEIVED = "received"
    STATUS = "status"


class Tongue(StrEnum):
    """The language that the reporter chose."""

    UK = "uk"
    EN = "en"
    RU = "ru"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One announced attachment: `id` is the sealed file's hash, `sha256` the original's."""

    id: str
    name: str = field(repr=False)
    type: str
    size: int
    sha256: str
    chunks: int

    def as_json(self) -> Json:
        """Return the wire form."""
        return {
            "id": self.id,
            "name": self.name,
            "type": self.type,
            "size": self.size,
            "sha256": self.sha256,
            "chunks": self.chunks,
        }


@dataclass(frozen=True, slots=True)
class ReportBody:
    """A reporter's words, or one part of them (`part` of `parts`, from 1).

    Everything but `text` and `chat_part` stands in the first part only. `not_alone` asks the desk
    not to write; `move_to` stands in the old mailbox, `move_from` in the new one.
    """

    kind: ReportKind = ReportKind.REPORT
    text: str = field(default="", repr=False)
    part: int = 1
    parts: int = 1
    language: Tongue = Tongue.UK
    attachments: tuple[Attachment, ...] = ()
    chat_part: str = field(default="", repr=False)
    answers: Mapping[str, bool] = field(default_factory=dict)
    region: str = field(default="", repr=False)
    under18: bool = False
    not_alone: bool = False
    move_to: MailboxId | None = None
    move_from: MailboxId | None = None

    def as_json(self) -> Json:
        """Return the wire form."""
        always: dict[str, Json] = {
            "kind": self.kind.value,
            "text": self.text,
            "part": self.part,
            "parts": self.parts,
            "language": self.language.value,
            "attachments": [one.as_json() for one in self.attachments],
            "chat_part": self.chat_part,
            "answers": dict(self.answers),
            "region": self.region,
            "under18": self.under18,
            "not_alone": self.not_alone,
        }
        moves = {"move_to": self.move_to, "move_from": self.move_from}
        return always | {name: mailbox for name, mailbox in moves.items() if mailbox is not None}


@dataclass(frozen=True, slots=True)
class Received:
    """The desk has the reporter's message of this number, since this day."""

    sequence: int
    day: date


@dataclass(frozen=True, slots=True)
class ReplyBody:
    """The desk's words, or one part of them, and what it has received."""

    kind: ReplyKind = ReplyKind.REPLY
    text: str = field(default="", repr=False)
    part: int = 1
    parts: int = 1
    received: tuple[Received, ...] = ()

    def as_json(self) -> Json:
        """Return the wire form."""
        return {
            "kind": self.kind.value,
            "text": self.text,
            "part": self.part,
            "parts": self.parts,
            "received": [
                {"sequence": one.sequence, "day": one.day.isoformat()} for one in self.received
            ],
        }


def report_body(fields: Fields) -> ReportBody:
    """Read a report's body strictly; raises MalformedMessage."""
    parts = fields.number("parts", least=1, most=MOST_PARTS)
    body = ReportBody(
        kind=fields.choice("kind", among=ReportKind),
        text=fields.text("text", longest=CAPACITY),
        part=fields.number("part", least=1, most=parts),
        parts=parts,
        language=fields.choice("language", among=Tongue),
        attachments=_attachments(fields),
        chat_part=fields.text("chat_part", longest=CAPACITY),
        answers=_answers(fields.take("answers")),
        region=fields.text("region", longest=100),
        under18=fields.flag("under18"),
        not_alone=fields.flag("not_alone"),
        move_to=_mailbox(fields, name="move_to"),
        move_from=_mailbox(fields, name="move_from"),
    )
    fields.close()
    moves = [one for one in (body.move_to, body.move_from) if one is not None]
    fields.require(len(moves) == (1 if body.kind is ReportKind.MOVE else 0))
    return body


def reply_body(fields: Fields) -> ReplyBody:
    """Read a reply's body strictly; raises MalformedMessage."""
    parts = fields.number("parts", least=1, most=MOST_PARTS)
    received = fields.items("received", most=MOST_RECEIVED)
    body = ReplyBody(
        kind=fields.choice("kind", among=ReplyKind),
        text=fields.text("text", longest=CAPACITY),
        part=fields.number("part", least=1, most=parts),
        parts=parts,
        received=tuple(_received(one) for one in received),
    )
    fields.close()
    return body


def _attachments(fields: Fields) -> tuple[Attachment, ...]:
    found = fields.items("attachments", most=MOST_ATTACHMENTS)
    return tuple(_attachment(Fields(one, error=MalformedMessage)) for one in found)


def _attachment(fields: Fields) -> Attachment:
    attachment = Attachment(
        id=fields.hexadecimal("id", length=32).hex(),
        name=fields.text("name", longest=LONGEST_NAME),
        type=fields.text("type", longest=100),
        size=fields.number("size", least=1, most=LARGEST_ATTACHMENT),
        sha256=fields.hexadecimal("sha256", length=32).hex(),
        chunks=fields.number("chunks", least=1, most=256),
    )
    fields.require(attachment.chunks.bit_count() == 1)
    fields.close()
    return attachment


def _answers(value: Json) -> dict[str, bool]:
    if not isinstance(value, dict) or len(value) > MOST_ANSWERS:
        raise MalformedMessage
    fields = Fields(value, error=MalformedMessage)
    for code in value:
        fields.require(0 < len(code) <= 40 and code.isascii())  # noqa: PLR2004  # codes of a page
    return {code: fields.flag(code) for code in value}


def _mailbox(fields: Fields, *, name: str) -> MailboxId | None:
    if not fields.has(name):
        return None
    return MailboxId(fields.hexadecimal(name, length=32).hex())


def _received(value: Json) -> Received:
    fields = Fields(value, error=MalformedMessage)
    received = Received(fields.number("sequence", least=1), fields.day("day"))
    fields.close()
    return received
