"""The closed lists of alerts."""

from enum import StrEnum
from typing import NewType

AlertId = NewType("AlertId", str)


class AlertState(StrEnum):
    """How far an alert has come; only `approved` ones and their cancellations leave the desk."""

    DRAFT = "draft"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class Basis(StrEnum):
    """Why publishing cannot point at one family."""

    FAMILIES = "families"
    OTHER_SOURCE = "other source"
    INFORMED_YES = "informed yes"
