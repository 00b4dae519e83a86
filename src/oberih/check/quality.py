"""The report card of the check on the frozen split: `make check-quality` prints and commits it.

Only deterministic figures; intervals are Clopper-Pearson at 95 %.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from oberih.check.baselines import ENGINES, Engine
from oberih.check.disguises import DISGUISES
from oberih.check.figures import Split, digest_of, share
from oberih.check.values import Assessment, Band, Conversation, Message, Route

ROOT = Path(__file__).resolve().parents[3]
REPORT = ROOT / "docs" / "check-quality.md"
RAISED = {Band.WARNING, Band.STOP}
DEMAND_STAGE = 4
EARLIER_TURNS = 2
Row = Mapping[str, Any]


def main() -> int:
    """Write and print the report; return 0."""
    text = report(Split.TEST)
    REPORT.write_text(text, encoding="utf-8")
    print(text)  # noqa: T201  # a report is printed
    return 0


def report(split: Split) -> str:
    """Return the report card of one split as Markdown."""
    whole = ENGINES["whole engine"]
    parts = [
        _head(split),
        _table("Engines side by side", ("engine", *SIDE), list(_side_by_side(split))),
        _conversations(split, engine=whole),
        _by(split, engine=whole, key="tactics"),
        _by(split, engine=whole, key="lang"),
        _by(split, engine=whole, key="register"),
        _neighbours(split, engine=whole),
        _attacks(split, engine=whole),
    ]
    return "\n\n".join(parts) + "\n"


SIDE = (
    "demand or threat, Stop or Warning",
    "earlier stages, Stop or Warning",
    "benign texts, Stop or Warning",
    "benign texts, verify",
    "other frauds, fraud or verify",
)


def _head(split: Split) -> str:
    return (
        "# Check quality\n\n"
        f"On the frozen `{split.value}` split of `corpus/second-hand` (one hand that neither wrote "
        "nor ran the rules; texts invented after public reporting): a direction, not a result. "
        "The lexicon's author saw only totals of this split, used some of them to choose the "
        "model's thresholds, and read none of its lines. Made by `make check-quality`.\n\n"
        f"Corpus digest: `{digest_of(split)}`\n\n"
        "The gates (>= 90 % of demands, <= 1 % of benign texts, >= 97 % of conversations, "
        ">= 90 % of frauds) are **not met** where a figure below says so."
    )


def _side_by_side(split: Split) -> Iterable[tuple[str, ...]]:
    lines = split.rows("coercive-lines")
    late = [row for row in lines if row["stage"] >= DEMAND_STAGE]
    early = [row for row in lines if row["stage"] < DEMAND_STAGE]
    benign, frauds = split.rows("benign-lines"), _singles(split.rows("fraud"))
    for name, engine in ENGINES.items():
        answers = {id(row): _single(row, engine=engine) for row in (*lines, *benign, *frauds)}
        raised = _counter(lambda found: found.band in RAISED, answers=answers)
        verify = _counter(lambda found: found.band is Band.VERIFY, answers=answers)
        routed = _counter(_is_routed, answers=answers)
        counted = (raised(late), raised(early), raised(benign), verify(benign), routed(frauds))
        yield (name, *counted)


def _is_routed(found: Assessment) -> bool:
    return found.route is Route.FRAUD or found.band is Band.VERIFY


def _counter(
    test: Callable[[Assessment], bool], *, answers: Mapping[int, Assessment]
) -> Callable[[list[Row]], str]:
    return lambda rows: share(sum(test(answers[id(row)]) for row in rows), len(rows))


def _conversations(split: Split, *, engine: Engine) -> str:
    rows = split.rows("conversations")
    found = [(row, engine(_conversation(row))) for row in rows]
    stopped = [one for one in found if one[1].band is Band.STOP]
    asked = [one for one in found if one[0]["first_demand"] is not None]
    on_time = [one for one in asked if _is_on_time(*one)]
    warnable = [one for one in asked if _earlier_turns(one[0]) >= EARLIER_TURNS]
    warned = [one for one in warnable if _is_warned(*one)]
    calm = [engine(_conversation(row)) for row in split.rows("benign-conversations")]
    raised = [one for one in calm if one.band in RAISED]
    rows_ = [
        ("Stop in a whole coercive conversation", share(len(stopped), len(found))),
        ("Stop on the demand's turn or before", share(len(on_time), len(asked))),
        ("warned before the demand (>= 2 earlier turns)", share(len(warned), len(warnable))),
        ("median lead in turns where warned", _median(_lead(*one) for one in warned)),
        ("benign conversations, Stop or Warning", share(len(raised), len(calm))),
    ]
    return _table("Conversations", ("what", "figure"), rows_)


def _is_on_time(row: Row, found: Assessment) -> bool:
    return found.first_stop is not None and found.first_stop <= row["first_demand"]


def _is_warned(row: Row, found: Assessment) -> bool:
    return found.first_warning is not None and found.first_warning < row["first_demand"]


def _lead(row: Row, found: Assessment) -> int:
    return int(row["first_demand"]) - int(found.first_warning or 0)


def _median(numbers: Iterable[int]) -> str:
    ordered = sorted(numbers)
    return str(ordered[len(ordered) // 2]) if ordered else "-"


def _earlier_turns(row: Row) -> int:
    return sum(one["from"] == "them" for one in row["messages"][: row["first_demand"]])


def _by(split: Split, *, engine: Engine, key: str) -> str:
    groups: dict[str, list[bool]] = {}
    for row in split.rows("coercive-lines"):
        raised = _single(row, engine=engine).band in RAISED
        values = row[key] if isinstance(row[key], list) else [row[key]]
        for value in values if row["stage"] >= DEMAND_STAGE else ():
            groups.setdefault(value, []).append(raised)
    rows = [(name, share(sum(found), len(found))) for name, found in sorted(groups.items())]
    return _table(f"Demands and threats by {key}", (key, "Stop or Warning"), rows)


def _neighbours(split: Split, *, engine: Engine) -> str:
    groups: dict[str, list[Assessment]] = {}
    for row in split.rows("benign-lines"):
        groups.setdefault(row["class"], []).append(_single(row, engine=engine))
    rows = [
        (
            name,
            share(sum(one.band in RAISED for one in found), len(found)),
            share(sum(one.band is Band.STOP for one in found), len(found)),
        )
        for name, found in sorted(groups.items())
    ]
    return _table("Benign neighbours", ("class", "Stop or Warning", "Stop"), rows)


def _attacks(split: Split, *, engine: Engine) -> str:
    late = [row for row in split.rows("coercive-lines") if row["stage"] >= DEMAND_STAGE]
    rows = []
    for name, disguise in DISGUISES.items():
        raised = sum(_text(disguise(row["text"]), engine=engine).band in RAISED for row in late)
        rows.append((name, share(raised, len(late))))
    return _table("The same demands in disguise", ("disguise", "Stop or Warning"), rows)


def _single(row: Row, *, engine: Engine) -> Assessment:
    return _text(row["text"], engine=engine)


def _text(text: str, *, engine: Engine) -> Assessment:
    return engine(Conversation((Message("them", text),)))


def _conversation(row: Row) -> Conversation:
    return Conversation(tuple(Message(one["from"], one["text"]) for one in row["messages"]))


def _singles(rows: list[Row]) -> list[Row]:
    return [row for row in rows if "text" in row]


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"## {title}", "", _line(heads), _line("---" for _ in heads), *map(_line, rows)]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
