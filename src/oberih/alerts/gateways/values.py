"""A message as gateways see it, what can go wrong with it, and what a gateway must say."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType, Protocol

from oberih.core.errors import CouldNot, Refused

MessageId = NewType("MessageId", str)
"""Hex; the same message to the same target has the same id, however often it is handed over."""


class Channel(StrEnum):
    """The networks that there is a gateway for."""

    SMTP = "smtp"
    SMS = "sms"
    TELEGRAM = "telegram"
    MATRIX = "matrix"
    PUSH = "push"


class Fate(StrEnum):
    """What became of a message; `uncertain` may have arrived and is never sent again by itself."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Neutral text for one target; an empty target is the one in the gateway's own settings.

    `expires` is a moment in whole seconds since 1970: after it nothing is tried any more.
    """

    id: MessageId
    channel: Channel
    alert: str
    title: str
    text: str
    expires: int
    target: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a phone sent to the operator's number."""

    id: str
    target: str
    text: str


class Passing(CouldNot):
    """The gateway does not take messages now."""

    def __init__(self, *, wait: float = 0.0) -> None:
        """Take how many seconds the gateway asks to wait, if it does."""
        super().__init__()
        self.wait = wait


class Permanent(Refused):
    """The gateway will never take this message."""


class FateUnknown(CouldNot):
    """The connection broke after the message had been handed over."""


class Gateway(Protocol):
    """One channel. `knows_ids`: the network itself drops a second message with the same id."""

    channel: Channel
    knows_ids: bool
    a_second: int
    at_once: int

    def send(self, message: Outgoing) -> None:
        """Hand one message over; raises Passing, Permanent, FateUnknown."""

    def close(self) -> None:
        """Let go of connections."""
