"""Brothers, fathers and sons, namesakes: the program may propose them, it never accepts one."""

import pytest

from oberih.register.linkage.asking import Answer, Listed
from oberih.register.linkage.assignment import Lengths
from oberih.register.linkage.candidates import joined
from oberih.register.linkage.deciding import Decided, decide
from oberih.register.linkage.engines import Engine, candidates_by
from oberih.register.linkage.model import load_model
from oberih.register.linkage.reading import Row
from oberih.register.linkage.table import table_of

SOUGHT = Row("x", "Гнатюк", "Остап", "Богданович", "1990-05-07", "Умань", "36 обрмп")
KIN = {
    "a brother a year older": SOUGHT._replace(given="Тарас", dob="1989-06-11"),
    "a brother in one unit": SOUGHT._replace(given="Назар", dob="1991-05-07", unit="36 бригада"),
    "a twin": SOUGHT._replace(given="Тарас"),
    "a twin with initials": SOUGHT._replace(given="Т.", patronymic="Б."),
    "his father": SOUGHT._replace(given="Богдан", patronymic="Іванович", dob="1962-05-07"),
    "a namesake of another year": SOUGHT._replace(dob="1974-11-23", birthplace="Суми", unit="95"),
    "a namesake in Latin letters": Row("x", "Hnatiuk", "Ostap", "", "23.11.1974", "Sumy"),
    "a cousin": SOUGHT._replace(patronymic="Іванович", dob="1990-11-23", unit="95 бригада"),
}
CROWD = [
    Row(f"c{n}", f"{start}{end}", given, "Іванович", f"19{70 + n % 30}-0{1 + n % 9}-15", "Київ")
    for n, (start, end, given) in enumerate(
        (start, end, given)
        for start in ("Коваль", "Мороз", "Петр", "Бондар", "Литв", "Савч", "Дуб")
        for end in ("енко", "чук", "ик", "ський", "ин")
        for given in ("Іван", "Сергій", "Андрій", "Микола")
    )
]


def asked(row: Row, *others: Row) -> list[Answer]:
    listed = [one._replace(id=str(place)) for place, one in enumerate(others)]
    with Listed([*listed, *CROWD], model=load_model()) as rows:
        return rows.ask(row)


@pytest.mark.parametrize("kind", KIN)
def test_kin_or_a_namesake_alone_is_no_link(kind: str) -> None:
    likeliest = max((one.probability for one in asked(SOUGHT, KIN[kind])), default=0.0)

    assert likeliest < load_model().threshold


@pytest.mark.parametrize("kind", KIN)
def test_beside_kin_the_man_himself_comes_first(kind: str) -> None:
    himself = Row("x", "Hnatiuk", "Ostap", "Bohdanovych", "07.05.1990", "Uman", "36 brigade")

    answers = asked(SOUGHT, KIN[kind], himself)

    assert answers[0].id == "1"
    assert answers[0].probability >= load_model().threshold


def test_two_rows_that_say_the_same_are_a_tie_and_neither_is_a_link() -> None:
    answers = asked(SOUGHT, SOUGHT, SOUGHT)

    assert [one.tied for one in answers[:2]] == [True, True]
    assert all(one.probability < load_model().threshold for one in answers)


def decided(a: list[Row], b: list[Row]) -> Decided:
    model = load_model()
    tables = table_of(a), table_of(b)
    found = candidates_by(Engine.DUCKDB)(*tables, model=model, least=None)
    candidates = joined([part for *_, part in found])
    return decide(candidates, model=model, lengths=Lengths(len(a), len(b)))


def test_no_probability_is_a_certainty_and_a_decision_has_no_state() -> None:
    both = [SOUGHT, *CROWD]

    told = decided(both, both)

    assert told.probability.max() < 1
    assert set(Decided.__slots__) == {"probability", "tied"}
