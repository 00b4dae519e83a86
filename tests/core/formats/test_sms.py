"""Promises of the SMS measure, at the borders of segments."""

import pytest

from oberih.formats.sms import Alphabet, measure


@pytest.mark.parametrize(
    ("text", "alphabet", "segments"),
    [
        ("a" * 160, Alphabet.GSM7, 1),
        ("a" * 161, Alphabet.GSM7, 2),
        ("a" * 306, Alphabet.GSM7, 2),
        ("a" * 307, Alphabet.GSM7, 3),
        ("€" * 80, Alphabet.GSM7, 1),
        ("€" * 81, Alphabet.GSM7, 2),
        ("ї" * 70, Alphabet.UCS2, 1),
        ("ї" * 71, Alphabet.UCS2, 2),
        ("ї" * 134, Alphabet.UCS2, 2),
        ("ї" * 135, Alphabet.UCS2, 3),
        ("", Alphabet.GSM7, 1),
    ],
)
def test_segments_are_counted_as_networks_do(text: str, alphabet: Alphabet, segments: int) -> None:
    sms = measure(text)

    assert (sms.alphabet, sms.segments) == (alphabet, segments)


def test_one_emoji_makes_the_whole_message_ucs2() -> None:
    assert measure("a" * 69 + "🔥").segments == 2
