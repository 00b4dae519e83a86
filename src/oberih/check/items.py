"""JSON lines to conversations and ticked answers: the input of `oberih check --format jsonl`."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from oberih.check.readers.sides import time_of
from oberih.check.values import Conversation, Message
from oberih.core.errors import BadInput


class NotAnItem(BadInput):
    """A line is not an item: {"id", "text"}, {"id", "messages"} or {"id", "answers"}."""

    def __init__(self, line: int, *, why: str) -> None:
        """Name the line, counted from 1."""
        super().__init__(f"Line {line} cannot be read: {why}.")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to assess."""

    id: str
    conversation: Conversation
    answers: Mapping[str, bool]


def items_of(stream: BinaryIO) -> Iterator[Item]:
    """Yield the items, one a line; empty lines are skipped; raises NotAnItem."""
    found = False
    for number, line in enumerate(stream, start=1):
        text = line.decode("utf-8-sig", errors="replace").strip()
        if text:
            found = True
            yield item_of(text, line=number)
    if not found:
        message = "The file is empty."
        raise BadInput(message)


def item_of(text: str, *, line: int) -> Item:
    """Return the item of one line."""
    try:
        source = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAnItem(line, why="it is not JSON") from error
    if not isinstance(source, dict):
        raise NotAnItem(line, why="it is not an object")
    if not any(key in source for key in ("text", "messages", "answers")):
        raise NotAnItem(line, why='it has none of "text", "messages", "answers"')
    answers = source.get("answers") or {}
    if not isinstance(answers, dict):
        raise NotAnItem(line, why='"answers" is not an object')
    return Item(str(source.get("id", line)), _conversation(source, line=line), answers)


def _conversation(source: Mapping[str, Any], *, line: int) -> Conversation:
    if isinstance(source.get("messages"), list):
        return Conversation(tuple(_message(one, line=line) for one in source["messages"]))
    text = source.get("text", "")
    if not isinstance(text, str):
        raise NotAnItem(line, why='"text" is not a text')
    return Conversation((Message("them", text),)) if "text" in source else Conversation(())


def _message(source: object, *, line: int) -> Message:
    if not isinstance(source, dict) or not isinstance(source.get("text"), str):
        raise NotAnItem(line, why='a message has no "text"')
    sender = source.get("from")
    if sender not in {"them", "me"}:
        raise NotAnItem(line, why='a message is from neither "them" nor "me"')
    who = source.get("who") or ""
    if not isinstance(who, str):
        raise NotAnItem(line, why='"who" is not a name')
    at = time_of(source.get("at"))
    return Message(sender, source["text"], at, who, source.get("forwarded") is True)
