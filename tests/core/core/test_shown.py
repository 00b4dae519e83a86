import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oberih.core.shown import shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("photo\u202egnp.exe", "photognp.exe"),
        ("a\u2066b\u2069c.txt", "abc.txt"),
        ("\u200eліст\u200f.txt", "ліст.txt"),
        ("a\r\nb\x1b[31m\x00.png", "ab[31m.png"),
        ("a\u2028b\u2029c", "abc"),
        ("zero\u200bwidth\ufeff.pdf", "zerowidth.pdf"),
        ("фото з дому.jpg", "фото з дому.jpg"),
        ("\u202e\u202d", "?"),
        ("", "?"),
    ],
)
def test_a_name_shows_what_it_is(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@given(st.text())
def test_no_sign_of_control_or_direction_is_left(name: str) -> None:
    kinds = {unicodedata.category(letter) for letter in shown_name(name)}

    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert shown_name(shown_name(name)) == shown_name(name)
