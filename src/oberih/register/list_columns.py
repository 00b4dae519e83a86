"""What the columns of a list say: guessed by their headings and by what stands in them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from oberih.core.names.given import given_of
from oberih.core.names.patronymics import is_patronymic
from oberih.core.names.words import words_of
from oberih.register.births import birth_of

MOST_HEADINGS = 10
SAMPLE = 200
MOSTLY = 0.5
LEAST_HEADINGS = 2


class Column(StrEnum):
    """What a column says; an empty one is left out."""

    NOTHING = ""
    NUMBER = "number"
    NAME = "name"
    SURNAME = "surname"
    GIVEN = "given"
    PATRONYMIC = "patronymic"
    BORN = "born"
    BIRTHPLACE = "birthplace"
    SERVICE_NUMBER = "service_number"
    RANK = "rank"
    UNIT = "unit"
    PLACE = "place"


_HEADINGS = (
    (Column.BIRTHPLACE, r"місц\w* народж|мест\w* рожд|birth\s?place|place of birth"),
    (
        Column.BORN,
        r"народж|рожд|\bд\.?\s?н\b|\bд\.?\s?р\b|birth|born|dob",
    ),
    (Column.PATRONYMIC, r"по.?батьк|отчест|patronym|father"),
    (Column.SURNAME, r"прізвищ|фамил|surname|last\s?name|family name"),
    (Column.NAME, r"\bпіб\b|\bп\.?і\.?б|\bфио\b|\bф\.?и\.?о|full\s?name|^name$"),
    (Column.GIVEN, r"^ім.?я|^имя|given|first\s?name"),
    (Column.SERVICE_NUMBER, r"особов\w* номер|особист\w* номер|личн\w* номер|жетон|service|serial"),
    (Column.RANK, r"званн|звание|\brank"),
    (Column.UNIT, r"частин|підрозд|часть|подразд|бригад|\bunit|в/ч"),
    (Column.PLACE, r"місц|место|утрим|содерж|place|facility|camp"),
    (Column.NUMBER, r"^№|^id$|^n$|номер|number|^код"),
)
NAMES = frozenset({Column.NAME, Column.SURNAME, Column.GIVEN, Column.PATRONYMIC})


@dataclass(frozen=True, slots=True)
class Guess:
    """Which row holds the headings (-1: none), and what each column seems to say."""

    heading: int
    columns: tuple[Column, ...]


def guess(rows: Sequence[Sequence[str]]) -> Guess:
    """Return the best guess; a person confirms it."""
    width = max((len(row) for row in rows), default=0)
    heading = _heading(rows)
    body = rows[heading + 1 : heading + 1 + SAMPLE]
    named = _by_headings(rows[heading], width=width) if heading >= 0 else [Column.NOTHING] * width
    return Guess(heading, tuple(_by_contents(named, body=body)))


def remembered(guessed: Guess, *, headings: Sequence[str], known: Mapping[str, str]) -> Guess:
    """Return the guess with what a person said of columns of these headings before."""
    columns = [
        Column(known.get(heading, column.value))
        for heading, column in zip(headings, guessed.columns, strict=False)
    ]
    return Guess(guessed.heading, tuple(columns))


def doubts(columns: Sequence[Column], *, body: Sequence[Sequence[str]]) -> list[Column]:
    """Return the columns whose contents look like another one: swapped ones, for instance."""
    found = []
    for at, column in enumerate(columns):
        cells = [row[at] for row in body[:SAMPLE] if at < len(row) and row[at]]
        if cells and column and _looks_wrong(column, cells=cells):
            found.append(column)
    return found


def _heading(rows: Sequence[Sequence[str]]) -> int:
    scores = [
        sum(1 for cell in row if len(cell) < 40 and _named(cell))  # noqa: PLR2004  # headings are short
        for row in rows[:MOST_HEADINGS]
    ]
    best = max(scores, default=0)
    return scores.index(best) if best >= LEAST_HEADINGS else -1


def _by_headings(headings: Sequence[str], *, width: int) -> list[Column]:
    found = [_named(cell) for cell in headings] + [Column.NOTHING] * (width - len(headings))
    return [Column.NOTHING if column in found[:at] else column for at, column in enumerate(found)]


def _named(heading: str) -> Column:
    text = heading.strip().lower()
    return next((column for column, sign in _HEADINGS if re.search(sign, text)), Column.NOTHING)


def _by_contents(named: list[Column], *, body: Sequence[Sequence[str]]) -> list[Column]:
    found = list(named)
    for at, column in enumerate(named):
        cells = [row[at] for row in body if at < len(row) and row[at]]
        seems = _seems(cells) if cells and not column else Column.NOTHING
        if seems and seems not in found:
            found[at] = seems
    if Column.GIVEN in found and not {Column.SURNAME, Column.NAME} & set(found):
        before = found.index(Column.GIVEN) - 1
        if before >= 0 and not found[before]:
            found[before] = Column.SURNAME
    return found


def _seems(cells: Sequence[str]) -> Column:
    if _share(cells, of=_is_birth) > MOSTLY:
        return Column.BORN
    if _share(cells, of=lambda cell: len(words_of(cell)) >= 3) > MOSTLY and (  # noqa: PLR2004  # three parts
        _share(cells, of=lambda cell: any(map(is_patronymic, words_of(cell)))) > MOSTLY
    ):
        return Column.NAME
    if _share(cells, of=_is_father) > MOSTLY:
        return Column.PATRONYMIC
    return Column.GIVEN if _share(cells, of=_is_given) > MOSTLY else Column.NOTHING


def _looks_wrong(column: Column, *, cells: Sequence[str]) -> bool:
    if column is Column.BORN:
        return _share(cells, of=_is_birth) < MOSTLY
    if column not in NAMES:
        return False
    if _share(cells, of=_is_birth) > MOSTLY:
        return True
    if column is Column.SURNAME:
        return _share(cells, of=_is_given) > MOSTLY or _share(cells, of=_is_father) > MOSTLY
    return column is Column.GIVEN and _share(cells, of=_is_father) > MOSTLY


def _share(cells: Sequence[str], *, of: Callable[[str], bool]) -> float:
    return sum(1 for cell in cells if of(cell)) / len(cells)


def _is_birth(cell: str) -> bool:
    return any(letter.isdigit() for letter in cell) and birth_of(cell).year is not None


def _is_given(cell: str) -> bool:
    words = words_of(cell)
    return len(words) == 1 and given_of(words[0]).is_known


def _is_father(cell: str) -> bool:
    words = words_of(cell)
    return len(words) == 1 and is_patronymic(words[0])
