"""Search keys of an older making are made anew, in portions, and every change has a version."""

import hashlib

import pytest
from register_cast import Cast

from oberih.register import catching_up
from oberih.register.finding import find
from oberih.register.models import NameKey, SoughtPerson
from oberih.register.search_keys import VERSION, keys_of_spelling

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NAMES = [
    ("Гнатюк", "Остап", "Юрійович"),
    ("Шевченко-Лісова", "Марія", "Петрівна"),
    ("Ковалёв", "Дмитрий", "Сергеевич"),
    ("Tkachuk", "Yurii", "Mykolaiovych"),
    ("Глушко", "Павло", "Никлоаевич"),
]
KNOWN = {2: "5b22e9b2703c3a31"}


def older(register: Cast) -> str:
    """Return somebody whose keys are those of an older making."""
    person = register.person("Гнатюк", "Остап")
    NameKey.objects.filter(person=person).delete()
    NameKey.objects.create(key=1, person_id=person)
    SoughtPerson.objects.filter(pk=person).update(keys_version=0)
    return person


def test_older_keys_are_made_anew(register: Cast) -> None:
    person = older(register)
    before = find("Гнатюк")

    assert catching_up.catch_up() == 1
    assert (before, [one.person for one in find("Hnatiuk")]) == ([], [person])
    assert not NameKey.objects.filter(key=1).exists()
    assert catching_up.catch_up() == 0


def test_they_are_made_in_portions(register: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [older(register) for _ in range(3)]
    monkeypatch.setattr(catching_up, "MOST_AT_ONCE", 2)

    done = [catching_up.catch_up() for _ in range(3)]

    assert done == [2, 1, 0]
    assert {one.person for one in find("Гнатюк")} == set(people)


def test_new_people_need_no_catching_up(register: Cast) -> None:
    register.person("Гнатюк")

    assert catching_up.catch_up() == 0


def test_no_key_changes_without_a_new_version() -> None:
    keys = [sorted(keys_of_spelling(one, two, patronymic=three)) for one, two, three in NAMES]

    assert hashlib.sha256(repr(keys).encode()).hexdigest()[:16] == KNOWN[VERSION]
