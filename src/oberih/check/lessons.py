"""The texts that train the check: only files under `first-hand`, `train` or `reader` are opened.

Those under `reader` train the second reader only.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[3] / "corpus"
FIRST = CORPUS / "first-hand"
LATE_STAGE = 4
LATE_TACTICS = "TCMK$"
TOGETHER = 8


class Label(StrEnum):
    """What a training text is."""

    COERCION = "coercion"
    FRAUD = "fraud"
    BENIGN = "benign"
    OFFICIAL = "official"
    SUPPORT = "support"


TABLES = {"coercive": Label.COERCION, "benign": Label.BENIGN, "fraud": Label.FRAUD}


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text with its label; `source` is what folds of a cross-validation keep together.

    `talk` names the conversation that a turn belongs to, `mine` is a turn of the reader's own,
    `who` tells strangers apart, `at` is the time of a turn.
    """

    text: str
    label: Label
    tactics: tuple[str, ...]
    language: str
    hand: str
    source: str
    stage: int | None = None
    talk: str = ""
    mine: bool = False
    who: str = ""
    at: str = ""

    @property
    def late(self) -> bool:
        """Tell whether it carries a task, a demand or a threat."""
        if self.label is not Label.COERCION:
            return False
        if self.stage is not None:
            return self.stage >= LATE_STAGE
        return any(code[0] in LATE_TACTICS for code in self.tactics)

    @property
    def teaches(self) -> bool:
        """Tell whether it trains: a reader's own or neutral turn among coercion does not."""
        if self.talk and self.label is Label.COERCION:
            return not self.mine and bool(self.stage)
        return not (self.mine and self.label is Label.FRAUD)


def lessons(folders: Sequence[str] = ("train",)) -> Iterator[Lesson]:
    """Yield the texts of these folders in the order of their hands, files and lines."""
    for name, label in TABLES.items():
        yield from _of_first_hand(FIRST / f"{name}.tsv", label=label)
    for folder in sorted(path for name in folders for path in CORPUS.glob(f"*-hand/{name}")):
        for path in sorted(folder.glob("*.tsv")):
            yield from _of_table(path, hand=folder.parent.name)
        for path in sorted(folder.glob("*.jsonl")):
            yield from _of_rows(path, hand=folder.parent.name)


def windows(texts: Sequence[Lesson]) -> Iterator[list[int]]:
    """Yield where each turn of the other side but the first stands, after up to TOGETHER before."""
    talks: dict[str, list[int]] = {}
    for at, one in enumerate(texts):
        if one.talk and not one.mine:
            talks.setdefault(one.talk, []).append(at)
    for turns in talks.values():
        for end in range(2, len(turns) + 1):
            yield turns[max(0, end - TOGETHER) : end]


def _of_first_hand(path: Path, *, label: Label) -> Iterator[Lesson]:
    for line in path.read_text(encoding="utf-8").splitlines():
        first, language, text = line.split("\t")[:3]
        tactics = (first,) if label is Label.COERCION else ()
        yield Lesson(text, label, tactics, language, FIRST.name, f"{FIRST.name} {first}")


def _of_table(path: Path, *, hand: str) -> Iterator[Lesson]:
    for line in path.read_text(encoding="utf-8").splitlines():
        label, codes, language, text = line.split("\t")
        tactics = () if codes == "-" else tuple(codes.split(","))
        yield Lesson(text, Label(label), tactics, language, hand, f"{hand} {path.stem}")


def _of_rows(path: Path, *, hand: str) -> Iterator[Lesson]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield from _of_row(json.loads(line), hand=hand, talk=f"{hand} {path.stem}")


def _of_row(row: dict[str, Any], *, hand: str, talk: str) -> Iterator[Lesson]:
    about = row.get("class") or row.get("source", "")
    source = f"{hand} {row['label']} {about}"
    label, language = Label(row["label"]), str(row["lang"])
    if "text" in row:
        codes = tuple(row["tactics"])
        yield Lesson(str(row["text"]), label, codes, language, hand, source, row["stage"])
    for one in row.get("messages", ()):
        yield Lesson(
            text=str(one["text"]),
            label=label,
            tactics=tuple(one.get("tactics") or ()),
            language=language,
            hand=hand,
            source=source,
            stage=one.get("stage"),
            talk=f"{talk} {row['id']}",
            mine=one["from"] == "me",
            who=one.get("who") or "",
            at=one.get("at") or "",
        )
