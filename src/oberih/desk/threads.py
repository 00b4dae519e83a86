"""Messages as people read them: the parts of one message joined, chats put together again."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from oberih.check.values import Conversation as CheckedConversation
from oberih.check.values import Message as CheckedMessage
from oberih.check.values import Sender
from oberih.core.errors import Refused
from oberih.desk.models import Message
from oberih.desk.states import Direction


class MalformedChat(Refused):
    """The chat in a report has another form than agreed."""


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One message of a chat that the reporter passed on."""

    sender: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One whole message of the thread; `missing` counts the parts that have not arrived."""

    messages: tuple[Message, ...]
    text: str
    chat: tuple[ChatLine, ...]
    missing: int
    has_gap_before: bool

    @property
    def first(self) -> Message:
        """Return the message of its first part."""
        return self.messages[0]

    def holds(self, direction: Direction, *, sequence: int) -> bool:
        """Tell whether one of its parts has this sequence."""
        return self.first.direction == direction and any(
            message.sequence == sequence for message in self.messages
        )

    @property
    def day(self) -> date:
        """Return the day that its sender wrote on it."""
        return self.first.day


def entries(messages: Iterable[Message]) -> list[Entry]:
    """Join the parts that belong together, each sender's messages in their own order.

    An entry has a gap before it when a message is missing there or does not follow its hash.
    """
    groups: dict[tuple[str, int], list[Message]] = {}
    for message in sorted(messages, key=lambda one: (one.direction, one.sequence)):
        start = message.sequence - message.part
        groups.setdefault((message.direction, start), []).append(message)
    ends: dict[str, str] = {}
    found = []
    for (direction, _start), group in groups.items():
        found.append(_entry(group, after=ends.get(direction, "")))
        ends[direction] = group[-1].digest
    return found


def _entry(group: list[Message], *, after: str) -> Entry:
    missing = max(message.parts for message in group) - len(group)
    chat = [line for message in group for line in message.chat]
    pieces = "".join(message.chat_part for message in group)
    if pieces and not missing:
        chat += _chat_or_nothing(pieces)
    return Entry(
        messages=tuple(group),
        text="".join(message.text for message in group),
        chat=tuple(ChatLine(line["from"], line["at"], line["text"]) for line in chat),
        missing=missing,
        has_gap_before=group[0].previous != after,
    )


def _chat_or_nothing(pieces: str) -> list[dict[str, str]]:
    """Return the chat's lines; an odd chat is shown as none, its report still counts."""
    try:
        return chat_of(pieces)
    except MalformedChat:
        return []


def chat_of(pieces: str) -> list[dict[str, str]]:
    """Return the lines of a chat that came in parts; an odd one raises MalformedChat."""
    try:
        parsed = json.loads(pieces)
    except (ValueError, RecursionError) as error:
        raise MalformedChat from error
    return list(chat_lines(parsed))


def chat_lines(chat: object) -> Iterator[dict[str, str]]:
    """Yield the lines of `{"format", "messages": [...]}`, each checked; raises MalformedChat."""
    lines = chat.get("messages") if isinstance(chat, dict) else None
    if not isinstance(lines, list):
        raise MalformedChat
    for line in lines:
        if not isinstance(line, dict) or line.get("from") not in {"me", "them"}:
            raise MalformedChat
        text, at = line.get("text", ""), line.get("at") or ""
        if not isinstance(text, str) or not isinstance(at, str):
            raise MalformedChat
        yield {"from": line["from"], "at": at[:32], "text": text}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands that was assessed: which message, and which line of its chat or -1."""

    message: int
    line: int


@dataclass(frozen=True, slots=True)
class Material:
    """What a case's assessment is made from, with the place of each text."""

    conversation: CheckedConversation
    places: tuple[Place, ...]


def material(thread: Iterable[Entry]) -> Material:
    """Return the texts of the reporter's messages: the chat lines first, then her own words."""
    found: list[tuple[Place, CheckedMessage]] = []
    for entry in thread:
        if entry.first.direction == Direction.REPORT:
            found += _texts(entry)
    return Material(
        conversation=CheckedConversation(messages=tuple(text for _place, text in found)),
        places=tuple(place for place, _text in found),
    )


def _texts(entry: Entry) -> Iterator[tuple[Place, CheckedMessage]]:
    for line, said in enumerate(entry.chat):
        sender: Sender = "me" if said.sender == "me" else "them"
        message = CheckedMessage(sender=sender, at=_moment(said.at), text=said.text)
        yield Place(entry.first.pk, line), message
    if entry.text:
        yield Place(entry.first.pk, -1), CheckedMessage(sender="them", at=None, text=entry.text)


def _moment(at: str) -> datetime | None:
    try:
        return datetime.fromisoformat(at) if at else None
    except ValueError:
        return None
