"""The conversation so far, whoever speaks in it: readings of messages to bands."""

from dataclasses import dataclass, field
from datetime import datetime

from oberih.check.frames import Hit, Reading
from oberih.check.lanes import Lane, When, is_described
from oberih.check.rules import Rules
from oberih.check.values import ORDER, Band

__all__ = ["Course", "Said", "is_described"]

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # a chat's clock has no zone, only gaps count
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Said:
    """Who of the other side said it and when, and whether the words are somebody else's."""

    who: str = ""
    at: datetime | None = None
    borrowed: bool = False


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
            return _borrowed(lane.joined_with(()).take(reading, when=when))
        others = self._pressing_beside(lane)
        if not others:
            return lane.take(reading, when=when)
        together = lane.joined_with(others)
        found, whole = lane.take(reading, when=when), together.take(reading, when=when)
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


def _borrowed(found: tuple[Band, list[Hit]]) -> tuple[Band, list[Hit]]:
    """Somebody else's words are to be verified at most: a mention is not use."""
    band, hits = found
    return (Band.VERIFY if band is not Band.NONE else Band.NONE), hits


def _minute(at: datetime | None) -> int | None:
    return None if at is None else int((at.replace(tzinfo=None) - EPOCH).total_seconds()) // MINUTE
