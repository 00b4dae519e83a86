"""What a campaign says to others: what it uses, never whom it reached, when or how often."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class SharedIdentifier:
    """An identifier with its kind, as `core.identifiers` spells it."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class SharedTactic:
    """A tactic by its code and in plain English."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class SharedCampaign:
    """What leaves the desk; `made_at` is the moment of the export, not of any report."""

    id: str
    name: str
    operator: str
    identifiers: tuple[SharedIdentifier, ...]
    tactics: tuple[SharedTactic, ...]
    made_at: datetime


def moment(at: datetime) -> str:
    """Return the moment as RFC 3339 with milliseconds, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
