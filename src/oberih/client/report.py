"""A report before it is sealed: what the reporter says, cut into bodies that fit an envelope."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from oberih.core import canonical
from oberih.core.canonical import Json
from oberih.core.errors import BadInput
from oberih.crypto.bodies import MOST_ATTACHMENTS, MOST_PARTS, Attachment
from oberih.crypto.message import ReportBody, ReportKind, Tongue

FIRST_ROOM = 7_500
LATER_ROOM = 12_500
"""Bytes of canonical JSON; the first message also carries keys and announced files."""


class NothingToSend(BadInput):
    """There is nothing to send: the text is empty."""


class TextTooLong(BadInput):
    """The text is too long for a report: at most about 3 million letters."""


class TooManyAttachments(BadInput):
    """There are too many attachments: at most 5."""


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One message of a chat; `at` is its time as the export says it, "" when it says none."""

    sender: str
    at: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat from a parsed export."""

    format: str
    lines: tuple[ChatLine, ...]

    def as_json(self) -> Json:
        """Return the form that travels."""
        lines = [{"from": one.sender, "at": one.at, "text": one.text} for one in self.lines]
        return {"format": self.format, "messages": lines}


@dataclass(frozen=True, slots=True)
class Report:
    """What a reporter wants to say; `not_alone` asks the desk not to write."""

    text: str = field(default="", repr=False)
    language: Tongue = Tongue.UK
    chat: Chat | None = None
    answers: Mapping[str, bool] = field(default_factory=dict)
    region: str = field(default="", repr=False)
    under18: bool = False
    not_alone: bool = False
    attachments: tuple[Path, ...] = ()


def require_something(report: Report) -> None:
    """Raise NothingToSend or TooManyAttachments before anything is sealed."""
    if not (report.text.strip() or report.chat or report.answers or report.attachments):
        raise NothingToSend
    if len(report.attachments) > MOST_ATTACHMENTS:
        raise TooManyAttachments


def bodies_of(report: Report, *, attachments: tuple[Attachment, ...]) -> list[ReportBody]:
    """Return the report as the bodies of its messages, in order; raises TextTooLong."""
    first = ReportBody(
        kind=ReportKind.REPORT,
        language=report.language,
        attachments=attachments,
        answers=dict(report.answers),
        region=report.region,
        under18=report.under18,
        not_alone=report.not_alone,
    )
    chat = "" if report.chat is None else canonical.encode(report.chat.as_json()).decode()
    return filled(first, text=report.text, chat=chat)


def filled(first: ReportBody, *, text: str, chat: str = "") -> list[ReportBody]:
    """Return the bodies that carry a text and a chat; only the first keeps what else it says."""
    rest = ReportBody(kind=first.kind, language=first.language)
    pieces = list(_pieces(_well_formed(text), _well_formed(chat)))
    if len(pieces) > MOST_PARTS:
        raise TextTooLong
    return [
        replace(
            first if number == 1 else rest,
            text=words,
            chat_part=lines,
            part=number,
            parts=len(pieces),
        )
        for number, (words, lines) in enumerate(pieces, start=1)
    ]


def _pieces(text: str, chat: str) -> Iterator[tuple[str, str]]:
    room = FIRST_ROOM
    while True:
        words, text, left = _taken(text, room)
        lines, chat, _ = _taken(chat, left)
        yield words, lines
        room = LATER_ROOM
        if not text and not chat:
            return


def _taken(text: str, room: int) -> tuple[str, str, int]:
    """Return what fits, what does not, and the room that is left."""
    for place, letter in enumerate(text):
        cost = _cost(letter)
        if cost > room:
            return text[:place], text[place:], 0
        room -= cost
    return text, "", room


def _cost(letter: str) -> int:
    """Return how many bytes a letter takes in canonical JSON, at most."""
    if letter < " ":
        return 6
    return 2 if letter in '"\\' else len(letter.encode())


def _well_formed(text: str) -> str:
    """Return the text without halves of surrogate pairs and NUL: they have no place in JSON."""
    kept = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return kept.replace("\0", "\ufffd")
