"""How a text travels as SMS: alphabet, segments, and what a telephone shows (3GPP TS 23.038).

Ukrainian needs UCS-2: 70 letters in one message, 67 in each part of a longer one. One emoji or one
Cyrillic letter makes the whole message UCS-2.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_TWICE = frozenset("^{}\\[~]|€\f")
"""These take an escape before them: two places each."""


class Alphabet(StrEnum):
    """The two that networks use for text."""

    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


ONE = {Alphabet.GSM7: 160, Alphabet.UCS2: 70}
PART = {Alphabet.GSM7: 153, Alphabet.UCS2: 67}


@dataclass(frozen=True, slots=True)
class Sms:
    """What a text costs: places used, segments, places left in the last one."""

    text: str
    alphabet: Alphabet
    places: int
    segments: int

    @property
    def left(self) -> int:
        """Return how many places the last segment still has."""
        room = ONE if self.segments == 1 else PART
        return room[self.alphabet] * self.segments - self.places


def measure(text: str) -> Sms:
    """Return alphabet and segments; an empty text is one empty message."""
    letters = set(text)
    if letters <= GSM7 | GSM7_TWICE:
        places = sum(2 if letter in GSM7_TWICE else 1 for letter in text)
        return _sms(text, alphabet=Alphabet.GSM7, places=places)
    places = len(text.encode("utf-16-be")) // 2
    return _sms(text, alphabet=Alphabet.UCS2, places=places)


def _sms(text: str, *, alphabet: Alphabet, places: int) -> Sms:
    segments = 1 if places <= ONE[alphabet] else ceil(places / PART[alphabet])
    return Sms(text, alphabet, places, segments)
