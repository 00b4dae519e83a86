"""Promises of what is looked at before release: what could point at a family is found."""

import pytest

from oberih.alerts.checks import Doubt, findings
from oberih.alerts.reading import Level, reading

PLAIN = {"headline": "Просять знімки", "text": "Обіцяють лист.", "advice": "Не робіть."}


def doubts(text: str, language: str = "uk") -> set[Doubt]:
    texts = {language: {**PLAIN, "text": text}, "en": PLAIN, "ru": PLAIN}
    texts[language] = {**PLAIN, "text": text}
    return {one.doubt for one in findings(texts, short={})}


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Дзвонить Тарас Іваненко.", Doubt.NAME),
        ("Пише від імені Миколайовича.", Doubt.NAME),
        ("Кличуть у с. Вигадане.", Doubt.PLACE),
        ("Кажуть, що він в Оленівці.", Doubt.PLACE),
        ("Питають про в/ч А1234.", Doubt.UNIT),
        ("Питають про 36 бригаду.", Doubt.UNIT),
        ("Дзвонили 12.03.2026.", Doubt.DAY),
        ("Дзвонили 3 березня.", Doubt.DAY),
        ("Так було з 4 родинами.", Doubt.COUNT),
        ("Так було в 4 сім'ях.", Doubt.COUNT),
        ("Дзвонять з +380 50 000 00 01.", Doubt.IDENTIFIER),
    ],
)
def test_what_could_point_at_a_family_is_found(text: str, doubt: Doubt) -> None:
    assert doubt in doubts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Обіцяють лист за знімки вокзалу. Служба безпеки так не робить.",
        "Пишуть у трьох областях. Просять гроші за посилку від Червоного Хреста.",
        "Просять купити 2 сім-картки.",
    ],
)
def test_a_plain_paraphrase_raises_no_doubt(text: str) -> None:
    assert doubts(text) == set()


def test_a_missing_language_is_told() -> None:
    assert [one.doubt for one in findings({"uk": PLAIN, "en": PLAIN}, short={})] == [Doubt.LANGUAGE]


def test_short_sentences_read_easily_and_long_ones_do_not() -> None:
    hard = "Зловмисники систематично використовують персоналізовані повідомлення для маніпулювання."

    assert reading("Не робіть цього. Напишіть нам. Ми поруч.", language="uk").level is Level.PLAIN
    assert reading(hard, language="uk").level is Level.HARD


def test_nothing_written_has_no_level_to_fear() -> None:
    assert reading("", language="en").lix == 0
