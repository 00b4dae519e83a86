"""Days of birth as lists write them: a day, a year alone, or nothing; 01.01 is a year."""

import re
from dataclasses import dataclass
from datetime import date

from oberih.register.linkage.dates import EARLIEST, LATEST, born_of

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Birth:
    """What a cell says of a birth."""

    day: date | None = None
    year: int | None = None


def birth_of(text: str) -> Birth:
    """Return what a cell says; nothing when it is empty or cannot be read."""
    born = born_of(text) if text.strip() else None
    if born is None:
        return Birth()
    return Birth(date(born.year, born.month, born.day) if born.is_full else None, born.year)


def year_in(question: str) -> int | None:
    """Return the year of birth that a question names, if one."""
    years = [int(one) for one in _YEAR.findall(question)]
    return next((one for one in years if EARLIEST <= one <= LATEST), None)
