"""What an alert says besides its words: to whom, how grave, how long, about which earlier one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from oberih.alerts.states import (
    AlertId,
    Audience,
    Certainty,
    MessageType,
    Severity,
    Standing,
    Urgency,
)
from oberih.core.errors import BadInput
from oberih.core.regions import region_names

LONGEST_DAYS = 30


class NoSuchRegion(BadInput):
    """There is no region with this code: choose one of the 27."""


class RegionMissing(BadInput):
    """An alert for regions names at least one; an alert for everyone names none."""


class DatesCrossed(BadInput):
    """An alert lasts from 1 to 30 days and begins before it ends."""


@dataclass(frozen=True, slots=True)
class Reach:
    """For whom it is meant; `regions` are codes of ISO 3166-2:UA."""

    audience: Audience = Audience.PUBLIC
    regions: tuple[str, ...] = ()
    standing: Standing = Standing.ACTUAL

    def __post_init__(self) -> None:
        """Refuse a region that does not exist, and an audience that does not fit."""
        if set(self.regions) - set(region_names("en")):
            raise NoSuchRegion
        is_free = self.audience is Audience.SEALED  # regions may narrow it, or not
        if not is_free and (self.audience is Audience.REGION) != bool(self.regions):
            raise RegionMissing


@dataclass(frozen=True, slots=True)
class Gravity:
    """How soon to act, what is at stake, how sure it is."""

    urgency: Urgency = Urgency.EXPECTED
    severity: Severity = Severity.SEVERE
    certainty: Certainty = Certainty.OBSERVED


@dataclass(frozen=True, slots=True)
class Timing:
    """How many days it is in force; both moments are optional and not before the release."""

    days: int = LONGEST_DAYS
    effective: datetime | None = None
    onset: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what ends before it begins."""
        if not 1 <= self.days <= LONGEST_DAYS:
            raise DatesCrossed

    def ends(self, *, released: datetime) -> datetime:
        """Return when it ends; raises DatesCrossed when it would begin after that."""
        ends = released + timedelta(days=self.days)
        if any(one and one >= ends for one in (self.effective, self.onset)):
            raise DatesCrossed
        return ends


@dataclass(frozen=True, slots=True)
class Follows:
    """What it does to an earlier alert; a first alert follows none."""

    message_type: MessageType = MessageType.ALERT
    refers_to: AlertId | None = None
