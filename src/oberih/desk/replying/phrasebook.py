"""An own phrase book: whole sentences in three languages, and an honest word about the rest.

No service is asked. A sentence matches exactly (spelling of quotes, case and the last full stop
aside) or with its slots: a phone, a handle, a day or a number is carried over as it stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from oberih.desk.replying.library import LANGUAGES, library

PHRASES = Path(__file__).with_name("phrasebook.yaml")
QUESTIONS = Path(__file__).parents[2] / "check" / "rules" / "questions.yaml"
LONGEST = 20_000
"""Longer texts are cut before they are split: nobody reads more beside an original."""

SLOTS = {
    "phone": r"\+?\d[\d ()-]{7,20}\d",
    "handle": r"@\w{3,64}",
    "day": r"\d{1,2}\.\d{1,2}(?:\.\d{2,4})?",
    "number": r"\d{1,3}",
}
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\S)[^.!?\n]*)*[.!?]*")
_SAME = str.maketrans("’ʼёЁ", "''еЕ")
_SLOT = re.compile(r"\\\{(\w+)\\\}|\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Side:
    """One sentence and what it says in the reader's language; empty where the book has none."""

    said: str
    translated: str


@dataclass(frozen=True, slots=True)
class _Slotted:
    """A sentence with slots: how it looks, and in which other words it says the same."""

    pattern: re.Pattern[str]
    phrase: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Book:
    exact: dict[str, dict[str, str]]
    slotted: tuple[_Slotted, ...]


def beside(text: str, *, of: str, to: str) -> tuple[Side, ...]:
    """Return each sentence of a text with its translation; nothing when none is needed."""
    if of == to or of not in LANGUAGES or to not in LANGUAGES:
        return ()
    book = _book(of)
    return tuple(
        Side(said, _translated(said, book=book, to=to)) for said in sentences(text[:LONGEST])
    )


def in_runs(sides: Sequence[Side]) -> tuple[Side, ...]:
    """Return them with what is untranslated joined where it stands together, to be read quickly."""
    found: list[Side] = []
    for side in sides:
        if found and not side.translated and not found[-1].translated:
            found[-1] = Side(f"{found[-1].said} {side.said}", "")
        else:
            found.append(side)
    return tuple(found)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text as they stand."""
    return (found.strip() for found in _SENTENCE.findall(text) if found.strip())


def _translated(said: str, *, book: _Book, to: str) -> str:
    phrase = book.exact.get(_plain(said))
    if phrase is not None:
        return phrase[to]
    even = _even(said)
    for one in book.slotted:
        matched = one.pattern.fullmatch(even)
        if matched is not None:
            return _filled(one.phrase[to], given=matched.groupdict())
    return ""


def _filled(sentence: str, *, given: dict[str, str]) -> str:
    return _SLOT.sub(lambda slot: given.get(slot[2], ""), sentence)


def _plain(said: str) -> str:
    return _even(said).casefold()


def _even(said: str) -> str:
    """Return it with one kind of quotes and spaces; letters stay large or small for the slots."""
    same = said.translate(_SAME)
    return " ".join(same.split()).rstrip(".!… ")


@cache
def _book(language: str) -> _Book:
    """Return the book by one language's sentences; the first of two equal ones counts."""
    exact: dict[str, dict[str, str]] = {}
    slotted = []
    for phrase in _phrases():
        if _SLOT.search(phrase[language]):
            slotted.append(_Slotted(_pattern(phrase[language]), phrase))
        else:
            exact.setdefault(_plain(phrase[language]), phrase)
    return _Book(exact, tuple(slotted))


def _pattern(sentence: str) -> re.Pattern[str]:
    escaped = re.escape(_plain(sentence))
    pattern = _SLOT.sub(lambda slot: f"(?P<{slot[1]}>{SLOTS[slot[1]]})", escaped)
    return re.compile(pattern, re.IGNORECASE)


@cache
def _phrases() -> Sequence[dict[str, str]]:
    own = yaml.safe_load(PHRASES.read_text("utf-8"))["phrases"]
    asked = yaml.safe_load(QUESTIONS.read_text("utf-8"))["questions"].values()
    lines = [line for template in library().templates for line in template.lines]
    return [{tongue: str(one[tongue]) for tongue in LANGUAGES} for one in [*lines, *own, *asked]]
