"""The corpus' splits as rows, and shares with their exact intervals."""

import hashlib
import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from math import comb
from pathlib import Path
from typing import Any

SECOND = Path(__file__).resolve().parents[3] / "corpus" / "second-hand"
ALPHA = 0.05
STEPS = 40


class Split(StrEnum):
    """The part that trains, and the frozen part that only judges."""

    TRAIN = "train"
    TEST = "test"

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """Return the rows of one file of the split."""
        return list(_rows(SECOND / self.value / f"{name}.jsonl"))


@cache
def _rows(path: Path) -> tuple[Mapping[str, Any], ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip())


def digest_of(split: Split) -> str:
    """Return the SHA-256 over the split's files in the order of their names."""
    whole = hashlib.sha256()
    for path in sorted((SECOND / split.value).glob("*.jsonl")):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def share(found: int, of: int) -> str:
    """Return "found of of: percent (interval)" with the Clopper-Pearson interval at 95 %."""
    if of == 0:
        return "-"
    low, high = interval(found, of)
    return f"{found} of {of}: {100 * found / of:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def interval(found: int, of: int) -> tuple[float, float]:
    """Return the Clopper-Pearson interval (Clopper and Pearson 1934) at 95 %."""
    low = 0.0 if found == 0 else _root(lambda p: 1 - _at_most(found - 1, of, p), target=ALPHA / 2)
    high = 1.0 if found == of else _root(lambda p: -_at_most(found, of, p), target=-ALPHA / 2)
    return low, high


def _at_most(found: int, of: int, p: float) -> float:
    """Return the chance of at most `found` of `of`."""
    odds = p / (1 - p)
    term = (1 - p) ** of
    if term == 0.0:
        return _by_logs(found, of, p)
    total = 0.0
    for one in range(found + 1):
        total += term
        term *= odds * (of - one) / (one + 1)
    return total


def _by_logs(found: int, of: int, p: float) -> float:
    chances = (comb(of, one) * p**one * (1 - p) ** (of - one) for one in range(found + 1))
    return sum(chances)


def _root(rises: Callable[[float], float], *, target: float) -> float:
    low, high = 1e-12, 1 - 1e-12
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) < target else (low, middle)
    return (low + high) / 2
