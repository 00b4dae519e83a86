"""The closed lists of the watch list; each value is stored as it stands."""

from enum import StrEnum
from typing import NewType

WatchId = NewType("WatchId", str)


class WatchState(StrEnum):
    """How far an entry has come; only `confirmed` ones count."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    RETIRED = "retired"


LIVE = (WatchState.PROPOSED.value, WatchState.CONFIRMED.value)
"""The states of which an identifier has at most one entry."""


class ReleasePolicy(StrEnum):
    """Whether families may learn of it; only `public` ones are ever in the published list."""

    PUBLIC = "public"
    EMBARGOED = "embargoed"
    DESK_ONLY = "desk only"


class Confidence(StrEnum):
    """How sure the desk is that a handler uses it."""

    LIKELY = "likely"
    CERTAIN = "certain"


class EpochState(StrEnum):
    """How far an epoch's list has come."""

    DRAWN = "drawn"
    PUBLISHED = "published"
    RETIRED = "retired"
