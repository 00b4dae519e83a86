"""Dates of birth as lists write them, and how much of each is known."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

EARLIEST, LATEST = 1900, 2030
_PIVOT = 30
"""A year of two digits above it belongs to the last century."""

_NAMES = (
    "січ янв jan sty", "лют фев feb lut fév", "берез мар mar mär mrz", "квіт апр apr kwi avr",
    "трав мая май may maj mai", "черв июн jun cze juin", "лип июл jul lip juil",
    "серп авг aug sie aoû",
    "верес сен sep wrz", "жовт окт oct okt paź", "листоп ноя nov lis", "груд дек dec dez gru déc",
)  # fmt: skip
_MONTHS = tuple(
    (start, number) for number, starts in enumerate(_NAMES, 1) for start in starts.split()
)
_NUMBERS = re.compile(r"\d+")
_SERIAL, _SERIAL_LENGTH = re.compile(r"[1-4]\d{4}(?:\.0)?"), 5
_FIRST_SERIAL = date(1899, 12, 30)
_LETTERS = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Born:
    """A year, and month and day when both are known; `01.01` is not a date and gives the year."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def is_full(self) -> bool:
        """Whether day and month are known."""
        return self.day > 0


def born_of(text: str) -> Born | None:
    """Return what a cell says of a date of birth, None when it is empty or no date.

    Reads 1985-05-07, 07.05.1985, 7/5/85, 7 травня 1985, May 7 1985, 19850507, 1985 and a
    spreadsheet's own number of a day (31174). Between day and month of a date with slashes the day
    comes first, unless it cannot.
    """
    if _SERIAL.fullmatch(text.strip()):
        return _of_serial(int(text.strip()[:_SERIAL_LENGTH]))
    numbers = _NUMBERS.findall(text)
    month = _named_month(text)
    if len(numbers) == 1 and len(numbers[0]) == len("19850507"):
        numbers = [numbers[0][:4], numbers[0][4:6], numbers[0][6:]]
    if month:
        return _with_named(numbers, month=month)
    if len(numbers) == 1:
        return _year_alone(numbers[0])
    if len(numbers) == 2:  # noqa: PLR2004  # month and year
        return _year_alone(max(numbers, key=len))
    return _of_three(numbers[:3]) if len(numbers) >= 3 else None  # noqa: PLR2004  # day, month, year


def _of_serial(number: int) -> Born | None:
    day = _FIRST_SERIAL + timedelta(days=number)
    return _checked(day.year, day.month, day=day.day)


def _named_month(text: str) -> int:
    for word in _LETTERS.findall(text.lower()):
        found = next((number for start, number in _MONTHS if word.startswith(start)), 0)
        if found:
            return found
    return 0


def _with_named(numbers: list[str], *, month: int) -> Born | None:
    years = [one for one in numbers if len(one) == 4]  # noqa: PLR2004  # a year in full
    days = [one for one in numbers if len(one) < 3]  # noqa: PLR2004  # a day
    if not years and len(days) > 1:
        years = [days.pop()]
    if not years:
        return None
    return _checked(_year(years[0]), month, day=int(days[0]) if days else 0)


def _of_three(numbers: list[str]) -> Born | None:
    first, second, third = numbers
    if len(first) == 4:  # noqa: PLR2004  # the year stands first
        return _ordered(_year(first), (int(third), int(second)))
    return _ordered(_year(third), (int(first), int(second)))


def _ordered(year: int, rest: tuple[int, int]) -> Born | None:
    day, month = rest
    if month > 12 >= day:  # noqa: PLR2004  # months
        day, month = month, day
    return _checked(year, month, day=day)


def _checked(year: int, month: int, *, day: int) -> Born | None:
    if not EARLIEST <= year <= LATEST:
        return None
    if (day, month) == (1, 1) or not day:
        return Born(year)
    try:
        date(year, month, day)
    except ValueError:
        return Born(year)
    return Born(year, month, day)


def _year_alone(text: str) -> Born | None:
    year = _year(text)
    return Born(year) if EARLIEST <= year <= LATEST else None


def _year(text: str) -> int:
    if len(text) == 2:  # noqa: PLR2004  # a year of two digits
        return int(text) + (2000 if int(text) <= _PIVOT else 1900)
    return int(text[:9])
