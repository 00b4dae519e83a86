"""When somebody is on duty: families are told the hours, and from when somebody reads again."""

from datetime import datetime
from zoneinfo import ZoneInfo

from oberih.core.hours import parse_hours
from oberih.core.hours_in_words import in_words


def stated_hours(stated: str, *, zone: str, language: str) -> str:
    """Return the hours of the setting in words of the page's language."""
    return in_words(parse_hours(stated, zone=ZoneInfo(zone)), language=language)


def back_at(stated: str, *, zone: str, now: datetime) -> datetime | None:
    """Return from when somebody is on duty again; None while somebody is."""
    opens = parse_hours(stated, zone=ZoneInfo(zone)).opens(now)
    return None if opens == now else opens
