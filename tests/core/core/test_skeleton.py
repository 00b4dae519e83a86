import pytest
from hypothesis import given
from hypothesis import strategies as st

from oberih.core.skeleton import fold, plain, skeleton

ALIKE = [
    ("Полон", "Пoлoн"),
    ("ПОЛОН", "полон"),
    ("зв’язок", "звязок"),
    ("п0лон", "полон"),
    ("по\u200bлон", "полон"),
    ("по\u0301лон", "полон"),
    ("и\u0306", "й"),
    ("Ｐａｙ", "pay"),
    ("𝐩𝐚𝐲", "pay"),
    ("monobank.ua", "mоnоbаnк.uа"),
    ("αβ", "ab"),
    ("don’t", "DON'T"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_texts_that_look_alike_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize("text", ["050 123", "2024-05-06", "10 000 грн", "їй", "рішення 5"])
def test_numbers_and_plain_words_stay_what_they_are(text: str) -> None:
    assert skeleton(text) == text.replace("ё", "е")


def test_the_way_back_counts_code_points_of_the_original() -> None:
    folded = fold("👩\u200d👧 По\u200bлон")

    start = folded.text.index("полон")

    assert folded.span(start, end=start + 5) == (4, 10)


def test_plain_keeps_script_and_case_and_makes_digits_ascii() -> None:
    assert plain("＋３８０\u00a050—Ая").text == "+380 50-Ая"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text)


@given(st.text())
def test_origins_rise_and_stay_inside_the_text(text: str) -> None:
    folded = fold(text)

    assert len(folded.origins) == len(folded.text)
    assert list(folded.origins) == sorted(set(folded.origins))
    assert all(0 <= origin < len(text) for origin in folded.origins)
