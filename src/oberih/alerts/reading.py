"""How hard a text is to read: LIX (Björnsson 1968), which counts only what all languages have.

LIX is the words in a sentence plus the share of long words in percent. Ukrainian and Russian words
are longer than English ones, so a long word has more than 8 letters there, and more than 6 in
English. The levels are rules of thumb and were not calibrated on frightened readers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

WORD = re.compile(r"\w+(?:['’-]\w+)*")
SENTENCE = re.compile(r"[.!?…]+(?:\s+|$)|\n+")
LONG = {"uk": 8, "ru": 8, "en": 6}
PLAIN_UP_TO, MIDDLE_UP_TO = 35, 45


class Level(StrEnum):
    """How a text reads."""

    PLAIN = "plain"
    MIDDLE = "middle"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Reading:
    """One language's figures."""

    language: str
    lix: int
    words: int
    level: Level


def readings(texts: Mapping[str, Mapping[str, str]]) -> list[Reading]:
    """Return the figures of each language that has words."""
    whole = {
        language: "\n".join((words["headline"], words["text"], words["advice"]))
        for language, words in texts.items()
    }
    return [reading(text, language=language) for language, text in whole.items() if text.strip()]


def reading(text: str, *, language: str) -> Reading:
    """Return how hard it is to read."""
    words = WORD.findall(text)
    sentences = [one for one in SENTENCE.split(text) if WORD.search(one)]
    long = sum(len(word) > LONG[language] for word in words)
    share = 100 * long / len(words) if words else 0
    lix = round(len(words) / max(1, len(sentences)) + share)
    return Reading(language, lix, len(words), _level(lix))


def _level(lix: int) -> Level:
    if lix <= PLAIN_UP_TO:
        return Level.PLAIN
    return Level.MIDDLE if lix <= MIDDLE_UP_TO else Level.HARD
