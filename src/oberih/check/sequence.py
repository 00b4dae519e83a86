"""The conversation so far, whoever speaks in it: readings of messages to bands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile

from oberih.check.frames import Hit, Reading
from oberih.check.lanes import TOGETHER, Lane, Replies, When, is_described
from oberih.check.rules import Rules
from oberih.check.values import ORDER, Band, Message

__all__ = ["Course", "Said", "is_described", "replies_to"]

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # a chat's clock has no zone, only gaps count
MINUTE = 60
NEAR = 40
"""How far from a message her replies to it are looked for."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who of the other side said it and when, whether in somebody else's words, her replies."""

    who: str = ""
    at: datetime | None = None
    borrowed: bool = False
    replies: Replies = ()


OWN = Said()


@dataclass(slots=True)
class Course:
    """A lane a speaker. What several say is added up only where each of the others presses alone.

    One relative's "tell nobody", another's "send money" and a third's "he called me" are no
    pattern; a stranger who offers and hushes, and a second who demands, are.
    """

    rules: Rules
    lanes: dict[str, Lane] = field(default_factory=dict)
    order: int = 0

    def take(self, reading: Reading, *, said: Said = OWN) -> tuple[Band, list[Hit]]:
        """Weigh one message of the other side; return its band and the hits that count."""
        self.order += 1
        when = When(self.order, _minute(said.at))
        lane = self.lanes.setdefault(said.who, Lane(self.rules))
        if said.borrowed and not lane.presses(1):
            alone = lane.joined_with(())
            return _borrowed(alone.take(reading, when=when, replies=said.replies))
        others = self._pressing_beside(lane)
        if not others:
            return lane.take(reading, when=when, replies=said.replies)
        together = lane.joined_with(others)
        found, whole = (
            one.take(reading, when=when, replies=said.replies) for one in (lane, together)
        )
        if ORDER.index(whole[0]) <= ORDER.index(found[0]):
            return found
        lane.warned |= together.warned
        return whole

    def total(self) -> int:
        """Return the points of the slots that stand now, with the bonuses, of who has the most."""
        return max((lane.total() for lane in self.lanes.values()), default=0)

    def _pressing_beside(self, lane: Lane) -> list[Lane]:
        """Return the other strangers who show a pattern by themselves; none in a crowd."""
        strangers = self.rules.sequence["strangers"]
        if not 1 < len(self.lanes) <= int(strangers["crowd"]):
            return []
        least = int(strangers["pattern"])
        return [one for one in self.lanes.values() if one is not lane and one.presses(least)]


def replies_to(index: int, *, messages: Sequence[Message]) -> Replies:
    """Return her last replies to a message, those right after it among them."""
    after = messages[index + 1 : index + 1 + NEAR]
    right_after = takewhile(lambda one: one.sender == "me", after)
    near = (*messages[max(0, index - NEAR) : index], *right_after)
    mine = [one.text for one in near if one.sender == "me" and not one.forwarded]
    return tuple(mine[-TOGETHER:])


def _borrowed(found: tuple[Band, list[Hit]]) -> tuple[Band, list[Hit]]:
    """Somebody else's words are to be verified at most: a mention is not use."""
    band, hits = found
    return (Band.VERIFY if band is not Band.NONE else Band.NONE), hits


def _minute(at: datetime | None) -> int | None:
    return None if at is None else int((at.replace(tzinfo=None) - EPOCH).total_seconds()) // MINUTE
