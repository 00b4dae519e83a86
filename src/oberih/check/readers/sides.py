"""Who is "me" and who is "them": only where it is certain."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from oberih.check.values import Conversation, Message
from oberih.core.errors import BadInput

ChatId = NewType("ChatId", str)
MY_NAMES = frozenset({"you", "ви", "вы", "я", "me", "i", "ти", "ты"})
SHOWN = 8
DAY = re.compile(
    r"\s*(?:([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})|([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{2}(?:[0-9]{2})?))$"
)
CLOCK = re.compile(r"\s*([0-9]{1,2})[:.]([0-9]{2})(?:[:.][0-9]{2})?$")


class UnreadableExport(BadInput):
    """This is not an export that can be read."""


class WhoIsMe(UnreadableExport):
    """It cannot be told which speaker is "me"."""

    def __init__(self, speakers: Iterable[str]) -> None:
        """Name the speakers, so that one of them can be given with --me."""
        self.speakers = tuple(speakers)
        names = ", ".join(self.speakers[:SHOWN]) + (", ..." if len(self.speakers) > SHOWN else "")
        super().__init__(f"Who is me? The speakers are: {names}. Say --me NAME.")


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation of an export."""

    id: ChatId
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text whose sender is known by name only."""

    speaker: str
    text: str
    at: datetime | None = None
    forwarded: bool = False


def sides_of(spoken: Iterable[Spoken], *, me: str, them: str = "") -> Conversation:
    """Return the conversation of named speakers; raises WhoIsMe when it is not certain."""
    said = tuple(spoken)
    speakers = list(dict.fromkeys(one.speaker for one in said))
    mine = _own(speakers, me=me, them=them)
    return Conversation(tuple(sided(one, mine=one.speaker in mine) for one in said))


def sided(one: Spoken, *, mine: bool) -> Message:
    """Return a text as a message of its side."""
    return Message("me" if mine else "them", one.text, one.at, one.speaker, one.forwarded)


def _own(speakers: list[str], *, me: str, them: str) -> set[str]:
    if me:
        return {name for name in speakers if name == me}
    mine = {name for name in speakers if name.lower() in MY_NAMES}
    if mine:
        return mine
    if them in speakers and len(speakers) <= 2:  # noqa: PLR2004  # them and me
        return set(speakers) - {them}
    if len(speakers) <= 1:
        return set()
    raise WhoIsMe(speakers)


def clock_of(day: str, clock: str) -> datetime | None:
    """Return the time of 20.11.26, 20.11.2026 or 2026-11-20 and 10:01; None where it is unsure.

    With slashes nobody can tell whether the day or the month comes first.
    """
    found, hour = DAY.match(day), CLOCK.match(clock)
    if not found or not hour:
        return None
    year, month, date = found[1] or "20" + found[6][-2:], found[2] or found[5], found[3] or found[4]
    return time_of(f"{year}-{month:0>2}-{date:0>2}T{hour[1]:0>2}:{hour[2]}")


def time_of(text: object) -> datetime | None:
    """Return the time of an ISO text, or None where there is none."""
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None
