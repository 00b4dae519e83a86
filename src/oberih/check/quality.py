"""The report card of the check on the frozen splits: `make check-quality` prints and commits it.

Only deterministic figures; intervals are Clopper-Pearson at 95 %.
"""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it ships no types

from oberih.check.baselines import ENGINES, FULL, PAGE, TAP, Engine
from oberih.check.disguises import DISGUISES
from oberih.check.figures import Row, Split, frozen_splits, share
from oberih.check.readers.sides import time_of
from oberih.check.rules import ARTEFACT, MODEL
from oberih.check.second.artefact import ARTEFACT as SMALL
from oberih.check.second.artefact import LARGE
from oberih.check.talks import Told, rows_of
from oberih.check.values import Assessment, Band, Conversation, Message, Route

ROOT = Path(__file__).resolve().parents[3]
REPORT = ROOT / "docs" / "check-quality.md"
LEFT_OUT = ROOT / "docs" / "check-left-out.md"
VECTORS = ROOT / "vectors" / "assessments.json"
RAISED = {Band.WARNING, Band.STOP}
LATE = 4
SHOWN = (PAGE, TAP, FULL)


def main() -> int:
    """Write and print the report; return 0."""
    text = report()
    REPORT.write_text(text, encoding="utf-8")
    print(text)  # noqa: T201  # a report is printed
    return 0


def report() -> str:
    """Return the report card of every frozen split as Markdown; splits are read side by side."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as others:
        found = list(others.map(_of_split, frozen_splits()))
    parts = [HEAD, _sizes(), *chain.from_iterable(found)]
    parts.append(LEFT_OUT.read_text(encoding="utf-8").strip())
    return "\n\n".join(parts) + "\n"


HEAD = """# Check quality

On frozen splits, each written by a hand that neither wrote nor ran the rules, after public
reporting: a direction, not a result. Made by `make check-quality`.

**Three engines are shown.** The whole engine is what the families' page answers with at once. The
second reader (records 0201, 0203 to 0209) is a network that reads what the engine doubts: the page
has the small one after a tap; **`oberih check` and the desk have the large one**, which hears the
small one too.

**How choices were made.** Features, weights, sizes and the network's shape were chosen by
cross-validation on the training parts and by `second-hand/test` and `sixth-hand/test`, the last
thresholds of the second reader by `thirty-second-hand/test` too. These three are **development
sets**: totals and errors were looked at, thresholds were taken so that benign texts raise about as
rarely as before (records 0192, 0200, 0201, 0203 to 0209); their figures are an upper bound. No line
of the other splits was read, and three things were chosen by them: a threshold under which 14 % of
the real texts were "cannot tell" was set back; a training of the large network that the development
sets called equal was left, since it warned later on these (record 0210); and that the page takes no
Stop back was settled with their totals in view (record 0209). `thirty-third-hand/test` was frozen
unread and judged six times (66.4, 69.9, 73.7, 79.5, 83.4 and, what was left, 82.6 %): **its figures
are the ones to believe**, until somebody tunes on them. The single lines of
`forty-second-hand/test` were written towards what the small second reader got wrong, so its figure
there is low by construction; its conversations were written unseen. It was judged three times.
`twenty-sixth-hand` was judged nine times, `nineteenth-hand` eleven times. What record 0209 changed
in conversations was judged three times more. `real-hand/test` is what people really wrote, harmless
all of it.

