"""What the models see of a message: words, classes, concepts, filled frames, its shape."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain

from oberih.check.features import (
    Scores,
    bucket_of,
    class_buckets,
    concept_buckets,
)
from oberih.check.rules import Entry, Frame, Rules

SINGLE = 3
MOST = 6
STEP = 4
LENGTHS = 8


@dataclass(frozen=True, slots=True)
class Shape:
    """What a message is beside its words."""

    mention: int
    retold: bool
    asks: bool
    quotes: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """A message's words in their order, the named classes in it, the frames that it fills."""

    words: Sequence[tuple[str, Entry]]
    classes: AbstractSet[int]
    frames: Sequence[Frame]
    shape: Shape
    layout: AbstractSet[int]

    def distinct(self) -> list[Entry]:
        """Return each different word once."""
        return list(dict(self.words).values())

    def context(self) -> tuple[AbstractSet[int], AbstractSet[int], AbstractSet[int]]:
        """Return the buckets of everything but the words themselves, by part."""
        plain = {bucket_of(feature) for feature in self._features()}
        plain.update(class_buckets(self.classes))
        about = set[int]().union(*(entry.concepts for _, entry in self.words))
        return plain, set(concept_buckets(about)), self.layout

    def _features(self) -> Iterator[str]:
        for frame in self.frames:
            yield "f" + frame.name
            yield "s" + frame.slot
        yield f"l{min(len(self.words) // STEP, LENGTHS)}"
        yield f"m{max(0, min(self.shape.mention, MOST))}"
        if self.shape.retold:
            yield "retold"
        if self.shape.asks:
            yield "?"
        if self.shape.quotes:
            yield "quotes"


def joined(parts: Sequence[Evidence]) -> Evidence:
    """Return several messages as if they were one: what stands in one adds to what another says."""
    return Evidence(
        words=[word for part in parts for word in part.words],
        classes=frozenset[int]().union(*(part.classes for part in parts)),
        frames=[frame for part in parts for frame in part.frames],
        shape=Shape(
            mention=max(part.shape.mention for part in parts),
            retold=any(part.shape.retold for part in parts),
            asks=any(part.shape.asks for part in parts),
            quotes=any(part.shape.quotes for part in parts),
        ),
        layout=frozenset[int]().union(*(part.layout for part in parts)),
    )


def scores_of(evidence: Evidence, *, rules: Rules) -> Scores:
    """Return what each model of single messages says."""
    return _scores(evidence, rules=rules, which=range(SINGLE))


def talk_score_of(evidence: Evidence, *, rules: Rules) -> int:
    """Return what the model of whole conversations says."""
    return _scores(evidence, rules=rules, which=range(SINGLE, SINGLE + 1))[0]


def _scores(evidence: Evidence, *, rules: Rules, which: range) -> Scores:
    entries = evidence.distinct()
    if not entries:
        return tuple(rules.models[at].bias for at in which)
    context = evidence.context()
    counts = [len(part) for part in context]
    counts[0] += sum(len(entry.buckets) for entry in entries)
    found = []
    for at in which:
        model = rules.models[at]
        totals = [model.sum(part) for part in context]
        totals[0] += sum(entry.sums[at] for entry in entries)
        found.append(model.score(totals, counts=counts))
    return tuple(found)


def counts_of(evidence: Evidence) -> dict[int, int]:
    """Return how often each bucket is seen, as training needs it."""
    counts: dict[int, int] = dict.fromkeys(chain(*evidence.context()), 1)
    for entry in evidence.distinct():
        for bucket in entry.buckets:
            counts[bucket] = counts.get(bucket, 0) + 1
    return counts if evidence.words else {}
