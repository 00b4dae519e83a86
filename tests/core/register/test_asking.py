from random import Random

import pytest

from oberih.register.linkage.asking import Listed
from oberih.register.linkage.model import load_model
from oberih.register.linkage.reading import Row
from oberih.register.training.noise import Lists, Noise, Wanted, two_lists
from oberih.register.training.people import training_stock


@pytest.fixture(scope="module")
def lists() -> Lists:
    noise = Noise().times(0.3)
    wanted = Wanted(300, 0.5, noise, noise)
    return two_lists(wanted, stock=training_stock(), chance=Random(3))  # noqa: S311  # invented


def test_one_request_finds_its_row_among_many(lists: Lists) -> None:
    truth = dict(lists.truth)
    asked = [row for row in lists.a if row.id in truth][:20]
    with Listed(lists.b, model=load_model()) as listed:
        answers = [listed.ask(row) for row in asked]

    found = [one[0].id for one in answers if one]
    assert sum(truth[row.id] in found for row in asked) >= 18


def test_an_answer_tells_what_each_field_adds() -> None:
    row = Row("1", "Шевченко", "Тарас", "Григорович", "1985-05-07", "Київ", "93 ОМБр")
    other = Row("x", "Shevchenko", "Taras", "", "07.05.1985", "Kyiv", "")
    with Listed([other, Row("y", "Мороз", "Іван")], model=load_model()) as listed:
        (answer,) = listed.ask(row, least=0.5)

    assert answer.id == "x"
    assert answer.contributions["dob"] > 5
    assert answer.contributions["patronymic"] == 0
    assert not answer.tied


def test_rows_that_are_added_are_found_and_namesakes_are_shown_as_a_tie() -> None:
    row = Row("1", "Мороз", "Іван", "Петрович", "1990-02-03")
    with Listed([row._replace(id="x")], model=load_model()) as listed:
        listed.add([row._replace(id="y")])
        answers = listed.ask(row, least=0.1)

    assert {one.id for one in answers} == {"x", "y"}
    assert all(one.tied and one.probability < 0.6 for one in answers)


def test_a_request_without_anything_to_compare_finds_nobody() -> None:
    with Listed([Row("x", "Мороз", "Іван")], model=load_model()) as listed:
        assert listed.ask(Row("1", "", "")) == []
