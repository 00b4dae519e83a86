"""The compiled rules: read once, refused when their version is unknown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NewType, Protocol

from oberih.check.concepts import Concepts, concepts_of
from oberih.check.features import OUTPUTS, Model, Scores, word_buckets
from oberih.check.layout import Parts, parts_of
from oberih.check.normalise import Tables, typed_keys
from oberih.check.packing import unpacked, widened
from oberih.core.errors import Refused

RulesVersion = NewType("RulesVersion", int)
KNOWN = RulesVersion(2)
ARTEFACT = Path(__file__).resolve().parent / "compiled" / "rules.json"
MODEL = ARTEFACT.with_name("model.json")
SEEN = ARTEFACT.with_name("seen.json")
SHORTEST_STEM = 2


class UnknownRules(Refused):
    """These rules are of a version that this program does not know."""


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a phrase: any of these classes, after at most `gap` other words."""

    any: frozenset[int]
    gap: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sequence of words that gives its words one class more."""

    number: int
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What must stand together to fill a slot."""

    name: str
    slot: str
    tactic: str
    points: int
    within: int
    all: tuple[frozenset[int], ...]
    none: frozenset[int]
    two: frozenset[int]
    weak: int
    keep: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a word before it stands in a text: its places share it.

    `begins` are the phrases that may begin with it, `fills` the groups of frames that it meets
    (see `Fills`), `buckets` its own features, `sums` what they weigh for each model, `concepts`
    what it is about, `parts` what it gives to the order of the words.
    """

    classes: frozenset[int]
    begins: tuple[int, ...]
    fills: int
    buckets: tuple[int, ...]
    sums: Scores
    concepts: frozenset[int]
    parts: Parts


@dataclass(frozen=True, slots=True)
class Fills:
    """Which classes meet which groups of frames, as bits: group g of frame f is g * count + f."""

    count: int
    groups: int
    of_class: Mapping[int, int]
    always: int

    def full(self, fills: int) -> int:
        """Return a bit for each frame all of whose groups are met."""
        fills |= self.always
        ready = fills & ((1 << self.count) - 1)
        for group in range(1, self.groups):
            ready &= fills >> (group * self.count)
        return ready


class Second(Protocol):
    """Who reads a text beside the models, where they doubt: oberih.check.second."""

    def moved(self, scores: Scores, *, text: str, tables: Tables) -> Scores:
        """Return what the models say of a text, moved by what this reader says of it."""

    def told(self, score: int, *, texts: Sequence[str], tables: Tables) -> int:
        """Return what the model says of a conversation's last messages, moved likewise."""

    def calms(self, told: int, *, replies: Sequence[str], tables: Tables) -> bool:
        """Tell whether her own last replies show that she talks with her own people."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything the engine knows, as data; `second`, where given, reads beside the models."""

    tables: Tables
    words: Mapping[str, frozenset[int]]
    stems: Mapping[str, frozenset[int]]
    phrases: tuple[Phrase, ...]
    beginning: Mapping[int, tuple[int, ...]]
    frames: tuple[Frame, ...]
    sequence: Mapping[str, Any]
    advice: Mapping[str, Any]
    follows: Mapping[str, Any]
    questions: Mapping[str, Any]
    tactics: tuple[str, ...]
    named: frozenset[int]
    models: tuple[Model, ...]
    fills: Fills
    concepts: Concepts
    second: Second | None = None
    seen: dict[str, Entry] = field(default_factory=dict, init=False, repr=False, compare=False)

    def entry_of(self, key: str) -> Entry:
        """Return what is known of a word's key; Latin-typed words are looked up in Cyrillic too."""
        known = self.seen.get(key)
        if known is None:
            known = self._entry(key)
            if len(self.seen) < 100_000:  # noqa: PLR2004  # a bound on memory, not on meaning
                self.seen[key] = known
        return known

    def _entry(self, key: str) -> Entry:
        classes = self._look_up(key)
        # A word in Latin letters is weighed as what it may stand for, so that all spellings meet.
        spelt = next(iter(typed_keys(key, tables=self.tables)), key)
        buckets = word_buckets(spelt)
        fills = 0
        for number in classes:
            fills |= self.fills.of_class.get(number, 0)
        concepts = self._concepts(key)
        return Entry(
            classes=classes,
            begins=tuple({at for one in classes for at in self.beginning.get(one, ())}),
            fills=fills,
            buckets=buckets,
            sums=tuple(model.sum(buckets) for model in self.models),
            concepts=concepts,
            parts=parts_of(spelt, concepts=concepts),
        )

    def _concepts(self, key: str) -> frozenset[int]:
        found = self.concepts.of(key)
        if not found:
            for typed in typed_keys(key, tables=self.tables):
                found = found | self.concepts.of(typed)
        return found

    def _look_up(self, key: str) -> frozenset[int]:
        found = self._direct(key)
        if not found:
            for typed in typed_keys(key, tables=self.tables):
                found = found | self._direct(typed)
        return found

    def _direct(self, key: str) -> frozenset[int]:
        found = self.words.get(key, frozenset())
        for length in range(SHORTEST_STEM, len(key) + 1):
            found = found | self.stems.get(key[:length], frozenset())
        return found


