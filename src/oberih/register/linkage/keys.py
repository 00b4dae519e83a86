"""A row as the columns that are compared; nothing in them is meant for a person's eyes."""

from typing import NamedTuple

from oberih.core.names.given import given_of
from oberih.core.names.patronymics import patronymic_of
from oberih.core.names.person import PersonName, person_name
from oberih.core.names.sounds import sound_of
from oberih.core.names.surnames import surname_of
from oberih.register.linkage.dates import Born, born_of
from oberih.register.linkage.places import place_of
from oberih.register.linkage.reading import Row
from oberih.register.linkage.units import unit_of

_START, _END, _LAST = 4, 4, 2
_INITIALS = str.maketrans("oiunf", "aaamp")


class Keys(NamedTuple):
    """The columns of one row; an unknown one is None, which compares as neither for nor against.

    Names: `surname` and `given` are classes, the others their sounds in other widths and their
    parts; `given_known` and `patronymic_known` are the classes only where a table has the name.
    `surname_ends` are the first sound and the last two. `born` is YYYYMMDD, `born_turned` the same
    with day and month changed over, `born_sorted` its digits in order (a transposition leaves them
    equal).
    """

    surname: str | None
    surname_strict: str | None
    surname_frame: str | None
    surname_initial: str | None
    surname_start: str | None
    surname_end: str | None
    surname_ends: str | None
    surname_sorted: str | None
    surname_first: str | None
    surname_last: str | None
    given: str | None
    given_kin: str | None
    given_sound: str | None
    given_initial: str | None
    given_known: str | None
    patronymic: str | None
    patronymic_initial: str | None
    patronymic_known: str | None
    born: str | None
    born_turned: str | None
    born_sorted: str | None
    born_day: str | None
    born_month: str | None
    born_year: int | None
    place: str | None
    place_frame: str | None
    area: str | None
    unit: str | None
    unit_code: str | None
    unit_number: str | None
    unit_kind: str | None
    unit_name: str | None


def keys_of(row: Row) -> Keys:
    """Return the columns of one row."""
    name = person_name(row.surname, row.given, patronymic=row.patronymic)
    born = born_of(row.dob)
    cells = (
        *_surname(name), *_given(name), *_patronymic(name), *_born(born),
        born.year if born else None, *_place(row.birthplace), *_unit(row.unit),
    )  # fmt: skip
    return Keys._make(cells)


def _surname(name: PersonName) -> tuple[str | None, ...]:
    if not name.surname:
        return (None,) * 10
    surname = surname_of(name.surname, tradition=name.tradition)
    whole = surname.whole
    parts = surname.parts or (whole.plain,)
    plain = whole.plain or None
    start, end = whole.plain[:_START], whole.plain[-_END:]
    ordered, initial = "".join(sorted(whole.plain)), _initial(whole.plain)
    both = initial + whole.plain[-_LAST:] if initial else None
    ends = initial, start, end, both, ordered, parts[0], parts[-1]
    return plain, whole.strict, whole.frame, *ends


def _given(name: PersonName) -> tuple[str | None, ...]:
    if not name.given:
        return (None,) * 5
    word = name.given[0]
    sound = sound_of(word, tradition=name.tradition).plain
    if len(word) == 1:
        return None, None, None, _initial(sound), None
    given = given_of(word, tradition=name.tradition)
    known = given.name if given.is_sure else None
    return given.name or None, given.kin or None, sound or None, _initial(given.name), known


def _patronymic(name: PersonName) -> tuple[str | None, ...]:
    if not name.patronymic:
        return (None,) * 3
    word = name.patronymic[0]
    if len(word) == 1:
        return None, _initial(sound_of(word, tradition=name.tradition).plain), None
    found = patronymic_of(word, tradition=name.tradition)
    return found.father or None, _initial(found.father), found.father if found.is_known else None


def _initial(sound: str) -> str | None:
    """Return the first sound; О, А, Є and Ю, М and Н, П and Ф begin one name in two languages."""
    return sound[0].translate(_INITIALS) if sound else None


def _born(born: Born | None) -> tuple[str | None, ...]:
    if born is None or not born.is_full:
        return (None,) * 5
    whole = f"{born.year:04}{born.month:02}{born.day:02}"
    turned = f"{born.year:04}{born.day:02}{born.month:02}"
    return whole, turned, "".join(sorted(whole)), whole[4:], whole[:6]


def _place(text: str) -> tuple[str | None, ...]:
    place = place_of(text) if text else None
    if place is None:
        return None, None, None
    return place.settlement or None, place.frame or None, place.area or None


def _unit(text: str) -> tuple[str | None, ...]:
    unit = unit_of(text) if text else None
    if unit is None:
        return (None,) * 5
    return tuple(one or None for one in (unit.key, unit.code, unit.number, unit.kind, unit.name))
