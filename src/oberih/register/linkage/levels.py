"""What is compared in each field, from full agreement to none, and what is a candidate.

The conditions are SQL that DuckDB and Spark read alike. A level with `counts` is worth more for a
rare value than for a common one.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """One level of agreement: its name, its condition in SQL, the column whose rarity counts."""

    name: str
    condition: str
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: when it says nothing (`unknown`), and its levels, the first that holds counts."""

    name: str
    unknown: str
    levels: tuple[Level, ...]


def _same(column: str) -> str:
    return f"{column}_l = {column}_r"


def _apart(column: str, *, most: int, least: int) -> str:
    return (
        f"levenshtein({column}_l, {column}_r) <= {most} and"
        f" least(length({column}_l), length({column}_r)) >= {least}"
    )


def _missing(*columns: str) -> str:
    return " or ".join(f"{column}_l is null or {column}_r is null" for column in columns)


_SWAPPED = "surname_l = given_sound_r and given_sound_l = surname_r"
_SHORT_FORM = "least(length(given_sound_l), length(given_sound_r)) < 6"
_DIGIT = "levenshtein(born_l, born_r) = 1"
_DECLINED = "levenshtein(given_l, given_r) <= 1"
_WITHIN = "(place_frame_l = area_r or area_l = place_frame_r)"

FIELDS = (
    Field(
        "surname",
        _missing("surname"),
        (
            Level("same spelling", _same("surname_strict"), counts="surname"),
            Level("same sound", _same("surname"), counts="surname"),
            Level("in the given name's place", _SWAPPED),
            Level(
                "same consonants",
                f"{_same('surname_frame')} and length(surname_frame_l) >= 3",
                counts="surname",
            ),
            Level("one sound of many apart", _apart("surname", most=1, least=7), counts="surname"),
            Level("one sound apart", _apart("surname", most=1, least=3), counts="surname"),
            Level(
                "two sounds changed over",
                f"{_same('surname_sorted')} and {_apart('surname', most=2, least=3)}",
                counts="surname",
            ),
            Level(
                "one part of two",
                "(surname_first_l <> surname_last_l or surname_first_r <> surname_last_r) and"
                " (surname_first_l in (surname_first_r, surname_last_r)"
                " or surname_last_l in (surname_first_r, surname_last_r))",
            ),
            Level("one consonant of many apart", _apart("surname_frame", most=1, least=5)),
            Level("one consonant apart", _apart("surname_frame", most=1, least=3)),
            Level("two sounds apart", _apart("surname", most=2, least=6)),
            Level("same beginning", _same("surname_start")),
            Level("different", "ELSE"),
        ),
    ),
    Field(
        "given",
        "given_initial_l is null or given_initial_r is null",
        (
            Level("same name", _same("given"), counts="given"),
            Level("in the surname's place", _SWAPPED),
            Level("kindred name", f"{_same('given_kin')} and ({_SHORT_FORM} or {_DECLINED})"),
            Level("another name", "given_known_l <> given_known_r"),
            Level("one sound apart", _apart("given_sound", most=1, least=4)),
            Level(
                "same initial",
                "(given_l is null or given_r is null) and given_initial_l = given_initial_r",
            ),
            Level("another initial", "given_l is null or given_r is null"),
            Level("two sounds apart", _apart("given_sound", most=2, least=6)),
            Level("same beginning", _same("given_initial")),
            Level("different", "ELSE"),
        ),
    ),
    Field(
        "patronymic",
        "patronymic_initial_l is null or patronymic_initial_r is null",
        (
            Level("same father", _same("patronymic"), counts="patronymic"),
            Level("another father", "patronymic_known_l <> patronymic_known_r"),
            Level("one sound apart", _apart("patronymic", most=1, least=4)),
            Level(
                "same initial",
                "(patronymic_l is null or patronymic_r is null)"
                " and patronymic_initial_l = patronymic_initial_r",
            ),
            Level("another initial", "patronymic_l is null or patronymic_r is null"),
            Level("two sounds apart", _apart("patronymic", most=2, least=6)),
            Level("different", "ELSE"),
        ),
    ),
    Field(
        "dob",
        _missing("born_year"),
        (
            Level("same date", _same("born")),
            Level("day and month changed over", "born_l = born_turned_r"),
            Level("one digit of the day", f"{_same('born_month')} and {_DIGIT}"),
            Level("one digit of the year", f"{_same('born_day')} and {_DIGIT}"),
            Level("one digit of the month", _DIGIT),
            Level(
                "two digits changed over",
                "born_sorted_l = born_sorted_r and levenshtein(born_l, born_r) = 2",
            ),
            Level(
                "same year, rest unknown",
                f"(born_l is null or born_r is null) and {_same('born_year')}",
            ),
            Level("same month", _same("born_month")),
            Level("same day and month", _same("born_day")),
            Level("same year", _same("born_year")),
            Level("years one apart", "abs(born_year_l - born_year_r) = 1"),
            Level("years ten apart", "abs(born_year_l - born_year_r) = 10"),
            Level("different", "ELSE"),
        ),
    ),
    Field(
        "birthplace",
        f"({_missing('place')}) and ({_missing('area')}) and not coalesce({_WITHIN}, false)",
        (
            Level("same place", _same("place"), counts="place"),
            Level("same consonants", _same("place_frame")),
            Level("one sound apart", _apart("place", most=1, least=4)),
            Level(
                "same area, place unknown",
                f"(place_l is null or place_r is null) and {_same('area')}",
            ),
            Level("one is the other's area", _WITHIN),
            Level("same area", _same("area")),
            Level("different", "ELSE"),
        ),
    ),
    Field(
        "unit",
        f"({_missing('unit_code')}) and ({_missing('unit_number')}) and ({_missing('unit_name')})",
        (
            Level("same code", _same("unit_code"), counts="unit"),
            Level(
                "same unit",
                f"{_same('unit_number')} and unit_kind_l = unit_kind_r",
                counts="unit",
            ),
            Level(
                "same number, kind unknown",
                f"{_same('unit_number')} and (unit_kind_l is null or unit_kind_r is null)",
                counts="unit",
            ),
            Level("same name", _same("unit_name"), counts="unit"),
            Level("same number", _same("unit_number")),
            Level("one sound apart", _apart("unit_name", most=1, least=4)),
            Level(
                "one sign apart",
                f"{_apart('unit_number', most=1, least=3)}"
                f" or {_apart('unit_code', most=1, least=3)}",
            ),
            Level("different", "ELSE"),
        ),
    ),
)

