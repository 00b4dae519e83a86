"""The three parts of a person's name, each in its place, whatever cell it was written in."""

from dataclasses import dataclass

from oberih.core.names.given import given_of
from oberih.core.names.patronymics import is_patronymic
from oberih.core.names.sounds import Tradition, tradition_of
from oberih.core.names.words import words_of

_PARTS = 3


@dataclass(frozen=True, slots=True)
class PersonName:
    """The words of surname, given name and patronymic; `tradition` is the habit of the Latin ones.

    `is_moved` tells that a part was not in its own cell.
    """

    surname: tuple[str, ...]
    given: tuple[str, ...]
    patronymic: tuple[str, ...]
    tradition: Tradition
    is_moved: bool = False


def person_name(surname: str, given: str, *, patronymic: str = "") -> PersonName:
    """Return the parts of a name, moved where the cells were evidently confused.

    A patronymic behind a given name goes to its own place; a whole name in the surname's cell is
    parted; surname and given name change places when only so the given name is a known one.
    """
    cells = words_of(surname), words_of(given), words_of(patronymic)
    tradition = tradition_of(cells[0] + cells[1] + cells[2])
    parted = _swapped(_parted(*cells))
    return PersonName(*parted, tradition, is_moved=parted != cells)


_Cells = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _parted(
    surname: tuple[str, ...], given: tuple[str, ...], patronymic: tuple[str, ...]
) -> _Cells:
    if not given and not patronymic and len(surname) > 1:
        return _whole(surname)
    if not patronymic and len(given) > 1 and is_patronymic(given[-1]):
        return surname, given[:-1], given[-1:]
    return surname, given, patronymic


def _whole(words: tuple[str, ...]) -> _Cells:
    """Part a whole name: surname first, or surname last when the second word is a patronymic."""
    if len(words) == _PARTS and is_patronymic(words[1]):
        return words[2:], words[:1], words[1:2]
    if is_patronymic(words[-1]):
        return words[:-2], words[-2:-1], words[-1:]
    if len(words) == _PARTS - 1 and _is_known(words[0]) and not _is_known(words[1]):
        return words[1:], words[:1], ()
    return words[:1], words[1:2], words[2:]


def _swapped(cells: _Cells) -> _Cells:
    surname, given, patronymic = cells
    if not surname or not given:
        return cells
    if max(map(len, surname)) == 1 < len(given[0]):  # initials stand first
        return given, surname[:1], patronymic or surname[1:2]
    if len(surname) == 1 and _names_better(surname[0], given):
        return given, surname, patronymic
    if patronymic and is_patronymic(given[0]) and not is_patronymic(patronymic[0]):
        return (surname, patronymic, given) if _is_known(patronymic[0]) else cells
    return cells


def _names_better(word: str, others: tuple[str, ...]) -> bool:
    """Tell whether one word is a given name and none of the others, or only with a slip."""
    if len(others[0]) == 1:
        return False
    found, rest = given_of(word), [given_of(one) for one in others]
    if not any(one.is_known for one in rest):
        return found.is_known
    return found.is_sure and not any(one.is_sure for one in rest)


def _is_known(word: str) -> bool:
    return given_of(word).is_known
