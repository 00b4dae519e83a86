"""Invented messages with the truth about their scripts, to measure grouping with.

Data written by the author: a direction, not a result. Nothing in it is a real message or persuades
anybody: the words are syllables put together by a seed, used as often as Zipf's law says, with
stock phrases that everybody uses. Half of the messages follow no script; the others follow one,
each with a fifth of its words changed in one of six ways, or a bit of all (`mixed`). One script in
twenty is a fork: it begins as another and goes on differently, and is a script of its own.

Seeds below 100 were used to choose thresholds; reported figures come from seeds above. Vocabulary,
phrases and scripts all follow from the seed, so that nothing of the first is in the second.
"""

import json
import random
import sys
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

KINDS = ("slots", "synonyms", "order", "typos", "homoglyphs", "truncation", "mixed")
CHANGED = 0.2
_FORKS = 0.05
_SYLLABLES = [a + b for a in "бвгджзклмнпрстфхцчш" for b in "аеиоуія"]
_ENDS = ("", "", "к", "н", "р", "м", "ть", "ться", "ний", "ого", "ами", "ка")
_LETTERS = "абвгдежзиклмнопрстуфхцчшія"
_ALIKE = str.maketrans("аеорсхіукмтн", "aeopcxiykmth")


class Example(NamedTuple):
    """A message, the script that it follows (0: none) and how it was changed."""

    id: str
    text: str
    script: int
    kind: str


class Language:
    """Words and stock phrases of one seed."""

    def __init__(self, chance: random.Random, *, size: int = 30_000) -> None:
        """Invent `size` words; the most frequent are the shortest."""
        words: dict[str, None] = {}
        while len(words) < size:
            syllables = 1 + len(words) // 400 if len(words) < 800 else chance.choice((2, 3, 3, 4))  # noqa: PLR2004
            words["".join(chance.choices(_SYLLABLES, k=syllables)) + chance.choice(_ENDS)] = None
        self.chance = chance
        self.words = list(words)
        self.often = list(accumulate(1 / (rank + 8) for rank in range(size)))
        self.phrases = [self.some(chance.randint(3, 6)) for _ in range(300)]

    def some(self, count: int) -> list[str]:
        """Return words drawn as often as they are used."""
        return self.chance.choices(self.words, cum_weights=self.often, k=count)

    def said(self) -> list[str]:
        """Return 20 to 60 words; a tenth of them in stock phrases."""
        length = self.chance.randint(20, 60)
        said = self.some(length)
        for _ in range(length // 40 + 1):
            phrase = self.chance.choice(self.phrases)
            at = self.chance.randrange(length - len(phrase))
            said[at : at + len(phrase)] = phrase
        return said

    def synonym(self, word: str) -> str:
        """Return one of the three words that may stand for it."""
        place = hash_of(word) + self.chance.randrange(3) * 7919
        return self.words[place % len(self.words)]


def hash_of(word: str) -> int:
    """Return a number of the word, the same in every run."""
    return int.from_bytes(word.encode()[-6:], "big")


def examples(count: int, *, seed: int) -> Iterator[Example]:
    """Yield `count` messages, half of them of no script, in a random order."""
    chance = random.Random(seed)  # noqa: S311  # figures must repeat
    language = Language(chance)
    kept = [(script, kind) for script, kind in _followers(count // 2, chance=chance)]
    kept += [(0, "none")] * (count - len(kept))
    scripts = _scripts(max(script for script, _ in kept), language=language)
    chance.shuffle(kept)
    for number, (script, kind) in enumerate(kept):
        said = changed(scripts[script], kind=kind, language=language) if script else language.said()
        yield Example(f"m{number}", _written(said, chance=chance), script, kind)


def _followers(count: int, *, chance: random.Random) -> Iterator[tuple[int, str]]:
    script, left = 0, count
    while left > 1:
        script += 1
        size = min(left, 500, 1 + int(2 * chance.paretovariate(1.2)))
        for _ in range(max(2, size)):
            yield script, chance.choice(KINDS)
        left -= max(2, size)


def _scripts(count: int, *, language: Language) -> list[list[str]]:
    scripts = [language.said()]
    for number in range(1, count + 1):
        said = language.said()
        if number > 1 and language.chance.random() < _FORKS:
            parent = scripts[language.chance.randrange(1, number)]
            half = min(len(said), len(parent)) // 2
            said = parent[:half] + said[half:]
        scripts.append(said)
    return scripts


def changed(script: list[str], *, kind: str, language: Language) -> list[str]:
    """Return the script with a fifth of its words changed in this way."""
    said, chance = list(script), language.chance
    if kind == "truncation":
        return said[: round(len(said) * (1 - CHANGED))]
    places = chance.sample(range(len(said)), round(len(said) * CHANGED))
    if kind == "order":
        moved = [said[place] for place in chance.sample(places, len(places))]
        for place, word in zip(places, moved, strict=True):
            said[place] = word
        return said
    for place in places:
        way = chance.choice(tuple(WAYS)) if kind == "mixed" else kind
        said[place] = WAYS[way](said[place], language)
    return said


def _slot(_: str, language: Language) -> str:
    chance = language.chance
    return chance.choice((str(chance.randrange(1, 99_999)), chance.choice(language.words)))


def _typo(word: str, language: Language) -> str:
    chance = language.chance
    at = chance.randrange(len(word))
    put = chance.choice(("", chance.choice(_LETTERS), word[at] * 2))
    return word[:at] + put + word[at + 1 :]


WAYS: dict[str, Callable[[str, Language], str]] = {
    "slots": _slot,
    "synonyms": lambda word, language: language.synonym(word),
    "typos": _typo,
    "homoglyphs": lambda word, _: word.translate(_ALIKE),
}


def _written(said: list[str], *, chance: random.Random) -> str:
    pieces = [word + chance.choice(("", "", "", "", "", "", ",", ".")) for word in said]
    return " ".join(pieces)


def main() -> int:
    """Print COUNT messages of SEED as JSON lines; the truth stands beside the text."""
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    for one in examples(count, seed=seed):
        print(json.dumps(one._asdict(), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
