"""How other offices write a Ukrainian or Russian word in Latin letters: rules of a third hand.

Written apart from the program and from its training, by rules with context and not letter by
letter; the tables stand in `register_strangers.yaml`.
"""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import yaml

WORDS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("register_strangers.yaml").read_text(encoding="utf-8")
)
Written = Callable[[str], str]
_PARTS = re.compile(r"([\s.\-,])")
_PLAIN = dict(zip("абвдезклмнопрстуф", "abvdezklmnoprstuf", strict=True))
_HARD = "(?<=[бвгґджзклмнпрстфхцчшщ])$"
_GENITIVE = {
    "uk": (
        ("(?<=[сцз]ьк)ий$", "ого"), ("ий$", "ого"), ("ій$", "ія"), ("я$", "і"), ("а$", "и"),
        ("ко$", "ка"), ("о$", "а"), ("ь$", "я"), ("й$", "я"), (_HARD, "а"),
    ),
    "ru": (
        ("(?<=[сц]к)ий$", "ого"), ("ый$", "ого"), ("ий$", "ия"), ("я$", "и"),
        ("(?<=[гкхжчшщ])а$", "и"), ("а$", "ы"), ("ь$", "я"), ("й$", "я"), (_HARD, "а"),
    ),
}  # fmt: skip


def style_of(language: str, *, chance: Random) -> Written:
    """Draw one office's habit."""
    drawn = list(WORDS["styles"][language].values())
    found = chance.choices(drawn, [one["share"] for one in drawn])[0]
    return styled(found)


def styled(style: dict[str, Any]) -> Written:
    """Return the function that writes a word as this office does."""
    rules = [(re.compile(sign), put) for sign, put in style.get("rules", ())]
    letters = _PLAIN | dict(pair.split("=", 1) for pair in style["letters"].split())

    def part(word: str) -> str:
        for sign, put in rules:
            word = sign.sub(put, word)
        return "".join(letters.get(letter, letter) for letter in word)

    return lambda word: "".join(part(one) for one in _PARTS.split(word.lower()))


def declined(word: str, *, language: str) -> str:
    """Return the word as a sentence about him has it: of Shevchenko, of Taras."""
    for found, put in _GENITIVE[language]:
        changed = re.sub(found, put, word, count=1)
        if changed != word:
            return changed
    return word
