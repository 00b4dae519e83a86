"""A strict reader of one JSON object: each field typed and limited, nothing left over."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from oberih.core.canonical import Json
from oberih.core.errors import Refused

Choice = TypeVar("Choice", bound=StrEnum)

LARGEST_NUMBER = 2**53 - 1
DAY_FORMAT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


class Fields:
    """Take each field once, then call `close`; every breach raises the given error."""

    def __init__(self, value: Json, *, error: type[Refused]) -> None:
        """Take an object; anything else raises the error."""
        if not isinstance(value, dict):
            raise error
        self._left: dict[str, Json] = dict(value)
        self._error = error

    def close(self) -> None:
        """Refuse fields that nobody asked for: they would be signed but not understood."""
        self.require(not self._left)

    def require(self, holds: bool) -> None:  # noqa: FBT001  # reads as a sentence: require(a == b)
        """Raise the error unless the condition holds."""
        if not holds:
            raise self._error

    def has(self, name: str) -> bool:
        """Tell whether the field is there and not yet taken."""
        return name in self._left

    def peek(self, name: str) -> Json:
        """Return the field as it is, and leave it; None when it is not there."""
        return self._left.get(name)

    def take(self, name: str) -> Json:
        """Return the field as it is."""
        self.require(name in self._left)
        return self._left.pop(name)

    def object(self, name: str) -> "Fields":
        """Return the field as an object to be read in turn."""
        return Fields(self.take(name), error=self._error)

    def text(self, name: str, *, longest: int) -> str:
        """Return a text of at most so many code points, without NUL."""
        value = self.take(name)
        if not isinstance(value, str) or len(value) > longest or "\0" in value:
            raise self._error
        return value

    def number(self, name: str, *, least: int = 0, most: int = LARGEST_NUMBER) -> int:
        """Return a whole number within the limits."""
        value = self.take(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._error
        return value

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self.take(name)
        if not isinstance(value, bool):
            raise self._error
        return value

    def hexadecimal(self, name: str, *, length: int) -> bytes:
        """Return exactly so many bytes, written in lower-case hex."""
        text = self.text(name, longest=2 * length)
        self.require(len(text) == 2 * length and not set(text) - set("0123456789abcdef"))
        return bytes.fromhex(text)

    def choice(self, name: str, *, among: type[Choice]) -> Choice:
        """Return one of a closed list."""
        text = self.text(name, longest=100)
        try:
            return among(text)
        except ValueError:
            raise self._error from None  # the chain would quote what was given

    def day(self, name: str) -> date:
        """Return a day written YYYY-MM-DD."""
        text = self.text(name, longest=10)
        self.require(DAY_FORMAT.fullmatch(text) is not None)
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self._error from None

    def time(self, name: str) -> datetime:
        """Return a time written 2026-11-16T00:00:00Z."""
        text = self.text(name, longest=20)
        try:
            value = datetime.strptime(text, TIME_FORMAT).replace(tzinfo=UTC)
        except ValueError:
            raise self._error from None
        self.require(spelled_time(value) == text)
        return value

    def items(self, name: str, *, most: int) -> Sequence[Json]:
        """Return a list of at most so many."""
        value = self.take(name)
        if not isinstance(value, list) or len(value) > most:
            raise self._error
        return value


def spelled_time(value: datetime) -> str:
    """Return the one spelling of a time in signed documents: UTC, whole seconds."""
    return value.astimezone(UTC).strftime(TIME_FORMAT)
