"""What is still found of a tactic, a report or a language that the models never saw.

`make check-left-out` trains without each in turn, with fewer rounds, on as many cores as there are,
and writes docs/check-left-out.md, which the report card prints beside the rest. Minutes, not more.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import NamedTuple

from oberih.check import compile as compiling
from oberih.check.figures import share
from oberih.check.lessons import Label, Lesson, lessons
from oberih.check.rules import Rules, load, read
from oberih.check.train import ROUNDS, Example, Seen, learned, seen_in, singles_of, together_of
from oberih.check.validate import RAISED, SHORT, Judged, digest_of, judged, read_talks
from oberih.check.values import Band

REPORT = Path(__file__).resolve().parents[3] / "docs" / "check-left-out.md"
MOST_CORES = 4
FEWEST = 40
NOTHING = share(0, 0)
CALM = {Label.BENIGN, Label.SUPPORT}
COLUMNS = (
    "demand or threat",
    "earlier stages",
    "benign raised",
    "frauds routed",
    "conversations, Stop",
    "benign conversations raised",
)
AFTER = "coercion invented after "
HEAD = """# Left out of training

Made by `make check-left-out` from {count:,} training texts and turns of all hands (digest
`{digest}`): each tactic, each public report and each language is left out of training in turn, and
what was left out is judged. Whole conversations are left out for one turn of them. The models had
{rounds} rounds instead of the {all} of those that ship, so these figures are lower than theirs
would be; words, frames and concepts cannot be left out: their authors knew all tactics."""


class Part(NamedTuple):
    """What is left out: `holds` tells whether a text belongs to it."""

    kind: str
    name: str


class Bench(NamedTuple):
    """Every training text as it is read without models, with what it teaches by itself."""

    rules: Rules
    seen: tuple[Seen, ...]
    taught: tuple[list[Example], ...]


def main() -> int:
    """Write and print the page; return 0."""
    text = page()
    REPORT.write_text(text, encoding="utf-8")
    print(text)  # noqa: T201  # a report is printed
    return 0


def page() -> str:
    """Return the page, after minutes of training on each core."""
    texts = [one.lesson for one in _bench().seen]
    found: dict[Part, list[Judged]] = {}
    wanted = parts(texts)
    with get_context("fork").Pool(min(MOST_CORES, cpu_count() or 1)) as pool:
        found.update(zip(wanted, pool.map(judged_without, wanted, chunksize=1), strict=True))
    head = HEAD.format(count=len(texts), digest=digest_of(texts), rounds=SHORT, all=ROUNDS)
    tables = (
        _table(kind, {part.name: rows for part, rows in found.items() if part.kind == kind})
        for kind in KINDS
    )
    return "\n\n".join([head, *tables]) + "\n"


def parts(texts: Iterable[Lesson]) -> list[Part]:
    """Return every tactic, and the reports and languages of at least FEWEST texts."""
    counts = Counter(
        Part(kind, name) for text in texts for kind, names in KINDS.items() for name in names(text)
    )
    return sorted(part for part, count in counts.items() if count >= FEWEST)


def tactics_in(text: Lesson) -> Iterable[str]:
    """Return the tactics of the closed list that a text carries."""
    return [code for code in text.tactics if code in load().tactics]


def report_of(text: Lesson) -> Iterable[str]:
    """Return the public report whose tactic a text follows, where one is named."""
    about = text.source.removeprefix(f"{text.hand} ")
    return [about.removeprefix(AFTER)] if about.startswith(AFTER) else []


def language_of(text: Lesson) -> Iterable[str]:
    """Return the language of a text."""
    return [text.language]


KINDS: dict[str, Callable[[Lesson], Iterable[str]]] = {
    "tactic": tactics_in,
    "source": report_of,
    "language": language_of,
}


def judged_without(part: Part) -> list[Judged]:
    """Train without a part; return how that part is judged."""
    rules, seen, taught = _bench()
    held = held_out([one.lesson for one in seen], part=part)
    kept = [one for one, is_held in zip(seen, held, strict=True) if not is_held]
    singles = [one for one, is_held in zip(taught, held, strict=True) if not is_held]
    # Single texts are judged without the model of conversations, so a tactic needs no windows.
    examples = [*chain(*singles), *(together_of(kept) if part.kind != "tactic" else ())]
    models = tuple(learned(examples, rounds=SHORT))
    texts = [one.lesson for one, is_held in zip(seen, held, strict=True) if is_held]
    wanted = [one for one in texts if not one.talk] if part.kind == "tactic" else texts
    blind = replace(rules, models=models)
    return judged(read_talks(wanted, rules=blind), rules=blind)


def held_out(texts: Sequence[Lesson], *, part: Part) -> list[bool]:
    """Tell of each text whether it is left out: for one turn of a conversation, all of them are."""
    names = KINDS[part.kind]
    talks = {one.talk for one in texts if part.name in names(one)} - {""}
    return [part.name in names(one) or one.talk in talks for one in texts]


@cache
def _bench() -> Bench:
    """Read every text once, before the cores share the work."""
    rules = read(compiling.compile_rules(without_model=True))
    seen = tuple(seen_in(lessons(), rules=rules))
    return Bench(rules, seen, tuple(singles_of([one]) for one in seen))


def _table(kind: str, parts: Mapping[str, Sequence[Judged]]) -> str:
    """Return a table; a column that says nothing of this kind is left away."""
    rows = [[kind, *COLUMNS], *([name, *_shares(found)] for name, found in parts.items())]
    told = [column for column in zip(*rows, strict=True) if set(column[1:]) != {NOTHING}]
    head, *lines = (_line(row) for row in zip(*told, strict=True))
    return "\n".join([f"## Left out: one {kind}", "", head, "| --- " * len(told) + "|", *lines])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _shares(rows: Sequence[Judged]) -> Iterable[str]:
    """Yield a cell a column: single texts, then conversations; "-" where there are none."""
    single = [(one.lessons[0], set(one.bands)) for one in rows if not one.lessons[0].talk]
    talks = [(one.lessons[0].label, set(one.bands)) for one in rows if one.lessons[0].talk]
    yield _share(bool(bands & RAISED) for text, bands in single if text.late)
    yield _share(
        bool(bands & RAISED)
        for text, bands in single
        if text.label is Label.COERCION and not text.late
    )
    yield _share(bool(bands & RAISED) for text, bands in single if text.label in CALM)
    yield _share(Band.VERIFY in bands for text, bands in single if text.label is Label.FRAUD)
    yield _share(Band.STOP in bands for label, bands in talks if label is Label.COERCION)
    yield _share(bool(bands & RAISED) for label, bands in talks if label is Label.BENIGN)


def _share(found: Iterable[bool]) -> str:
    known = list(found)
    return share(sum(known), len(known))


if __name__ == "__main__":
    sys.exit(main())
