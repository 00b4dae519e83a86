"""The register's closed lists: categories, sources, events, statuses."""

from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", str)
"""Opaque: `p-` and sixteen hex digits; it says nothing of the person."""


class Category(StrEnum):
    """Whose protection it is; unknown is an answer of its own."""

    PRISONER = "prisoner of war"
    CIVILIAN = "civilian"
    UNKNOWN = "unknown"


class Script(StrEnum):
    """The letters of a spelling."""

    UKRAINIAN = "uk"
    RUSSIAN = "ru"
    LATIN = "latin"


class NameRole(StrEnum):
    """What a spelling is: the name, a name before marriage, a name that comrades use."""

    MAIN = "main"
    FORMER = "former"
    CALL_SIGN = "call sign"


class Precision(StrEnum):
    """How much of a day is known; 01.01 is a year."""

    DAY = "day"
    YEAR = "year"
    UNKNOWN = "unknown"


class SourceKind(StrEnum):
    """Who says it. What an intermediary or an open channel says is a claim."""

    BUREAU = "national information bureau"
    RED_CROSS = "red cross"
    STATE_BODY = "state body"
    UNIT = "unit"
    FAMILY = "family"
    WITNESS = "released prisoner"
    DETAINING_SIDE = "detaining side"
    INTERMEDIARY = "intermediary"
    OPEN_SOURCE = "open source"


OFFICIAL_KINDS = (SourceKind.BUREAU, SourceKind.RED_CROSS, SourceKind.STATE_BODY)
CLAIMING_KINDS = (SourceKind.INTERMEDIARY, SourceKind.OPEN_SOURCE)


class EventType(StrEnum):
    """What happened; the words of the Conventions and of the bureaux."""

    LAST_CONTACT = "last contact"
    REPORTED_MISSING = "reported missing"
    CAPTURED = "captured"
    DETAINED = "detained"
    ARRIVED_CAMP = "arrived at a camp"
    TRANSFERRED = "transferred"
    HOSPITALISED = "hospitalised"
    SEEN = "seen by a released prisoner"
    VISITED = "visited by the red cross"
    LISTED = "listed"
    CONFIRMED = "confirmed by the red cross"
    FAMILY_NOTIFIED = "family notified"
    CARD_RECEIVED = "card received"
    LETTER_SENT = "letter sent"
    LETTER_RECEIVED = "letter received"
    PARCEL_SENT = "parcel sent"
    PARCEL_RECEIVED = "parcel received"
    SICK = "sick"
    CHARGED = "charged"
    TRIED = "tried"
    SENTENCED = "sentenced"
    RELEASED = "released"
    EXCHANGED = "exchanged"
    DIED = "died"
    REMAINS_RETURNED = "remains returned"
    IDENTIFIED = "identified"
    NOT_FOUND = "no such person, says the answer"
    CLOSED = "request closed"
    WITHDRAWN = "entry withdrawn"


class Status(StrEnum):
    """What the events say together. No status says that someone is not held."""

    UNKNOWN = "nothing recorded"
    MISSING = "missing"
    PRESUMED_CAPTIVE = "presumed captive"
    CAPTIVE_CONFIRMED = "captive confirmed"
    RELEASED = "released"
    DECEASED_REPORTED = "deceased reported"
    DECEASED_CONFIRMED = "deceased confirmed"
    CLOSED = "closed"
