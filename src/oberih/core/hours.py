"""The desk's stated hours: whether somebody is on duty, and by when an answer is due."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from oberih.core.errors import BadInput

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PART = re.compile(r"(?:([a-z]{3})(?:-([a-z]{3}))? )?(\d\d):(\d\d)-(\d\d):(\d\d)")
LONGEST = 366
DAY_MINUTES = 24 * 60


class OddHours(BadInput):
    """OBERIH_HOURS must look like "09:00-21:00" or "mon-fri 09:00-18:00, sat 10:00-14:00"."""


@dataclass(frozen=True, slots=True)
class Hours:
    """For each day of the week, Monday first, from which minute to which somebody answers."""

    spans: tuple[tuple[int, int], ...]
    zone: ZoneInfo

    def due(self, since: datetime, *, within: timedelta) -> datetime:
        """Return when `within` has passed of the hours in which the desk answers."""
        day, left = since.astimezone(self.zone).date(), within
        for _day in range(LONGEST):
            opens, closes = (self._at(day, minute) for minute in self.spans[day.weekday()])
            opens = max(opens, since)
            if opens + left <= closes:
                return opens + left
            left -= max(timedelta(0), closes - opens)
            day += timedelta(days=1)
        raise OddHours

    def opens(self, now: datetime) -> datetime:
        """Return when somebody is on duty next: `now` itself while somebody is."""
        day = now.astimezone(self.zone).date()
        for _day in range(LONGEST):
            opens, closes = (self._at(day, minute) for minute in self.spans[day.weekday()])
            if opens < closes and now < closes:
                return max(opens, now)
            day += timedelta(days=1)
        raise OddHours

    def _at(self, day: date, minute: int) -> datetime:
        midnight = datetime.combine(day, time(), tzinfo=self.zone)
        return midnight + timedelta(minutes=minute)


def parse_hours(text: str, *, zone: ZoneInfo) -> Hours:
    """Return the hours of a setting; raises OddHours."""
    spans = [(0, 0)] * len(DAYS)
    for part in text.split(","):
        matched = PART.fullmatch(part.strip())
        if matched is None:
            raise OddHours
        first, last, *numbers = matched.groups()
        span = _span([int(number) for number in numbers])
        for day in _days(first, last=last):
            spans[day] = span
    return Hours(tuple(spans), zone)


def _span(numbers: list[int]) -> tuple[int, int]:
    opens, closes = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
    if not 0 <= opens < closes <= DAY_MINUTES:
        raise OddHours
    return opens, closes


def _days(first: str | None, *, last: str | None) -> range:
    if first is None:
        return range(len(DAYS))
    if first not in DAYS or (last or first) not in DAYS:
        raise OddHours
    start, end = DAYS.index(first), DAYS.index(last or first)
    if end < start:
        raise OddHours
    return range(start, end + 1)
