"""A list as rows: CSV with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1251."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TextIO

from oberih.core.errors import BadInput
from oberih.register.linkage.encodings import encoding_of

COLUMNS = ("id", "surname", "given", "patronymic", "dob", "birthplace", "unit")
LONGEST_CELL = 4_000
_DELIMITERS = ",;\t|"
_GUARDS = ("'=", "'+", "'-", "'@", "'\t", "'\r")


class Row(NamedTuple):
    """One person of a list as it was written; every cell but the id may be empty."""

    id: str
    surname: str = ""
    given: str = ""
    patronymic: str = ""
    dob: str = ""
    birthplace: str = ""
    unit: str = ""


class CannotOpen(BadInput):
    """The list cannot be opened: look at its name and rights."""


class NotAList(BadInput):
    """The file is no list: the first line must name the columns, at least "id" and "surname"."""


class BadRow(BadInput):
    """A row cannot be read."""

    def __init__(self, line: int, *, file: str, why: str) -> None:
        """Name the file, the line and what to do about it."""
        self.line = line
        super().__init__(f"{file}, line {line}: {why}")


@dataclass(frozen=True, slots=True)
class RowList:
    """All rows of a file, and what to tell the person about it without stopping."""

    rows: list[Row]
    remarks: tuple[str, ...]


def read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield each row with its line; empty lines are left out.

    Raises CannotOpen, NotAList, and BadRow for a row without an id, with an id that was there
    before, with more cells than columns or with a cell that is too long.
    """
    try:
        with path.open(encoding=encoding_of(path), newline="") as stream:
            yield from _checked(stream, file=path.name)
    except OSError as error:
        raise CannotOpen from error
    except UnicodeError as error:
        message = f"{path.name} is in no encoding that is known: save it as UTF-8"
        raise NotAList(message) from error


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell.startswith(_GUARDS) else cell


def _checked(stream: TextIO, *, file: str) -> Iterator[tuple[int, Row]]:
    reader = csv.reader(stream, delimiter=_delimiter(stream))
    places = _places(next(_lines(reader, file=file), []), file=file)
    seen: dict[str, int] = {}
    for cells in _lines(reader, file=file):
        line = reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(cells, places=places)
        _check(row, cells=cells, place=(file, line))
        if row.id in seen:
            why = f"the id was there before, in line {seen[row.id]}: give each row its own id"
            raise BadRow(line, file=file, why=why)
        seen[row.id] = line
        yield line, row


def _lines(reader: Iterator[list[str]], *, file: str) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        line = getattr(reader, "line_num", 0)
        why = "it is not CSV; look for a quotation mark that is not closed"
        raise BadRow(line, file=file, why=why) from error


def _delimiter(stream: TextIO) -> str:
    """Return the mark that stands most often in the first line, and go back to the beginning."""
    first = stream.readline(100_000)
    stream.seek(0)
    return max(_DELIMITERS, key=first.count)


def _places(header: list[str], *, file: str) -> tuple[int, ...]:
    names = [cell.strip().strip("\ufeff").lower() for cell in header]
    if "id" not in names or not {"surname", "given"} & set(names):
        message = f'{file}, line 1 must name the columns: at least "id" and "surname" or "given"'
        raise NotAList(message)
    for name in COLUMNS:
        if names.count(name) > 1:
            message = f'{file}, line 1 names the column "{name}" twice: keep one'
            raise NotAList(message)
    return tuple(names.index(name) if name in names else -1 for name in COLUMNS)


def _row(cells: list[str], *, places: tuple[int, ...]) -> Row:
    count = len(cells)
    found = [unguarded(cells[at].strip()) if 0 <= at < count else "" for at in places]
    return Row(*found)


def _check(row: Row, *, cells: list[str], place: tuple[str, int]) -> None:
    file, line = place
    if not row.id:
        raise BadRow(line, file=file, why="the id is empty: give each row an id")
    if max(map(len, cells)) > LONGEST_CELL:
        why = f"a cell has more than {LONGEST_CELL} characters; look for a quotation mark"
        raise BadRow(line, file=file, why=why)
