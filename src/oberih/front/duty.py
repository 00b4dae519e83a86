"""Whether somebody is on duty: families are told when nobody is, and from when somebody reads."""

from datetime import datetime
from zoneinfo import ZoneInfo

from oberih.core.hours import parse_hours


def back_at(stated: str, *, zone: str, now: datetime) -> datetime | None:
    """Return from when somebody is on duty again; None while somebody is."""
    opens = parse_hours(stated, zone=ZoneInfo(zone)).opens(now)
    return None if opens == now else opens
