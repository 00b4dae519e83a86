"""Train the hashed integer models from the corpus' training part: one thread, no floats.

`make model` runs this; the weights are committed and merged into the artefact by compile.py.
Only files under `train` or `first-hand` are opened; a test with an audit hook proves it.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import isqrt
from pathlib import Path
from typing import Any

from oberih.check import compile as compiling
from oberih.check.features import BUCKETS, features_of
from oberih.check.frames import words_of
from oberih.check.rules import MODEL, read
from oberih.core import canonical

CORPUS = Path(__file__).resolve().parents[3] / "corpus"
SECOND = CORPUS / "second-hand" / "train"
FIRST = CORPUS / "first-hand"
ROUNDS = 14
ONE = 1 << 16
KEPT = 5_000
LARGEST = 127
STEP = 48


class Label(StrEnum):
    """What a training text is; a model is learned for each but the last."""

    COERCION = "coercion"
    FRAUD = "fraud"
    BENIGN = "benign"


LINES = {
    "coercive-lines": Label.COERCION,
    "benign-lines": Label.BENIGN,
    "fraud": Label.FRAUD,
}
TABLES = {"coercive": Label.COERCION, "benign": Label.BENIGN, "fraud": Label.FRAUD}


@dataclass(frozen=True, slots=True)
class Example:
    """A text's buckets, and what it is."""

    features: tuple[int, ...]
    label: Label


def main() -> int:
    """Write the models' weights and the artefact that holds them; return 0."""
    MODEL.write_bytes(trained())
    return compiling.main()


def trained() -> bytes:
    """Return the models' canonical bytes."""
    rules = read(compiling.compile_rules(without_model=True))
    examples = []
    for text, label in texts():
        words = words_of(text, rules=rules)
        keys = [word.token.key for word in words]
        named = [[number for number in word.classes if number in rules.named] for word in words]
        features = tuple(sorted(features_of(keys, classes=named)))
        if features:
            examples.append(Example(features, label))
    models: dict[str, canonical.Json] = {
        label.value: _quantised(*learned(examples, wanted=label))
        for label in (Label.COERCION, Label.FRAUD)
    }
    return canonical.encode({"v": 1, **models})


def texts() -> Iterator[tuple[str, Label]]:
    """Yield the training texts in the order of their files."""
    for name, label in LINES.items():
        yield from ((str(row["text"]), label) for row in _rows(name) if "text" in row)
    for row in _rows("conversations"):
        theirs = (one for one in _messages(row) if one["from"] == "them" and one.get("stage"))
        yield from ((str(one["text"]), Label.COERCION) for one in theirs)
    for row in _rows("benign-conversations"):
        yield from ((str(one["text"]), Label.BENIGN) for one in _messages(row))
    for name, label in TABLES.items():
        lines = (FIRST / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
        yield from ((line.split("\t")[2], label) for line in lines)


def learned(examples: list[Example], *, wanted: Label) -> tuple[list[int], int]:
    """Return weights and bias after some rounds of online learning in fixed-point numbers."""
    weights = [0] * BUCKETS
    bias = 0
    order = list(range(len(examples)))
    for round_ in range(ROUNDS):
        _shuffle(order, seed=round_ + 1)
        rate = STEP * 10 // (10 + 3 * round_)
        for index in order:
            example = examples[index]
            root = isqrt(len(example.features) << 8)
            total = bias + sum(weights[one] for one in example.features) * 16 // root
            error = (ONE if example.label is wanted else 0) - _squashed(total)
            bias += error * rate // 320
            _move(weights, features=example.features, by=error * rate * 16 // (root * 100))
    return weights, bias


def _move(weights: list[int], *, features: tuple[int, ...], by: int) -> None:
    for one in features:
        weights[one] += by


def _squashed(total: int) -> int:
    """Return a number between 0 and ONE that grows with the total (a rational sigmoid)."""
    return ONE // 2 + (ONE // 2) * total // (ONE + abs(total))


def _shuffle(order: list[int], *, seed: int) -> None:
    state = seed
    for last in range(len(order) - 1, 0, -1):
        state = (state * 1_103_515_245 + 12_345) & 0x7FFFFFFF
        other = (state >> 8) % (last + 1)
        order[last], order[other] = order[other], order[last]


def _quantised(weights: list[int], bias: int) -> canonical.Json:
    largest = max(abs(one) for one in weights)
    small = [
        (abs(one) * LARGEST + largest // 2) // largest * (1 if one > 0 else -1) for one in weights
    ]
    kept = sorted(range(BUCKETS), key=lambda one: (-abs(small[one]), one))[:KEPT]
    rows = sorted(one for one in kept if small[one])
    gaps = [one - before for before, one in zip([0, *rows], rows, strict=False)]
    shrunk = bias * LARGEST * 64 // largest
    return {"bias": shrunk, "gaps": gaps, "weights": [small[one] for one in rows]}


def _rows(name: str) -> Iterator[dict[str, Any]]:
    lines = (SECOND / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return (json.loads(line) for line in lines if line.strip())


def _messages(row: dict[str, Any]) -> list[dict[str, Any]]:
    return list(row["messages"])


if __name__ == "__main__":
    sys.exit(main())
