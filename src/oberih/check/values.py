"""What the check takes and gives: messages in, one assessment out."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

Sender = Literal["them", "me"]
Json = dict[str, object]


class Band(StrEnum):
    """The four answers; their order is their weight."""

    NONE = "none"
    VERIFY = "verify"
    WARNING = "warning"
    STOP = "stop"


ORDER = tuple(Band)


class Route(StrEnum):
    """Whose business it is: the security service's, the bank's, an office's, nobody's."""

    NONE = "none"
    OFFICIAL = "official"
    FRAUD = "fraud"
    COERCION = "coercion"


@dataclass(frozen=True, slots=True)
class Message:
    """One text of a conversation; `at` is the time on it, when it has one.

    `who` tells several strangers apart, `forwarded` says that the words are somebody else's.
    """

    sender: Sender
    text: str
    at: datetime | None = None
    who: str = ""
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages in the order in which they were written."""

    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Why: half-open code points of the original text of one message, and the slot they filled."""

    message: int
    start: int
    end: int
    slot: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """Tactics, stage, reasons and advice; never a probability."""

    band: Band
    route: Route
    tactics: tuple[str, ...] = ()
    stage: int | None = None
    spans: tuple[Span, ...] = ()
    first_warning: int | None = None
    first_stop: int | None = None
    support: bool = False
    physical: bool = False
    described: bool = False
    advice: tuple[str, ...] = ()
    follows: tuple[str, ...] = field(default=())

    def as_json(self) -> Json:
        """Return the object of docs/contract.md, with the page's fields beside it."""
        return {
            "advice": list(self.advice),
            "band": self.band.value,
            "described": self.described,
            "first_stop": self.first_stop,
            "first_warning": self.first_warning,
            "follows": list(self.follows),
            "physical": self.physical,
            "route": self.route.value,
            "spans": [[s.message, s.start, s.end, s.slot] for s in self.spans],
            "stage": self.stage,
            "support": self.support,
            "tactics": list(self.tactics),
        }
