"""One line of input to one message; a line that is none is named by its number."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oberih.campaigns.naming import named
from oberih.core.errors import BadInput
from oberih.core.identifiers import Identifier, NotAnIdentifier, parse

LONGEST_TEXT = 200_000
"""Letters; a longer text is no message and would only slow the others."""


class NotAMessage(BadInput):
    """A line is not a message: {"id", "text"}."""

    def __init__(self, line: int, *, why: str) -> None:
        """Name the line, counted from 1."""
        super().__init__(f"Line {line} cannot be read: {why}.")
        self.line, self.why = line, why


@dataclass(frozen=True, slots=True)
class Message:
    """What one contact wrote, with every identifier that it names."""

    id: str
    text: str
    identifiers: frozenset[Identifier]


def message_of(line: bytes, *, number: int) -> Message:
    """Return the message of a line; raises NotAMessage."""
    source = _object(line, number=number)
    name, text = _name(source.get("id"), number=number), source.get("text")
    if not isinstance(text, str):
        raise NotAMessage(number, why='it has no "text" that is a text')
    if len(text) > LONGEST_TEXT:
        raise NotAMessage(number, why=f"its text is longer than {LONGEST_TEXT} letters")
    _check_time(source.get("at"), number=number)
    given = _given(source.get("identifiers"), number=number)
    return Message(name, text, given | named(text))


def _object(line: bytes, *, number: int) -> dict[str, Any]:
    try:
        source = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NotAMessage(number, why="it is not JSON") from error
    if not isinstance(source, dict):
        raise NotAMessage(number, why="it is not an object")
    return source


def _name(written: object, *, number: int) -> str:
    if isinstance(written, int) and not isinstance(written, bool):
        return str(written)
    if not isinstance(written, str) or not written:
        raise NotAMessage(number, why='it has no "id" that is a text or a whole number')
    if any("\ud800" <= letter <= "\udfff" for letter in written):
        raise NotAMessage(number, why='its "id" holds half a character')
    return written


def _check_time(written: object, *, number: int) -> None:
    if written is None:
        return
    try:
        datetime.fromisoformat(str(written))
    except ValueError as error:
        raise NotAMessage(number, why='"at" is not a time such as 2026-11-21T10:00:00Z') from error


def _given(written: object, *, number: int) -> frozenset[Identifier]:
    if written is None:
        return frozenset()
    if not isinstance(written, list) or not all(isinstance(one, str) for one in written):
        raise NotAMessage(number, why='"identifiers" is not a list of texts')
    return frozenset(_parsed(one, number=number) for one in written)


def _parsed(written: str, *, number: int) -> Identifier:
    kind, colon, value = written.partition(":")
    for spelling in (written, value if colon and kind.isalpha() else written):
        try:
            return parse(spelling)
        except NotAnIdentifier:
            continue
    raise NotAMessage(number, why='one of its "identifiers" is no phone, handle, account or link')
