"""Cross-validation on the training part alone: every choice of the models rests on it.

`python -m oberih.check.validate KIND...` trains without a part and judges that part; kinds are
source, hand, language and tactic (the last two with fewer rounds). Without kinds it does all of
them and writes docs/check-validation.md; it needs some minutes of one core.
"""

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from oberih.check import compile as compiling
from oberih.check.figures import share
from oberih.check.frames import Reading, reading_of
from oberih.check.lessons import Label, Lesson, lessons
from oberih.check.readers.sides import time_of
from oberih.check.rules import Rules, read
from oberih.check.sequence import Course, Said
from oberih.check.train import ROUNDS, examples_of, learned, seen_in
from oberih.check.values import Band

FOLDS = 4
SHORT = 4
REPORT = Path(__file__).resolve().parents[3] / "docs" / "check-validation.md"
HEAD = """# Check: cross-validation on the training part

Made by `python -m oberih.check.validate` from {count:,} training texts and turns of all hands
(digest `{digest}`). Each part is judged by models that never saw it; thresholds are those of
rules/sequence.yaml, and they were chosen by the first two tables. Frames cannot be held out:
their author knew the first two hands. The later hands were written by others."""
RAISED = {Band.WARNING, Band.STOP}


Fold = Callable[[Lesson], str]
Talk = tuple[tuple[Lesson, Reading], ...]


class Judged(NamedTuple):
    """A text or conversation with the bands that its messages of the other side got."""

    lessons: tuple[Lesson, ...]
    bands: tuple[Band, ...]


def main() -> int:
    """Print a table for each kind that is asked for; return 0."""
    asked = sys.argv[1:] or list(KINDS)
    texts = list(lessons())
    tables = [HEAD.format(count=len(texts), digest=digest_of(texts))]
    for kind in asked:
        fold = by_source(texts) if kind == "source" else KINDS[kind]
        rounds = ROUNDS if kind in {"source", "hand"} else SHORT
        found: dict[str, list[Judged]] = {}
        for part, rules, held in held_out(texts, fold=fold, rounds=rounds):
            found[part] = judged(read_talks(held, rules=rules), rules=rules)
        tables.append(f"## Held out by {kind}\n\n{table_of(found, kind=kind)}")
        print(tables[-1], flush=True)  # noqa: T201  # a command that reports
    if not sys.argv[1:]:
        REPORT.write_text("\n\n".join(tables) + "\n", encoding="utf-8")
    return 0


def digest_of(texts: Iterable[Lesson]) -> str:
    """Return the SHA-256 over the training texts and labels."""
    whole = hashlib.sha256()
    for lesson in texts:
        whole.update(f"{lesson.label}\t{lesson.tactics}\t{lesson.text}\n".encode())
    return whole.hexdigest()


def by_source(texts: Sequence[Lesson]) -> Fold:
    """Return which of FOLDS folds a source is in: sources in turn, in the order of their names."""
    sources = sorted({lesson.source for lesson in texts})
    folds = {source: str(at % FOLDS) for at, source in enumerate(sources)}
    return lambda lesson: folds[lesson.source]


def by_hand(lesson: Lesson) -> str:
    """Return the hand that wrote a text."""
    return lesson.hand


def by_language(lesson: Lesson) -> str:
    """Return the language of a text."""
    return lesson.language


def by_tactic(lesson: Lesson) -> str:
    """Return the family of the heaviest tactic of a single text; others always train."""
    if lesson.talk or lesson.label is not Label.COERCION:
        return ""
    return max((code[0] for code in lesson.tactics), key="PXHDI$TMKC".find, default="")


KINDS: dict[str, Fold] = {
    "source": by_hand,
    "hand": by_hand,
    "language": by_language,
    "tactic": by_tactic,
}


def held_out(
    texts: Sequence[Lesson], *, fold: Fold, rounds: int
) -> Iterator[tuple[str, Rules, list[Lesson]]]:
    """Yield each part's texts with rules whose models have not seen them."""
    rules = read(compiling.compile_rules(without_model=True))
    seen = seen_in(texts, rules=rules)
    for held in sorted({fold(lesson) for lesson in texts} - {""}):
        kept = [one for one in seen if fold(one.lesson) != held]
        models = tuple(learned(examples_of(kept), rounds=rounds))
        part = [lesson for lesson in texts if fold(lesson) == held]
        yield held, replace(rules, models=models), part


