"""Train the check's integer models from the corpus' training part: one thread, no floats.

`make model` runs this; the weights are committed and merged into the artefact by compile.py.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from oberih.check import compile as compiling
from oberih.check.evidence import Evidence, counts_of, joined
from oberih.check.features import BUCKETS, OUTPUTS, SHARES, Model, part_of
from oberih.check.frames import reading_of
from oberih.check.lessons import TOGETHER, Label, Lesson, lessons, windows
from oberih.check.packing import level_of, packed
from oberih.check.rules import MODEL, SEEN, Rules, read
from oberih.check.thrift import asked_of, seen_in_texts
from oberih.core import canonical

ROUNDS = 24
ONE = 16
FINE = 20
KEPT = {"coercion": 13_100, "demand": 7_400, "fraud": 4_500, "talk": 6_250}
RATE = 4
DECAY = 8
REACH = 12
HUNDRED = 100
TRIFLES = 20
CHATTY = 30
STRIDE = 2
TALKS = frozenset({Label.COERCION, Label.BENIGN})
# e to the power of -1/64, times two to the power of 64.
SHRINK = 18_160_753_814_917_686_419
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """A text's buckets and their sizes (a vector of length about one), and the wanted answers."""

    buckets: Numbers
    sizes: Numbers
    wanted: Numbers
    weights: Numbers


@dataclass(frozen=True, slots=True)
class Seen:
    """A text and what the models see of it."""

    lesson: Lesson
    evidence: Evidence


def main() -> int:
    """Write which words were seen, the models and the artefact that holds them; return 0."""
    lexicon = compiling.lexicon_of_rules()
    seen = seen_in_texts((one.text for one in lessons()), tables=lexicon.tables)
    SEEN.write_bytes(
        canonical.encode(sorted(asked_of(seen, words=lexicon.words, stems=lexicon.stems)))
    )
    MODEL.write_bytes(trained())
    return compiling.main()


def trained() -> bytes:
    """Return the models' canonical bytes."""
    rules = read(compiling.compile_rules(without_model=True))
    models = learned(examples_of(seen_in(lessons(), rules=rules)))
    rows = {name: packed(model) for name, model in zip(OUTPUTS, models, strict=True)}
    return canonical.encode({"v": 1, **rows})


def seen_in(texts: Iterable[Lesson], *, rules: Rules) -> list[Seen]:
    """Read every text once."""
    return [Seen(one, reading_of(one.text, rules=rules).evidence) for one in texts]


def examples_of(seen: Sequence[Seen]) -> list[Example]:
    """Return what the texts teach: each by itself, then turns together with those before them."""
    return singles_of(seen) + together_of(seen)


def singles_of(seen: Sequence[Seen]) -> list[Example]:
    """Return what the texts teach each by itself: nothing for the model of conversations."""
    return [_example(one.evidence, lesson=one.lesson) for one in seen if one.lesson.teaches]


def together_of(seen: Sequence[Seen]) -> list[Example]:
    """Return what turns and texts teach together with others: the model of conversations."""
    windows = [*_windows(seen), *_invented(seen)]
    return [_example(evidence, lesson=lesson, alone=False) for evidence, lesson in windows]


def _windows(seen: Sequence[Seen]) -> Iterator[tuple[Evidence, Lesson]]:
    """Yield each turn of the other side but the first, joined with those before it."""
    for rows in windows([one.lesson for one in seen]):
        part = [seen[at] for at in rows]
        yield joined([one.evidence for one in part]), part[-1].lesson


