"""A list as rows: CSV with commas, semicolons or tabs, in any encoding of `encodings`."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TextIO

from oberih.core.errors import BadInput
from oberih.register.linkage.encodings import encoding_of

COLUMNS = ("id", "surname", "given", "patronymic", "dob", "birthplace", "unit")
LONGEST_CELL = 4_000
_DELIMITERS = ",;\t|"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, and what is packed; a spreadsheet's first line may name the mark."""
_NAMES_MARK = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_OPEN = "it is not CSV; look for a quotation mark that is not closed"
_NOTHING = (
    "- – — ? н/д н.д. немає відсутнє відсутній невідомо невідомий невідома неизвестно неизвестна"
    " неизвестен отсутствует unknown n/a n.a. nan null none nil"
)
_FILLERS = frozenset(_NOTHING.split())
"""What is written where nothing is known: it is no name, and two such cells agree in nothing."""
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


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A file's name, the mark between its cells, and how many columns its first line names."""

    file: str
    mark: str
    columns: int


def read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield each row with its line; empty lines are left out.

    Raises CannotOpen, NotAList, and BadRow for a row without an id, with an id that was there
    before, with more cells than columns, with a cell that is too long or without an end.
    """
    try:
        _check_kind(path)
        with path.open(encoding=encoding_of(path), newline="") as stream:
            yield from _checked(stream, file=path.name)
    except OSError as error:
        message = f"{path.name} cannot be opened: look at its name and rights"
        raise CannotOpen(message) from error
    except UnicodeError as error:
        message = f"{path.name} is in no encoding that is known: save it as UTF-8"
        raise NotAList(message) from error


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell.startswith(_GUARDS) else cell


def _check_kind(path: Path) -> None:
    with path.open("rb") as stream:
        if stream.read(4).startswith(_WORKBOOKS):
            message = f"{path.name} is a workbook, not CSV: save its sheet as CSV (UTF-8)"
            raise NotAList(message)


def _checked(stream: TextIO, *, file: str) -> Iterator[tuple[int, Row]]:
    mark, lines_before = _delimiter(stream)
    reader = csv.reader(stream, delimiter=mark)
    head = next(_lines(reader, file=file), [])
    places = _places(head, file=file)
    sheet = _Sheet(file, mark, len(head))
    seen: dict[str, int] = {}
    for cells in _lines(reader, file=file):
        line = reader.line_num + lines_before
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(cells, places=places)
        _check(row, cells=cells, line=line, sheet=sheet)
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
        raise BadRow(line, file=file, why=_OPEN) from error


def _delimiter(stream: TextIO) -> tuple[str, int]:
    """Return the mark between cells, and how many lines stand before the columns' names.

    It is the one that a line `sep=;` names, else the one most often in the first line.
    """
    first = stream.readline(100_000)
    named = _NAMES_MARK.fullmatch(first)
    if named:
        return named[1], 1
    stream.seek(0)
    return max(_DELIMITERS, key=first.count), 0


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
    return Row(found[0], *("" if one.lower() in _FILLERS else one for one in found[1:]))


def _check(row: Row, *, cells: list[str], line: int, sheet: _Sheet) -> None:
    for why in _faults(row, cells=cells, sheet=sheet):
        raise BadRow(line, file=sheet.file, why=why)


def _faults(row: Row, *, cells: list[str], sheet: _Sheet) -> Iterator[str]:
    if not row.id:
        yield "the id is empty: give each row an id"
    if max(map(len, cells)) > LONGEST_CELL:
        yield f"a cell has more than {LONGEST_CELL} characters; look for a quotation mark"
    if any(one.count(sheet.mark) >= sheet.columns - 1 > 1 for one in _later_lines(cells)):
        yield _OPEN
    if any(cell.strip() for cell in cells[sheet.columns :]):
        yield (
            f"it has {len(cells)} cells, but the first line names {sheet.columns} columns;"
            f' put quotation marks around a cell with "{sheet.mark}" in it'
        )


def _later_lines(cells: list[str]) -> list[str]:
    """Return the lines of cells but their first ones: a whole row among them was swallowed."""
    return [line for cell in cells if "\n" in cell for line in cell.split("\n")[1:]]