def read_talks(texts: Sequence[Lesson], *, rules: Rules) -> list[Talk]:
    """Return single texts and conversations as the engine reads them."""
    talks: dict[str, list[tuple[Lesson, Reading]]] = {}
    for at, lesson in enumerate(texts):
        turn = (lesson, reading_of(lesson.text, rules=rules))
        talks.setdefault(lesson.talk or str(at), []).append(turn)
    return [tuple(turns) for turns in talks.values()]


def judged(talks: Iterable[Talk], *, rules: Rules) -> list[Judged]:
    """Return the bands of single texts, and of conversations turn by turn."""
    found = []
    for turns in talks:
        course = Course(rules)
        bands = [
            Band.NONE if one.mine else course.take(reading, said=_said(one))[0]
            for one, reading in turns
        ]
        found.append(Judged(tuple(one for one, _ in turns), tuple(bands)))
    return found


def _said(turn: Lesson) -> Said:
    return Said(turn.who, time_of(turn.at))


def table_of(found: Mapping[str, Sequence[Judged]], *, kind: str) -> str:
    """Return the figures that the gates speak of, by part (for sources: by hand)."""
    everything = [one for part in found.values() for one in part]
    parts = dict(found)
    if kind == "source":
        hands = sorted({one.lessons[0].hand for one in everything})
        parts = {hand: [one for one in everything if one.lessons[0].hand == hand] for hand in hands}
    lines = [
        f"| {kind} | demand or threat | earlier | benign | benign, verify | frauds routed |",
        "| --- " * 6 + "|",
    ]
    for part, rows in {**parts, "all": everything}.items():
        lines.append(f"| {part} | " + " | ".join(_singles(rows)) + " |")
    talks = [one for one in everything if one.lessons[0].talk]
    return "\n".join([*lines, "", *_talks(talks)] if talks else lines)


def _singles(rows: Sequence[Judged]) -> Iterable[str]:
    single = [(one.lessons[0], one.bands[0]) for one in rows if not one.lessons[0].talk]
    late = [band in RAISED for lesson, band in single if lesson.late]
    early = [
        band in RAISED
        for lesson, band in single
        if lesson.label is Label.COERCION and not lesson.late
    ]
    calm = [band for lesson, band in single if lesson.label in {Label.BENIGN, Label.SUPPORT}]
    frauds = [band is Band.VERIFY for lesson, band in single if lesson.label is Label.FRAUD]
    yield share(sum(late), len(late))
    yield share(sum(early), len(early))
    yield share(sum(band in RAISED for band in calm), len(calm))
    yield share(sum(band is Band.VERIFY for band in calm), len(calm))
    yield share(sum(frauds), len(frauds))


def _talks(found: Sequence[Judged]) -> Iterable[str]:
    coercive = [one for one in found if one.lessons[0].label is Label.COERCION]
    calm = [one for one in found if one.lessons[0].label is Label.BENIGN]
    yield "- conversations, Stop: " + _share(coercive, lambda one: Band.STOP in one.bands)
    asked = [one for one in coercive if _asked(one) is not None]
    yield "- Stop by the demand's turn: " + _share(
        asked, lambda one: Band.STOP in one.bands[: (_asked(one) or 0) + 1]
    )
    warnable = [
        one for one in asked if sum(not turn.mine for turn in one.lessons[: _asked(one)]) > 1
    ]
    yield "- warned before it: " + _share(
        warnable, lambda one: bool(RAISED & set(one.bands[: _asked(one)]))
    )
    yield "- benign conversations raised: " + _share(
        calm, lambda one: bool(RAISED & set(one.bands))
    )
    yield "- benign conversations, Stop: " + _share(calm, lambda one: Band.STOP in one.bands)


def _asked(one: Judged) -> int | None:
    """Return the turn of the first crime or money demand."""
    for at, turn in enumerate(one.lessons):
        if not turn.mine and any(code[0] in "CM" for code in turn.tactics):
            return at
    return None


def _share(found: Sequence[Judged], test: Callable[[Judged], bool]) -> str:
    return share(sum(map(test, found)), len(found))


if __name__ == "__main__":
    sys.exit(main())