def _invented(seen: Sequence[Seen]) -> Iterator[tuple[Evidence, Lesson]]:
    """Yield single texts of one language and label in a row, as a conversation might hold them."""
    groups: dict[tuple[Label, str], list[Seen]] = {}
    for one in seen:
        if not one.lesson.talk and len(one.evidence.words) <= CHATTY:
            groups.setdefault((one.lesson.label, one.lesson.language), []).append(one)
    for (label, _), group in sorted(groups.items()):
        order = list(range(len(group) if label in TALKS else 0))
        _shuffle(order, seed=len(group) + 1)
        for start in range(0, len(order) - TOGETHER, STRIDE):
            part = [group[at] for at in order[start : start + 2 + start // STRIDE % 4]]
            yield joined([one.evidence for one in part]), part[-1].lesson


def _example(evidence: Evidence, *, lesson: Lesson, alone: bool = True) -> Example:
    counts = counts_of(evidence)
    buckets = sorted(counts)
    often = np.array([counts[one] for one in buckets], dtype=np.int64)
    one = 1 << ONE
    coercion = lesson.label is Label.COERCION
    wanted = [coercion, lesson.late, lesson.label is Label.FRAUD, coercion]
    turn = coercion and bool(lesson.talk)
    weights = (2 if turn else 4, 4, 4, 0 if turn else 1) if alone else (0, 0, 0, 4)
    return Example(
        buckets=np.array(buckets, dtype=np.int64),
        sizes=often * _shares(buckets, often=often),
        wanted=np.array(wanted, dtype=np.int64) * one,
        weights=np.array(weights, dtype=np.int64),
    )


def learned(examples: Sequence[Example], *, rounds: int = ROUNDS) -> list[Model]:
    """Return the models after rounds of logistic regression by steps, the later rounds averaged."""
    weights = np.zeros((BUCKETS, len(OUTPUTS)), dtype=np.int64)
    bias = np.zeros(len(OUTPUTS), dtype=np.int64)
    summed, summed_bias = np.zeros_like(weights), np.zeros_like(bias)
    curve = _curve()
    order = list(range(len(examples)))
    for round_ in range(rounds):
        _shuffle(order, seed=round_ + 1)
        rate = RATE * 4 * (1 << ONE) // (4 + round_)
        bias = _walk((examples[at] for at in order), state=(weights, bias), how=(curve, rate))
        weights -= weights * rate // (DECAY << ONE)
        if round_ >= rounds // 2:
            summed += weights
            summed_bias += bias
    late = rounds - rounds // 2
    often = _often(examples)
    return [
        _quantised(
            summed[:, at] // late,
            bias=int(summed_bias[at]) // late,
            often=often[:, at],
            kept=KEPT[name],
        )
        for at, name in enumerate(OUTPUTS)
    ]


def _often(examples: Iterable[Example]) -> Numbers:
    """Return how many texts teach each output something of each bucket."""
    often = np.zeros((BUCKETS, len(OUTPUTS)), dtype=np.int64)
    for one in examples:
        often[one.buckets] += one.weights > 0
    return often


def _walk(
    examples: Iterable[Example],
    *,
    state: tuple[Numbers, Numbers],
    how: tuple[Numbers, int],
) -> Numbers:
    """Move the weights by each example in turn; return the bias."""
    (weights, bias), (curve, rate) = state, how
    top = len(curve) - 1
    for one in examples:
        logits = (one.sizes @ weights[one.buckets] >> FINE) + bias
        places = np.clip((logits + (REACH << ONE)) >> (ONE - 6), 0, top)
        errors = (one.wanted - curve[places]) * one.weights // 4
        steps = errors * rate >> ONE
        weights[one.buckets] += one.sizes[:, None] * steps >> (2 * ONE - FINE)
        bias = bias + (steps >> 4)
    return bias


def _shares(buckets: Sequence[int], *, often: Numbers) -> Numbers:
    """Return what each bucket counts for: every part of a text has a length of its own."""
    parts = np.array([part_of(one) for one in buckets], dtype=np.int64)
    lengths = [isqrt(int(often[parts == part].sum()) << 8) for part in range(len(SHARES))]
    sizes = [
        (1 << ONE + 4) * share // (10 * max(length, 1))
        for share, length in zip(SHARES, lengths, strict=True)
    ]
    return np.array(sizes, dtype=np.int64)[parts]


def _curve() -> Numbers:
    """Return the logistic curve from -REACH to REACH in steps of 1/64, in integers."""
    powers = [1 << 64]
    while len(powers) <= 64 * REACH:
        powers.append(powers[-1] * SHRINK >> 64)
    high = [(1 << (64 + ONE)) // ((1 << 64) + power) for power in powers]
    low = [(1 << ONE) - one for one in high]
    return np.array([*reversed(low[1:]), *high], dtype=np.int64)


def _shuffle(order: list[int], *, seed: int) -> None:
    state = seed
    for last in range(len(order) - 1, 0, -1):
        state = (state * 1_103_515_245 + 12_345) & 0x7FFFFFFF
        other = (state >> 8) % (last + 1)
        order[last], order[other] = order[other], order[last]


def _quantised(weights: Numbers, *, bias: int, often: Numbers, kept: int) -> Model:
    """Return the weights that move texts most, as levels; all but one in TRIFLES is above two."""
    sizes = [abs(int(one)) for one in weights]
    moved = [size * size * (int(texts) + 1) for size, texts in zip(sizes, often, strict=True)]
    ranked = sorted(range(BUCKETS), key=lambda one: (-moved[one], one))[:kept]
    least = max(sorted(sizes[at] for at in ranked)[kept // TRIFLES], 1)
    rows = {
        at: level_of(sizes[at] * 5 // (2 * least)) * (1 if weights[at] > 0 else -1)
        for at in sorted(ranked)
        if sizes[at]
    }
    unit = (least * 2 * HUNDRED << 8) // (5 << FINE)
    return Model(rows, bias * HUNDRED >> ONE, unit)


if __name__ == "__main__":
    sys.exit(main())
