"""Days and the weekly epochs of the desk's recipients; the clock is always given."""

from datetime import UTC, date, datetime, timedelta
from typing import NewType

Epoch = NewType("Epoch", int)

FIRST_MONDAY = date(1970, 1, 5)


def epoch_of(day: date) -> Epoch:
    """Return the number of the week (Monday to Sunday, UTC) since Monday 1970-01-05."""
    return Epoch((day - FIRST_MONDAY).days // 7)


def first_day(epoch: Epoch) -> date:
    """Return the Monday on which the epoch begins."""
    return FIRST_MONDAY + timedelta(weeks=epoch)


def now() -> datetime:
    """Return the time with its zone (UTC); only processes' outermost functions call this."""
    return datetime.now(UTC)
