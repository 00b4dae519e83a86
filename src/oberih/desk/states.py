"""The closed lists of the desk: states, directions, outcomes; each value is stored as it stands."""

from enum import StrEnum
from typing import NewType

CaseId = NewType("CaseId", str)


class CaseState(StrEnum):
    """Where the desk's work on a case stands."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


class Band(StrEnum):
    """The check engine's four answers, the gravest first."""

    STOP = "stop"
    WARNING = "warning"
    VERIFY = "verify"
    NONE = "none"


class Direction(StrEnum):
    """Whose message it is: the reporter's or the desk's."""

    REPORT = "report"
    REPLY = "reply"


class Outcome(StrEnum):
    """What became of a collected envelope; no outcome keeps its content."""

    FILED = "filed"
    CANNOT_OPEN = "cannot open"
    MALFORMED = "malformed"
    BAD_SIGNATURE = "bad signature"
    UNKNOWN_MAILBOX = "unknown mailbox"
    REPEATED = "repeated"
    HELD = "held"
    UNANNOUNCED = "unannounced"
    ATTACHMENT = "attachment"
    TOMBSTONE = "tombstone"
    NUMBER_TWICE = "number twice"
    EMPTIED = "emptied"


class ReplyState(StrEnum):
    """How far a reply has come; only `waiting` can be taken back."""

    WAITING = "waiting"
    SEALED = "sealed"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


class AttachmentState(StrEnum):
    """How far an attachment has come."""

    ANNOUNCED = "announced"
    STORED = "stored"
    REFUSED = "refused"


class VerifiedHow(StrEnum):
    """How a requester's identity and kinship were verified, always outside Oberih."""

    IN_PERSON = "in person"
    OFFICIAL_CABINET = "official cabinet"
