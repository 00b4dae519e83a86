"""Phones in a text: groups of digits that are one number, and not a date, an amount or a code."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from oberih.core.identifiers import hosts, phones
from oberih.core.identifiers.identifier import Found, Identifier, Kind

_MOST_GROUPS, _FEWEST_DIGITS, _MOST_DIGITS = 13, 8, 18
_FIRST = re.compile(
    r"((?:\+|плюс ?|Плюс ?)[ (]{0,2})[0-9]{1,18}(?![0-9])"
    r"|(?<![0-9A-Za-z_])(?<![0-9][-.])(?<![₴₽$€#№])(?<![₴₽$€#№] )[0378][0-9]{0,17}(?![0-9])"
)
_NEXT = re.compile(r"(?=[^0-9]) {0,2}[-./()~]{0,2} {0,2}([0-9]{1,18})(?![0-9])")
_NOT_AFTER = re.compile(r"[A-Za-z_@]|[-.][0-9]")
_AMOUNT_AFTER = re.compile(
    r",[0-9]{1,2}(?![0-9])"
    r"| ?(?:[₴₽$€%]|грн|ГРН|гривень|гривен|руб|РУБ|тис|тыс|млн|шт|UAH|USD|EUR|uah|usd|eur)"
)
_LETTERS = "A-Za-zА-Яа-яІіЇїЄєҐґ"
_ZERO = re.compile(
    rf"(?<=[0-9])[OoОо](?![{_LETTERS}])|(?<![{_LETTERS}])[OoОо](?=[0-9])"  # 0 in disguise
)
_YEAR = "(?:19|20)[0-9]{2}"
_DAY, _MONTH = "(?:0[1-9]|[12][0-9]|3[01])", "(?:0[1-9]|1[0-2])"
_NOT_PHONES = re.compile(
    rf"(?<![0-9./-])(?:{_DAY}[./]{_MONTH}[./](?:{_YEAR}|[0-9]{{2}})|{_DAY}-{_MONTH}-{_YEAR}"
    rf"|[1-9][./]{_MONTH}[./]{_YEAR}|{_YEAR}([./-]){_MONTH}\1{_DAY}"
    rf"|{hosts.ADDRESS})(?![0-9])(?![./-][0-9])"
)


class _Window(NamedTuple):
    """Digits that may be one number, and where they end."""

    digits: str
    end: int


def find(line: str) -> Iterator[Found]:
    """Yield the phones in the line; one number is at most 13 groups of digits."""
    line = _ZERO.sub("0", line)
    line = _NOT_PHONES.sub(lambda match: "\x00" * len(match[0]), line)
    first = _FIRST.search(line)
    while first:
        found = _longest(line, first=first)
        if found:
            yield found
        first = _FIRST.search(line, found.end if found else first.end())


def _longest(line: str, *, first: re.Match[str]) -> Found | None:
    """Return the longest phone that begins here; one that fits a plan wins over any other."""
    windows = [one for one in _windows(line, first=first) if not _NOT_AFTER.match(line, one.end)]
    if not first[1]:
        windows = [one for one in windows if not _AMOUNT_AFTER.match(line, one.end)]
    attempts = (_read(windows, by=reader) for reader in _readers(first))
    read = next(filter(None, attempts), None)
    if not read:
        return None
    number, end = read
    start = first.start()
    if line[start - 1 : start] == "(" and ")" in line[start:end]:
        start -= 1
    return Found(Identifier(Kind.PHONE, number), start, end)


def _readers(first: re.Match[str]) -> Iterator[Callable[[str], str]]:
    """Yield the ways to read digits in their order; a "38" apart is the code without its zero."""
    yield phones.signed if first[1] else phones.unsigned
    if first[0].removeprefix(first[1] or "") == "38":
        yield phones.without_zero
    if first[1]:
        yield phones.of_length


def _windows(line: str, *, first: re.Match[str]) -> Iterator[_Window]:
    begins = first.end(1) if first[1] else first.start()
    window = _Window(line[begins : first.end()], first.end())
    for _ in range(_MOST_GROUPS):
        if len(window.digits) >= _FEWEST_DIGITS:
            yield window
        following = _NEXT.match(line, window.end)
        if not following or len(window.digits) + len(following[1]) > _MOST_DIGITS:
            return
        window = _Window(window.digits + following[1], following.end())


def _read(windows: list[_Window], *, by: Callable[[str], str]) -> tuple[str, int] | None:
    numbers = [(by(window.digits), window.end) for window in reversed(windows)]
    return next((read for read in numbers if read[0]), None)
