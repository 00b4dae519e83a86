"""A row of a list as the register understands it: its fields, and what is wrong with it.

Both ways a spreadsheet's formula is disarmed: a cell that begins like one is an error on the way
in, and gets an apostrophe in front of it on the way out, which is taken off when it comes back.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from oberih.core import canonical
from oberih.core.names.words import is_mixed, words_of
from oberih.core.shown import shown_line
from oberih.register.births import birth_of
from oberih.register.list_columns import NAMES, Column
from oberih.register.values import Marks, Spelling

FORMULA = ("=", "+", "-", "@", "\t", "\r", "|")
EMPTY = frozenset({"-", "—", "–", "?", "н/д", "n/a", "невідомо", "неизвестно"})
LONGEST = 120
Fields = dict[str, str]


class Fault(StrEnum):
    """Why a row cannot be taken."""

    NO_NAME = "no name"
    BAD_DATE = "date"
    FORMULA = "formula"
    TOO_LONG = "too long"
    TWICE = "twice"


class Remark(StrEnum):
    """What a person may want to look at; the row is taken all the same."""

    MIXED = "mixed letters"
    YEAR_ONLY = "year only"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row's fields by column, under which it matches other issues, and what is wrong."""

    fields: Fields
    match: str
    fault: Fault | None
    remarks: tuple[Remark, ...]


def read_row(cells: Sequence[str], *, columns: Sequence[Column]) -> ReadRow:
    """Return what a row says."""
    fields = {
        column.value: _cleaned(cell)
        for column, cell in zip(columns, cells, strict=False)
        if column and _cleaned(cell)
    }
    return ReadRow(fields, match_of(fields), _fault(fields), tuple(_remarks(fields)))


def match_of(fields: Mapping[str, str]) -> str:
    """Return under what a row is found again: the source's own number, else name and birth."""
    number = fields.get(Column.NUMBER, "")
    told = ["number", number] if number else ["name", *_name_words(fields), *_birth(fields)]
    return hashlib.sha256(canonical.encode(told)).hexdigest()


def spelling_of(fields: Mapping[str, str]) -> Spelling:
    """Return the name; a whole name in one cell is parted later, by its sound."""
    surname = fields.get(Column.SURNAME, "") or fields.get(Column.NAME, "")
    return Spelling(surname, fields.get(Column.GIVEN, ""), fields.get(Column.PATRONYMIC, ""))


def marks_of(fields: Mapping[str, str]) -> Marks:
    """Return what tells the person from a namesake."""
    birth = birth_of(fields.get(Column.BORN, ""))
    return Marks(
        born_on=birth.day,
        born_year=birth.year,
        birthplace=fields.get(Column.BIRTHPLACE, ""),
        service_number=fields.get(Column.SERVICE_NUMBER, "")[:40],
        rank=fields.get(Column.RANK, "")[:60],
        unit=fields.get(Column.UNIT, ""),
    )


def disarmed(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _cleaned(cell: str) -> str:
    bare = cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell
    text = shown_line(bare).strip()
    return "" if text.lower() in EMPTY else text


def _fault(fields: Mapping[str, str]) -> Fault | None:
    if any(cell.startswith(FORMULA) for cell in fields.values()):
        return Fault.FORMULA
    if any(len(cell) > LONGEST for cell in fields.values()):
        return Fault.TOO_LONG
    if not any(words_of(fields.get(column, "")) for column in NAMES - {Column.PATRONYMIC}):
        return Fault.NO_NAME
    born = fields.get(Column.BORN, "")
    return Fault.BAD_DATE if born and birth_of(born).year is None else None


def _remarks(fields: Mapping[str, str]) -> list[Remark]:
    found = []
    if any(is_mixed(fields.get(column, "")) for column in NAMES):
        found.append(Remark.MIXED)
    born = fields.get(Column.BORN, "")
    if born and birth_of(born).day is None:
        found.append(Remark.YEAR_ONLY)
    return found


def _name_words(fields: Mapping[str, str]) -> list[str]:
    columns = (Column.SURNAME, Column.NAME, Column.GIVEN, Column.PATRONYMIC)
    return [word for column in columns for word in words_of(fields.get(column, ""))]


def _birth(fields: Mapping[str, str]) -> list[str]:
    birth = birth_of(fields.get(Column.BORN, ""))
    return [str(birth.day or birth.year or "")]
