"""Tables that strangers sent (CSV, XLSX, ODS), read with limits into plain rows of text.

A spreadsheet's formulas are never computed: what a cell showed when it was saved is read. Cells
that were merged all show what the merged one shows.
"""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from oberih.core.canonical import Json
from oberih.sandbox.kinds import Kind, kind_of
from oberih.sandbox.refusals import NotATable, TooLarge

MOST_ROWS = 200_000
MOST_COLUMNS = 60
LONGEST_CELL = 500
WIDEST = 2**14
MOST_UNPACKED = 512 * 1024 * 1024
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = ",;\t|"
SAMPLE = 20
_COLUMNS = re.compile(r"\s*[|¦]\s*|\s{2,}|\t")
_DIGITS = str.maketrans("OОoоЗзlIІ|", "0000331111")
_DATE = re.compile(r"[\dOОoоЗзlIІ]{1,2}\s?[./,-]\s?[\dOОoоЗзlIІ]{1,2}\s?[./,-]\s?[\dOОoоЗзlIІ]{4}")
"""A date as a scan is read, with letters that look like its digits."""

Rows = list[list[str]]


def read_rows(content: bytes) -> Json:
    """Return the rows of the first sheet that has any; raises NotATable, TooLarge."""
    rows = _bounded(_sheet_rows(content) if kind_of(content) is Kind.ARCHIVE else _csv(content))
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise NotATable
    return rows


def prepare() -> None:
    """Read one small table of each kind: later, no module can be loaded any more."""
    read_rows("прізвище;ім’я\nГнатюк;Остап\n".encode("cp1251"))
    read_rows("прізвище\tім’я\nГнатюк\tОстап\n".encode("utf-16"))


def _bounded(rows: Iterable[Iterable[object]]) -> Rows:
    found: Rows = []
    for row in rows:
        cells = [_spelled(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS or len(found) >= MOST_ROWS:
            raise TooLarge
        found.append(cells)
    return found


def _spelled(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).replace("\0", "").replace("\n", " ").strip()
    return text.encode("utf-8", "ignore").decode()[:LONGEST_CELL]


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    lines = [line for line in text.splitlines() if line.strip()][:SAMPLE]
    if _is_scanned(lines):
        yield from (_scanned(line) for line in text.replace("\0", "").splitlines())
        return
    delimiter = max(DELIMITERS, key=lambda one: min((line.count(one) for line in lines), default=0))
    if not any(delimiter in line for line in lines):
        delimiter = max(DELIMITERS, key=text.count)
    try:
        yield from csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter)
    except csv.Error as error:
        raise NotATable from error


def _is_scanned(lines: list[str]) -> bool:
    """Tell whether columns stand apart by spaces, as in the text that was read from a scan."""
    if any(all(one in line for line in lines) for one in ",;\t"):
        return False
    parted = sum(1 for line in lines if len(_COLUMNS.split(line.strip())) > 1)
    return parted * 2 > len(lines)


def _scanned(line: str) -> list[str]:
    """Return the cells of a scanned line; letters that stand for digits in a date are put right."""
    cells = _COLUMNS.split(line.strip().strip("|¦").strip())
    return [cell.translate(_DIGITS) if _DATE.fullmatch(cell) else cell for cell in cells]


def _decoded(content: bytes) -> str:
    marked = next((name for mark, name in MARKS if content.startswith(mark)), None)
    try:
        if marked:
            return content.decode(marked)
        if b"\0\1" in content or content.count(b"\0") > len(content) // 10:
            raise NotATable
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1251", "replace")


def _sheet_rows(content: bytes) -> Rows:
    _require_modest(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
        filled = next((sheet for sheet in sheets if sheet.height), None)
        return [] if filled is None else _unmerged(filled)
    except (CalamineError, OSError, ValueError) as error:
        raise NotATable from error


def _unmerged(sheet: CalamineSheet) -> Rows:
    if sheet.total_height > MOST_ROWS or sheet.total_width > WIDEST:
        raise TooLarge
    rows: Rows = [
        [_spelled(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)
    ]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        shown = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for row in rows[top : bottom + 1]:
            here = slice(left, min(right + 1, len(row)))
            row[here] = [shown] * len(row[here])
    return rows


def _require_modest(content: bytes) -> None:
    """Refuse an archive that says it unpacks to very much; what lies meets the memory limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise NotATable from error
    if unpacked > MOST_UNPACKED:
        raise TooLarge
