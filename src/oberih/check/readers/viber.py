"""Viber's exported tables: date, time, name, number, text in a line of comma-separated values."""

import csv
import re
from collections.abc import Iterator

from oberih.check.readers.sides import Chat, ChatId, Spoken, UnreadableExport, clock_of, sides_of
from oberih.check.readers.source import Peeked

DAY = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}$")
CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AaPp][Mm])?$")
COLUMNS = 5
NAME, TEXT = 2, 4
LONGEST_FIELD = 5_000_000


def looks_like_viber(head: str) -> bool:
    """Tell whether the first line is a day, a time and three more values."""
    first = next((line for line in head.splitlines() if line.strip()), "")
    return _is_row(_values(first))


def read_viber(source: Peeked, *, me: str = "") -> Iterator[Chat]:
    """Yield the one chat; a row of another shape is skipped. Raises UnreadableExport, WhoIsMe."""
    csv.field_size_limit(LONGEST_FIELD)
    try:
        rows = [row for row in csv.reader(f"{line}\n" for line in source.lines()) if _is_row(row)]
    except csv.Error:
        message = "This table cannot be read: a value in it is not closed or too long."
        raise UnreadableExport(message) from None
    spoken = [_spoken(row) for row in rows]
    said = [one for one in spoken if one.text]
    if said:
        yield Chat(ChatId("chat"), sides_of(said, me=me))


def _spoken(row: list[str]) -> Spoken:
    at = clock_of(row[0].strip().lstrip("\ufeff"), row[1])
    return Spoken(row[NAME].strip(), ",".join(row[TEXT:]).strip(), at)


def _values(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []


def _is_row(values: list[str]) -> bool:
    if len(values) < COLUMNS:
        return False
    day, clock = values[0].strip().lstrip("\ufeff"), values[1].strip()
    return DAY.match(day) is not None and CLOCK.match(clock) is not None