@cache
def load() -> Rules:
    """Return the committed rules; raises UnknownRules."""
    return read(ARTEFACT.read_bytes())


def read(content: bytes) -> Rules:
    """Return rules from the artefact's bytes; raises UnknownRules on another version."""
    source = json.loads(content)
    if source.get("v") != KNOWN:
        raise UnknownRules
    phrases = tuple(_phrase(one) for one in source["phrases"])
    frames = tuple(_frame(one) for one in source["frames"])
    return Rules(
        tables=tables_of(source["normal"]),
        words=_ungrouped(source["words"]),
        stems=_ungrouped(source["stems"]),
        phrases=phrases,
        beginning=_beginning(phrases),
        frames=frames,
        sequence=source["sequence"],
        advice=source["advice"],
        follows=source["follows"],
        questions=source["questions"],
        tactics=tuple(source["tactics"]),
        named=frozenset(at for at, name in enumerate(source["classes"]) if name),
        models=tuple(unpacked(source["model"][name]) for name in OUTPUTS),
        fills=_fills(frames),
        concepts=concepts_of(source["concepts"]),
    )


def tables_of(source: Mapping[str, Any]) -> Tables:
    """Return the normaliser's tables from their flat form."""
    return Tables(
        letters=source["letters"],
        drop=frozenset(
            chr(code) for first, last in source["drop"] for code in range(first, last + 1)
        ),
        twins=source["twins"],
        digits=source["digits"],
        spoken=source["spoken"],
        typed=tuple((one, two) for one, two in source["typed"]),
    )


def _ungrouped(groups: Mapping[str, str]) -> dict[str, frozenset[int]]:
    return {
        key: frozenset(int(one) for one in numbers.split())
        for numbers, keys in groups.items()
        for key in widened(keys).split(" ")
    }


def _beginning(phrases: tuple[Phrase, ...]) -> dict[int, tuple[int, ...]]:
    """Return which phrases may begin with a word of a class."""
    beginning: dict[int, list[int]] = {}
    for at, phrase in enumerate(phrases):
        for number in phrase.elements[0].any:
            beginning.setdefault(number, []).append(at)
    return {number: tuple(ats) for number, ats in beginning.items()}


def _fills(frames: tuple[Frame, ...]) -> Fills:
    count, groups = len(frames), max((len(frame.all) for frame in frames), default=0)
    of_class: dict[int, int] = {}
    always = 0
    for at, frame in enumerate(frames):
        for group, numbers in enumerate(frame.all):
            bit = 1 << (group * count + at)
            of_class |= {number: of_class.get(number, 0) | bit for number in numbers}
        for group in range(len(frame.all), groups):
            always |= 1 << (group * count + at)
    return Fills(count, groups, of_class, always)


def _phrase(source: Mapping[str, Any]) -> Phrase:
    elements = tuple(Element(frozenset(one["any"]), one["gap"]) for one in source["elements"])
    return Phrase(source["class"], elements)


def _frame(source: Mapping[str, Any]) -> Frame:
    return Frame(
        name=source["id"],
        slot=source["slot"],
        tactic=source["tactic"],
        points=source["points"],
        within=source["within"],
        all=tuple(frozenset(group) for group in source["all"]),
        none=frozenset(source["none"]),
        two=frozenset(source["two"]),
        weak=source["weak"],
        keep=source["keep"],
    )