CANDIDATES = (
    ("born",),
    ("surname_frame", "given_initial"),
    ("surname_frame", "born_year"),
    ("surname_frame", "patronymic"),
    ("surname_start", "given"),
    ("surname_start", "patronymic"),
    ("surname_sorted", "given_initial"),
    ("surname_initial", "given", "patronymic"),
    ("surname_ends", "given"),
    ("surname_end", "given", "patronymic"),
    ("surname_end", "given", "born_year"),
    ("given", "patronymic", "born_year"),
    ("born_day", "given"),
    ("born_day", "surname_frame"),
    ("born_month", "given_initial", "surname_initial"),
    ("unit", "given", "patronymic"),
    ("unit", "given", "born_year"),
    ("unit", "given", "surname_initial"),
    ("unit", "surname_frame"),
    ("unit", "surname_start"),
    ("place_frame", "given", "patronymic"),
    ("place_frame", "given", "born_year"),
    ("place_frame", "given", "surname_initial"),
    ("place_frame", "surname_frame"),
    ("place_frame", "surname_start"),
    ("unit", "place_frame", "born_year"),
    ("unit", "place_frame", "surname_initial"),
)
"""Two rows are candidates when all columns of one line are equal."""

CROSSED = (
    (("surname", "given_sound"), ("given_sound", "surname")),
    (("born", "born_turned"), ("given", "given")),
    (("surname_first", "surname_last"), ("born_year", "born_year")),
    (("surname_last", "surname_first"), ("born_year", "born_year")),
    (("surname_last", "surname_first"), ("given", "given")),
    (("surname_first", "surname_last"), ("given", "given")),
    (("surname_last", "surname_last"), ("given", "given")),
    (("surname_first", "surname_first"), ("given", "given")),
)
"""The same where a column of the first list is equal to another one of the second."""

RULES = (*(tuple((one, one) for one in columns) for columns in CANDIDATES), *CROSSED)
"""All rules as pairs of columns, the first list's first."""
