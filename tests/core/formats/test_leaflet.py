"""Promises of the leaflet: one page, drawn here, with nothing fetched."""

from dataclasses import replace
from datetime import date

from oberih.formats.leaflet import Leaflet, build, page

LEAFLET = Leaflet(
    language="uk",
    headline="Просять знімки <вокзалу>",
    text="Обіцяють лист.",
    advice="Не робіть.",
    check="Код: abcdefgh",
    address="https://oberih.example/uk/lookup/",
    day=date(2026, 11, 22),
)


def test_it_is_a_pdf() -> None:
    assert build(LEAFLET).startswith(b"%PDF-")


def test_words_are_never_markup() -> None:
    assert "&lt;вокзалу&gt;" in page(LEAFLET)


def test_it_carries_a_code_and_its_address() -> None:
    assert "<svg" in page(LEAFLET)
    assert LEAFLET.address in page(LEAFLET)


def test_an_exercise_says_so_on_paper() -> None:
    assert "НАВЧАННЯ" in page(replace(LEAFLET, mark="НАВЧАННЯ"))