**The gates** (>= 90 % of demands, <= 1 % of benign texts, Stop in >= 97 % of conversations,
>= 95 % by the demand's turn, >= 60 % warned before, >= 90 % of frauds) are **not met** where a
figure below says so."""

SIDE = (
    "demand or threat, Stop or Warning",
    "demand or threat, verify",
    "earlier stages, Stop or Warning",
    "benign texts, Stop or Warning",
    "benign texts, verify",
    "other frauds, fraud or verify",
)


def _sizes() -> str:
    rules = len(brotli.compress(ARTEFACT.read_bytes()))
    model = len(brotli.compress(MODEL.read_bytes()))
    small = len(brotli.compress(SMALL.read_bytes()))
    vectors = len(json.loads(VECTORS.read_bytes())["vectors"])
    rows = [
        ("rules and models as JSON, bytes after brotli", f"{rules:,}"),
        ("models alone, bytes after brotli", f"{model:,}"),
        ("second reader, small, bytes after brotli", f"{small:,}"),
        ("second reader, large, bytes", f"{LARGE.stat().st_size:,}"),
        ("committed vectors that both engines answer alike", f"{vectors:,}"),
        ("generated texts that both engines answer alike in every test run", "10,000"),
    ]
    return _table("Size and parity", ("what", "figure"), rows)


def _of_split(split: Split) -> list[str]:
    name = f"{split.hand}/test"
    by = ("tactics", "lang", "register", "stage") if split.rows("coercive-lines") else ()
    return [
        f"# {name}\n\nDigest: `{split.digest()}`",
        _table(f"{name}: engines side by side", ("engine", *SIDE), list(_side_by_side(split))),
        _conversations(split),
        *(_by(split, key=key) for key in by),
        _neighbours(split),
        *([_attacks(split)] if by else ()),
    ]


def _side_by_side(split: Split) -> Iterable[tuple[str, ...]]:
    lines = split.rows("coercive-lines")
    late = [row for row in lines if row["stage"] >= LATE]
    early = [row for row in lines if row["stage"] < LATE]
    benign, frauds = split.rows("benign-lines"), _singles(split.rows("fraud"))
    for name, engine in ENGINES.items():
        answers = {id(row): _single(row, engine=engine) for row in (*lines, *benign, *frauds)}
        raised = _counter(lambda found: found.band in RAISED, answers=answers)
        verify = _counter(lambda found: found.band is Band.VERIFY, answers=answers)
        routed = _counter(_is_routed, answers=answers)
        coercive = (raised(late), verify(late), raised(early))
        yield (name, *coercive, raised(benign), verify(benign), routed(frauds))


def _is_routed(found: Assessment) -> bool:
    return found.route is Route.FRAUD or found.band is Band.VERIFY


def _counter(
    test: Callable[[Assessment], bool], *, answers: Mapping[int, Assessment]
) -> Callable[[list[Row]], str]:
    return lambda rows: share(sum(test(answers[id(row)]) for row in rows), len(rows))


def _conversations(split: Split) -> str:
    found = [list(_talks(split, engine=ENGINES[name])) for name in SHOWN]
    rows = [(same[0][0], *(figure for _, figure in same)) for same in zip(*found, strict=True)]
    return _table(f"{split.hand}/test: conversations", ("what", *SHOWN), rows)


def _talks(split: Split, *, engine: Engine) -> Iterable[tuple[str, str]]:
    told = [Told(row, engine(_conversation(row))) for row in split.rows("conversations")]
    calm = [engine(_conversation(row)) for row in split.rows("benign-conversations")]
    return rows_of(told, calm=calm)


def _by(split: Split, *, key: str) -> str:
    groups: dict[str, list[Row]] = {}
    for row in split.rows("coercive-lines"):
        values = row[key] if isinstance(row[key], list) else [str(row[key])]
        for value in values if row["stage"] >= LATE or key == "stage" else ():
            groups.setdefault(value, []).append(row)
    rows = [(name, *_raised(found)) for name, found in sorted(groups.items())]
    title = "All coercive lines" if key == "stage" else "Demands and threats"
    return _table(f"{split.hand}/test: {title} by {key}, Stop or Warning", (key, *SHOWN), rows)


def _raised(rows: Sequence[Row]) -> list[str]:
    """Return for each engine shown how many rows it raises."""
    return [
        share(sum(_single(row, engine=ENGINES[name]).band in RAISED for row in rows), len(rows))
        for name in SHOWN
    ]


def _neighbours(split: Split) -> str:
    groups: dict[str, list[Row]] = {}
    for row in split.rows("benign-lines"):
        groups.setdefault(row["class"], []).append(row)
    groups["all"] = [one for found in list(groups.values()) for one in found]
    rows = []
    for name, found in sorted(groups.items()):
        bands = [_single(row, engine=ENGINES[PAGE]).band for row in found]
        alone = (bands.count(Band.STOP), bands.count(Band.VERIFY))
        page, *others = _raised(found)
        rows.append((name, page, *(share(one, len(found)) for one in alone), *others))
    heads = ("class", "Stop or Warning", "Stop", "verify", "with the small one", "the large one")
    return _table(f"{split.hand}/test: benign neighbours", heads, rows)


def _attacks(split: Split) -> str:
    late = [row for row in split.rows("coercive-lines") if row["stage"] >= LATE]
    rows = []
    for name, disguise in DISGUISES.items():
        disguised = [{"text": disguise(row["text"])} for row in late]
        rows.append((name, *_raised(disguised)))
    title = f"{split.hand}/test: the same demands in disguise, Stop or Warning"
    return _table(title, ("disguise", *SHOWN), rows)


def _single(row: Row, *, engine: Engine) -> Assessment:
    return _remembered(row["text"], engine)


@cache
def _remembered(text: str, engine: Engine) -> Assessment:
    return _text(text, engine=engine)


def _text(text: str, *, engine: Engine) -> Assessment:
    return engine(Conversation((Message("them", text),)))


def _conversation(row: Row) -> Conversation:
    return Conversation(
        tuple(
            Message(one["from"], one["text"], time_of(one.get("at")), one.get("who") or "")
            for one in row["messages"]
        )
    )


def _singles(rows: list[Row]) -> list[Row]:
    return [row for row in rows if "text" in row]


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"## {title}", "", _line(heads), _line("---" for _ in heads), *map(_line, rows)]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
