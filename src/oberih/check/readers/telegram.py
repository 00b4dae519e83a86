"""Telegram Desktop's JSON as a stream: one chat, or a whole account of any size."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import ijson

from oberih.check.readers.sides import (
    Chat,
    ChatId,
    Spoken,
    UnreadableExport,
    sided,
    sides_of,
    time_of,
)
from oberih.check.readers.source import Peeked
from oberih.check.values import Conversation

LISTS = ("chats.list.item", "left_chats.list.item")
TEXTS = frozenset({"messages.item.text", "messages.item.text.item", "messages.item.text.item.text"})
FIELDS = ("from", "from_id", "date", "forwarded_from")
CUT_OFF = "The export is cut off or damaged: export it again. What came before was read whole."


def read_telegram(source: Peeked, *, me: str = "") -> Iterator[Chat]:
    """Yield each chat; in a personal chat "user" + chat id is them, an account names me itself."""
    account = _Account(me)
    try:
        for event in ijson.parse(source, use_float=False, buf_size=1 << 16):
            yield from account.take(*event)
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise UnreadableExport(CUT_OFF) from error


@dataclass(slots=True)
class _Account:
    """Collects one chat at a time from the parser's events."""

    me: str
    facts: dict[str, str] = field(default_factory=dict)
    texts: list[dict[str, str]] = field(default_factory=list)
    one: dict[str, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)

    def take(self, prefix: str, event: str, value: Any) -> Iterator[Chat]:  # noqa: ANN401  # a JSON scalar
        base = next((one for one in LISTS if prefix.startswith(one)), "")
        if prefix == "personal_information.user_id" and not self.me:
            self.me = f"user{value}"
        if prefix == base and event == "start_map":
            self.facts, self.texts = {}, []
        inner = prefix[len(base) :].lstrip(".") if base else prefix
        self._note(inner, event, value)
        if prefix == base and event == "end_map" and self.texts:
            yield self._chat()
            self.texts = []

    def _note(self, inner: str, event: str, value: Any) -> None:  # noqa: ANN401  # a JSON scalar
        if inner == "messages.item.forwarded_from":
            self.one["forwarded_from"] = "yes"  # null where the author's account is gone
        elif inner in {"id", "type", "name"} and value is not None:
            self.facts[inner] = str(value)
        elif inner == "messages.item" and event == "start_map":
            self.one, self.parts = {}, []
        elif inner in TEXTS and event == "string":
            self.parts.append(value)
        elif inner.startswith("messages.item.") and inner.count(".") == 2 and value is not None:  # noqa: PLR2004  # a field of a message
            self.one[inner.rpartition(".")[2]] = str(value)
        elif inner == "messages.item" and event == "end_map":
            self._keep()

    def _keep(self) -> None:
        text = "".join(self.parts)
        if self.one.get("type") == "message" and text:
            kept = {key: self.one.get(key, "") for key in FIELDS}
            self.texts.append({**kept, "text": text})

    def _chat(self) -> Chat:
        identity = ChatId(self.facts.get("id", "chat"))
        kind = self.facts.get("type", "")
        return Chat(identity, conversation_of(self.texts, kind=kind, chat=identity, me=self.me))


def conversation_of(
    texts: list[dict[str, str]], *, kind: str, chat: ChatId, me: str
) -> Conversation:
    """Return a chat's texts with their sides; raises WhoIsMe in a group that names nobody."""
    known = any(me and me in {one["from_id"], one["from"]} for one in texts)
    if kind == "saved_messages":
        return _sided(texts, mine=lambda _: True)
    if kind == "personal_chat" and not known:
        return _sided(texts, mine=lambda one: one["from_id"] != f"user{chat}")
    if me:
        return _sided(texts, mine=lambda one: me in {one["from_id"], one["from"]})
    return sides_of((_spoken(one, by="from") for one in texts), me="")


def _sided(texts: list[dict[str, str]], *, mine: Callable[[dict[str, str]], bool]) -> Conversation:
    return Conversation(tuple(sided(_spoken(one, by="from_id"), mine=mine(one)) for one in texts))


def _spoken(one: dict[str, str], *, by: str) -> Spoken:
    speaker = one[by] or one["from"] or one["from_id"]
    return Spoken(speaker, one["text"], time_of(one["date"]), bool(one["forwarded_from"]))
