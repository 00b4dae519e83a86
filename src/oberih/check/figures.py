"""The corpus' splits as rows, and shares with their exact intervals."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, lgamma, log, log1p
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[3] / "corpus"
ALPHA = 0.05
STEPS = 40
DEMAND_STAGE, EARLY_STAGE = 5, 2
LATE_TACTICS = "TCMK$"
FILES = {"coercion": "coercive-lines", "fraud": "fraud"}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Split:
    """A frozen part of one hand: it only judges. Rows of .tsv count as lines of their label."""

    hand: str

    @property
    def folder(self) -> Path:
        """Return where its files are."""
        return CORPUS / self.hand / "test"

    def rows(self, name: str) -> list[Row]:
        """Return the rows of one file of the split, and of its tables."""
        own = self.folder / f"{name}.jsonl"
        rows = list(_rows(own)) if own.exists() else []
        for table in sorted(self.folder.glob("*.tsv")):
            rows += [row for row in _table_rows(table) if row["file"] == name]
        return rows

    def digest(self) -> str:
        """Return the SHA-256 over the split's files in the order of their names."""
        whole = hashlib.sha256()
        for path in sorted(self.folder.glob("*.*")):
            whole.update(path.read_bytes())
        return whole.hexdigest()


def frozen_splits() -> list[Split]:
    """Return the splits of all hands that have checksums: until then a split may still grow."""
    folders = sorted(path.parent for path in CORPUS.glob("*-hand/test"))
    return [Split(one.name) for one in folders if (one / "SHA256SUMS").exists()]


@cache
def _rows(path: Path) -> tuple[Row, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip())


@cache
def _table_rows(path: Path) -> tuple[Row, ...]:
    """Return the rows of four columns: label, tactics, language, text."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        label, codes, language, text = line.split("\t")[:4]
        tactics = [] if codes == "-" else codes.split(",")
        late = any(code[0] in LATE_TACTICS for code in tactics)
        rows.append(
            {
                "file": FILES.get(label, "benign-lines"),
                "stage": DEMAND_STAGE if late else EARLY_STAGE,
                "class": label,
                "register": "-",
                "tactics": tactics,
                "lang": language,
                "text": text,
            }
        )
    return tuple(rows)


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
    """Return the same where its first term is too small for a number."""
    whole = lgamma(of + 1)
    logs = (
        whole - lgamma(one + 1) - lgamma(of - one + 1) + one * log(p) + (of - one) * log1p(-p)
        for one in range(found + 1)
    )
    return sum(exp(one) for one in logs)


def _root(rises: Callable[[float], float], *, target: float) -> float:
    low, high = 1e-12, 1 - 1e-12
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) < target else (low, middle)
    return (low + high) / 2
