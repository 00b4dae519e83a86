"""Cross-validation on the training part alone: every choice of the models rests on it.

`python -m oberih.check.validate` trains without a part of the sources, or without a whole hand,
and judges that part.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from oberih.check import compile as compiling
from oberih.check.figures import share
from oberih.check.frames import Reading, reading_of
from oberih.check.lessons import Label, Lesson, lessons
from oberih.check.rules import Rules, read
from oberih.check.sequence import Course
from oberih.check.train import examples_of, learned, seen_in
from oberih.check.values import Band

FOLDS = 4
RAISED = {Band.WARNING, Band.STOP}


Fold = Callable[[Lesson], str]
Talk = tuple[tuple[Lesson, Reading], ...]


class Judged(NamedTuple):
    """A text or conversation with the bands that its messages of the other side got."""

    lessons: tuple[Lesson, ...]
    bands: tuple[Band, ...]


def main() -> int:
    """Print the tables of both kinds of folds; return 0."""
    texts = list(lessons())
    kinds = {"a quarter of the sources held out": by_source(texts), "a hand held out": by_hand}
    for title, fold in kinds.items():
        found: list[Judged] = []
        for rules, held in held_out(texts, fold=fold):
            found += judged(read_talks(held, rules=rules), rules=rules)
        print(f"\n## {title}\n\n{table_of(found)}")  # noqa: T201  # a command that reports
    return 0


def by_source(texts: Sequence[Lesson]) -> Fold:
    """Return which of FOLDS folds a source is in: sources in turn, in the order of their names."""
    sources = sorted({lesson.source for lesson in texts})
    folds = {source: str(at % FOLDS) for at, source in enumerate(sources)}
    return lambda lesson: folds[lesson.source]


def by_hand(lesson: Lesson) -> str:
    """Return the hand that wrote a text."""
    return lesson.hand


def held_out(texts: Sequence[Lesson], *, fold: Fold) -> Iterator[tuple[Rules, list[Lesson]]]:
    """Yield each fold's texts with rules whose models have not seen them."""
    rules = read(compiling.compile_rules(without_model=True))
    seen = seen_in(texts, rules=rules)
    for held in sorted({fold(lesson) for lesson in texts}):
        models = learned(examples_of([one for one in seen if fold(one.lesson) != held]))
        yield (
            replace(rules, models=tuple(models)),
            [lesson for lesson in texts if fold(lesson) == held],
        )


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
        bands = [Band.NONE if one.mine else course.take(reading)[0] for one, reading in turns]
        found.append(Judged(tuple(one for one, _ in turns), tuple(bands)))
    return found


def table_of(found: Sequence[Judged]) -> str:
    """Return the figures that the gates speak of, by hand."""
    hands = sorted({one.lessons[0].hand for one in found})
    lines = ["| hand | demand or threat | earlier | benign | benign, verify | frauds routed |"]
    lines.append("| --- " * 6 + "|")
    for hand in [*hands, "all"]:
        rows = [one for one in found if hand in {"all", one.lessons[0].hand}]
        lines.append(f"| {hand} | " + " | ".join(_singles(rows)) + " |")
    lines += ["", *_talks([one for one in found if one.lessons[0].talk])]
    return "\n".join(lines)


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
    yield "conversations, Stop: " + _share(coercive, lambda one: Band.STOP in one.bands)
    asked = [one for one in coercive if _asked(one) is not None]
    yield "Stop by the demand's turn: " + _share(
        asked, lambda one: Band.STOP in one.bands[: (_asked(one) or 0) + 1]
    )
    warnable = [
        one for one in asked if sum(not turn.mine for turn in one.lessons[: _asked(one)]) > 1
    ]
    yield "warned before it: " + _share(
        warnable, lambda one: bool(RAISED & set(one.bands[: _asked(one)]))
    )
    yield "benign conversations raised: " + _share(calm, lambda one: bool(RAISED & set(one.bands)))
    yield "benign conversations, Stop: " + _share(calm, lambda one: Band.STOP in one.bands)


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
