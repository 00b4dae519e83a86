"""A table of paper forms, read row by row: what is understood fills a form, the rest is shown.

Nothing in a row is ever dropped: a cell or column that is not understood is shown to the officer.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.utils.translation import override

from oberih.desk.calls.refusals import NoSuchTable, TooManyForms
from oberih.desk.regions import REGIONS

MOST_FORMS = 10
LARGEST = 1024 * 1024
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y")
YES = frozenset({"так", "yes", "да", "1", "+", "x", "х", "v", "☑", "true"})
NO = frozenset({"ні", "no", "нет", "0", "-", "☐", "false"})
TONGUES = {
    **dict.fromkeys(("uk", "українська", "укр", "ukrainian"), "uk"),
    **dict.fromkeys(("ru", "російська", "рос", "russian", "русский"), "ru"),
    **dict.fromkeys(("en", "англійська", "англ", "english"), "en"),
}
REGION = re.compile(r"^(?:м\.|місто)\s*|\s*(?:область|обл\.?|region)$")
COLUMNS = {
    "paper_on": ("день", "day"),
    "can_talk": ("може говорити", "can talk"),
    "in_danger": ("небезпека зараз", "danger now"),
    "never_call": ("ніколи не передзвонювати", "never call back"),
    "call_word": ("слово", "word"),
    "best_time": ("зручний час", "best time"),
    "consent": ("згода", "consent"),
    "said": ("що сказали на згоду", "said to it"),
    "language": ("мова", "language"),
    "under18": ("до 18 років", "under 18"),
    "not_alone": ("не писати", "do not write"),
    "region": ("область", "region"),
    "text": ("що сталося", "what happened"),
}
"""The columns, by the field that they fill, with their names in Ukrainian and English."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """What one row gives a form, and what was not understood, as "column: cell" lines."""

    fields: Mapping[str, str]
    unread: str


def template(language: str) -> bytes:
    """Return an empty table with its columns' names, for a spreadsheet."""
    place = 1 if language == "en" else 0
    return ("\ufeff" + ";".join(names[place] for names in COLUMNS.values()) + "\r\n").encode()


def rows_of(content: bytes) -> list[PaperRow]:
    """Return the rows that say anything; raises NoSuchTable, TooManyForms."""
    lines = _table(content)
    known = [_field(name) for name in lines[0]] if lines else []
    if not any(known):
        raise NoSuchTable
    rows = [_row(cells, header=lines[0]) for cells in lines[1:] if any(map(str.strip, cells))]
    if len(rows) > MOST_FORMS:
        raise TooManyForms
    return rows


def _table(content: bytes) -> list[list[str]]:
    if len(content) > LARGEST:
        raise NoSuchTable
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter))
    except csv.Error as error:
        raise NoSuchTable from error


def _field(name: str) -> str:
    """Return the field that a column fills, or nothing."""
    said = name.strip().lower()
    return next((field for field, names in COLUMNS.items() if said in {field, *names}), "")


def _row(cells: list[str], *, header: list[str]) -> PaperRow:
    fields: dict[str, str] = {}
    unread: list[str] = []
    named = [*header, *[""] * (len(cells) - len(header))]
    for name, cell in zip(named, (one.strip() for one in cells), strict=False):
        field = _field(name)
        value = READERS.get(field, str)(cell) if field and field not in fields else ""
        if value:
            fields[field] = value
        elif cell and not (field in TICKED and cell.lower() in NO):
            unread.append(f"{name.strip()}: {cell}")
    return PaperRow(fields, "\n".join(unread))


def _day(cell: str) -> str:
    for form in DAYS:
        try:
            return datetime.strptime(cell, form).date().isoformat()  # noqa: DTZ007  # only its day
        except ValueError:
            continue
    return ""


def _choice(cell: str) -> str:
    said = cell.lower()
    return "yes" if said in YES else "no" if said in NO else ""


def _tick(cell: str) -> str:
    return "on" if cell.lower() in YES else ""


def _region(cell: str) -> str:
    said = cell.lower()
    return _regions().get(said) or _regions().get(REGION.sub("", said), "")


@cache
def _regions() -> dict[str, str]:
    """Return the regions' codes by their codes and names, in small letters, "region" left out too.

    A whole name goes before a shortened one: Kyiv alone is the city.
    """
    found = {code.lower(): code for code in REGIONS}
    short: dict[str, str] = {}
    for language in ("uk", "en"):
        with override(language):
            named = {str(name).lower(): code for code, name in REGIONS.items()}
        found |= named
        short |= {REGION.sub("", name): code for name, code in named.items()}
    return short | found


TICKED = frozenset({"never_call", "consent", "under18", "not_alone"})
READERS: dict[str, Callable[[str], str]] = {
    "paper_on": _day,
    "can_talk": _choice,
    "in_danger": _choice,
    "language": lambda cell: TONGUES.get(cell.lower(), ""),
    "region": _region,
    **dict.fromkeys(TICKED, _tick),
}
