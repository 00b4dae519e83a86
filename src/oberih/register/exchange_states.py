"""The closed lists of what leaves the register, and of what is sent to people who are held."""

from enum import StrEnum

from oberih.register.states import EventType, SourceKind, Status


class Purpose(StrEnum):
    """For what a requester agrees that something leaves; each is asked for apart."""

    TRACING = "tracing"
    LEGAL_AID = "legal aid"
    MONITORS = "human rights monitors"
    PROSECUTOR = "prosecutor"


class Channel(StrEnum):
    """The only two ways on which anything may reach the detaining side (GC III, art. 122-123)."""

    BUREAU = "national information bureau"
    AGENCY = "central tracing agency"


CHANNEL_OF = {SourceKind.BUREAU: Channel.BUREAU, SourceKind.RED_CROSS: Channel.AGENCY}

NEVER_TO_PROSECUTORS = frozenset({SourceKind.RED_CROSS, SourceKind.FAMILY})
"""Tracing and evidence are separate purposes: what these say stays with tracing."""

FAMILY_MESSAGES = frozenset(
    {
        EventType.CARD_RECEIVED,
        EventType.LETTER_SENT,
        EventType.LETTER_RECEIVED,
        EventType.PARCEL_SENT,
        EventType.PARCEL_RECEIVED,
    }
)
"""What passes between a family and the person, whoever told of it."""


class ConsignmentKind(StrEnum):
    """What is sent to somebody who is held."""

    LETTER = "letter"
    PARCEL = "parcel"
    TRANSFER = "transfer"


class Proof(StrEnum):
    """By what an arrival is known. A prisoner's own letter is censored: stated, never proof."""

    NONE = ""
    CARRIER = "carrier's paper"
    RED_CROSS = "red cross"
    WITNESS = "released prisoner"
    STATED = "stated in a letter"


PROVEN = frozenset({Proof.CARRIER, Proof.RED_CROSS, Proof.WITNESS})

TELLABLE = (
    Status.UNKNOWN,
    Status.MISSING,
    Status.CAPTIVE_CONFIRMED,
    Status.RELEASED,
    Status.CLOSED,
)
"""What a family may hear from here; death is not among them and never will be."""


class Condition(StrEnum):
    """How the caller says the person was."""

    NOTHING = ""
    WELL = "well"
    SICK = "sick or wounded"
    DEAD = "dead"


class Paper(StrEnum):
    """What document the caller says to have."""

    NOTHING = ""
    LETTER = "letter"
    CARD = "card"
    LIST = "list"
