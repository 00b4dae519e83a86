"""The closed lists of alerts; the words of CAP 1.2 where it has one."""

from enum import StrEnum
from typing import NewType

AlertId = NewType("AlertId", str)


class AlertState(StrEnum):
    """How far an alert has come; drafts and rejected ones never leave the desk."""

    DRAFT = "draft"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    UPDATED = "updated"


RELEASED = (AlertState.APPROVED, AlertState.CANCELLED, AlertState.UPDATED)


class Basis(StrEnum):
    """Why publishing cannot point at one family."""

    FAMILIES = "families"
    OTHER_SOURCE = "other source"
    INFORMED_YES = "informed yes"


class Standing(StrEnum):
    """Actual or exercise; an exercise is published apart and reaches nobody's phone."""

    ACTUAL = "actual"
    EXERCISE = "exercise"


class MessageType(StrEnum):
    """What a message does to an earlier one; `all clear` is a CAP Update with AllClear."""

    ALERT = "alert"
    UPDATE = "update"
    CANCEL = "cancel"
    ALL_CLEAR = "all clear"


class Audience(StrEnum):
    """For whom it is meant; everyone may read it, but `sealed` goes into conversations alone."""

    PUBLIC = "public"
    REGION = "region"
    TACTIC = "tactic"
    SEALED = "sealed"


class Way(StrEnum):
    """How a subscriber is reached: an SMS, or the daily reminder of her browser."""

    SMS = "sms"
    PUSH = "push"


class SubscriptionState(StrEnum):
    """How far a subscription has come: only a confirmed number is sent a warning."""

    NEW = "new"
    ASKED = "asked"
    CONFIRMED = "confirmed"


class Urgency(StrEnum):
    """How soon to act (CAP 1.2, urgency)."""

    IMMEDIATE = "Immediate"
    EXPECTED = "Expected"
    FUTURE = "Future"
    PAST = "Past"


class Severity(StrEnum):
    """How much is at stake (CAP 1.2, severity, without Unknown)."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"


class Certainty(StrEnum):
    """How sure it is (CAP 1.2, certainty, without Unknown)."""

    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"
