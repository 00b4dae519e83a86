"""Capture cards: printed blank, read back into a record; scans' text read as a table."""

from importlib import import_module

import pytest
from desk_cast import Browse
from django.urls import reverse
from register_cast import Cast

from oberih.desk.register import card_paper
from oberih.formats import capture_card
from oberih.register.models import Event, NameForm, Requester, SoughtPerson
from oberih.register.states import EventType
from oberih.sandbox.tables import read_rows
from oberih.staff.models import Member

pytestmark = pytest.mark.django_db
SCAN = """№   Прізвище      Ім’я    По батькові    Дата народження
1   Гнатюк        Остап   Богданович     О7.О5.199О
2   Вербицький    Роман   Петрович       0З.12.1987
3   Лісовий       Іван                   1l.0l.1991
"""


def typed(register: Cast, **more: str) -> dict[str, str]:
    day = register.now.date().isoformat()
    told = {"surname": "Гнатюк", "given": "Остап", "role": "main", "category": "prisoner of war"}
    source = {"source": str(register.source().pk), "written_on": day, "version": "oberih-card-1"}
    return {**told, **source, "father_given": "Богдан", "place": "ВК-10", **more}


def test_a_filled_card_becomes_a_record(register: Cast, browse: Browse) -> None:
    browse(register.tracing).post(reverse("desk:register-cards"), typed(register))

    person, event = SoughtPerson.objects.get(), Event.objects.get()
    assert (event.type, event.place) == (EventType.CARD_RECEIVED, "ВК-10")
    assert person.identities.get().father_given == "Богдан"
    assert not Requester.objects.exists()


@pytest.mark.parametrize("category", ["civilian", "unknown"])
def test_who_is_no_prisoner_of_war_has_a_card_too(
    register: Cast, browse: Browse, category: str
) -> None:
    told = typed(register, category=category)

    browse(register.tracing).post(reverse("desk:register-cards"), told)

    assert SoughtPerson.objects.get().category == category


def test_a_card_of_somebody_known_is_put_beside_what_is_known(
    register: Cast, browse: Browse
) -> None:
    person, browser = register.person("Гнатюк", "Остап"), browse(register.tracing)
    told = typed(register, person=person, surname="Hnatiuk")
    for _ in range(2):
        browser.post(reverse("desk:register-cards"), told)

    assert SoughtPerson.objects.count() == 1
    assert NameForm.objects.filter(person=person).count() == 2
    assert Event.objects.count() == 2


@pytest.mark.parametrize(
    "wrong", [{"version": "oberih-card-9"}, {"person": "p-0"}, {"written_on": "soon"}]
)
def test_another_form_and_an_unknown_person_are_refused(
    register: Cast, browse: Browse, wrong: dict[str, str]
) -> None:
    shown = browse(register.tracing).post(reverse("desk:register-cards"), typed(register, **wrong))

    assert shown.status_code == 400
    assert not Event.objects.exists()


def test_blank_cards_are_drawn_once_in_both_languages(register: Cast) -> None:
    pytest.importorskip("weasyprint")
    for language in card_paper.LANGUAGES:
        card_paper._place(language).unlink(missing_ok=True)  # noqa: SLF001  # another test may have drawn it

    assert (card_paper.draw_cards(), card_paper.draw_cards()) == (2, 0)
    assert card_paper.blank_card("uk", by=register.tracing).startswith(b"%PDF-")


def test_the_card_asks_for_no_unit() -> None:
    card = capture_card.BlankCard("en", "t", "<w>", card_paper.ROWS, card_paper.RULE, "v")

    assert "&lt;w&gt;" in capture_card.page(card)
    assert not any("unit" in row.lower() for row in card_paper.ROWS)


def test_every_word_of_the_card_is_translated() -> None:
    words = import_module("tests.desk.cases.test_desk_words").translated()
    said = {*card_paper.ROWS, card_paper.TITLE, card_paper.WHY, card_paper.RULE}

    assert said - words == set()


def test_nobody_else_reads_cards(browse: Browse, lead: Member) -> None:
    assert browse(lead).get(reverse("desk:register-cards")).status_code == 403
    assert browse(lead).get("/register/cards/uk.pdf").status_code == 403


def test_the_text_of_a_scanned_list_is_read_as_a_table() -> None:
    rows = read_rows(SCAN.encode())

    assert rows[0] == ["№", "Прізвище", "Ім’я", "По батькові", "Дата народження"]
    assert [row[-1] for row in rows[1:]] == ["07.05.1990", "03.12.1987", "11.01.1991"]


@pytest.mark.parametrize("text", ["Гнатюк, Остап\nТкачук,  Роман", "Гнатюк;О.  Б.\nТкачук;Роман"])
def test_a_table_with_delimiters_is_not_taken_for_a_scan(text: str) -> None:
    assert [len(row) for row in read_rows(text.encode())] == [2, 2]


def test_bars_of_a_scan_part_its_columns() -> None:
    assert read_rows("| Гнатюк | Остап |\n| Ткачук | Роман |\n".encode()) == [
        ["Гнатюк", "Остап"],
        ["Ткачук", "Роман"],
    ]
