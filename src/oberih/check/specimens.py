"""Each frame's source, a training text that fills it, and a calm one of its words that does not.

`python -m oberih.check.specimens` writes rules/specimens.yaml; a test holds every frame to it.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import yaml

from oberih.check.frames import Reading, reading_of
from oberih.check.lessons import Label, Lesson, lessons
from oberih.check.rules import Frame, Rules, load

TARGET = Path(__file__).resolve().parent / "rules" / "specimens.yaml"
SHORT = 110
OWN = "the lexicon's author, after the tactics table"
SOURCES = {
    "P1": "Kyiv Independent 2026-02",
    "P2": "Coordination HQ 2025",
    "P3": "BBC 2025-01",
    "P4": "sud.ua 2026-01-11",
    "P5": "sud.ua 2026-01-11",
    "P6": "National Police; lb.ua 2025-11-28",
    "H1": "BBC 2025-01",
    "H2": "BBC 2025-01",
    "H3": "lb.ua 2025-11-28",
    "H4": "lb.ua 2025-11-28",
    "H5": "SBU 2025",
    "X2": "Kyiv Independent 2026-02",
    "D1": "sud.ua (Ombudsman, Cyberpolice)",
    "I1": "Patrol Police 2025-03-28",
    "I2": "Patrol Police 2025-03-28",
    "I3": "Patrol Police 2025-03-28",
    "I4": "Patrol Police 2025-03-28",
    "T1": "Politico 2023-12",
    "T2": "Coordination HQ 2025",
    "T3": "Coordination HQ 2025",
    "T4": "SBU 2025-10-08; RUSI 2026-01",
    "C": "SBU 2025; BBC 2025-01",
    "C6": "Coordination HQ 2026-02",
    "M": "lb.ua 2025-11-28; vikna.tv 2026-01-01",
    "M7": "Cyberpolice",
    "K": "BBC 2025-01; bntnews.bg",
    "$": "tsn.ua 2026-02-23",
}
CALM = {Label.BENIGN, Label.SUPPORT, Label.OFFICIAL}


def main() -> int:
    """Write the specimens anew; return 0."""
    rules = load()
    read = [(one, reading_of(one.text, rules=rules, mine=True)) for one in lessons()]
    rows = {frame.name: specimen_of(frame, read=read) for frame in rules.frames}
    TARGET.write_text(
        "# Made by `python -m oberih.check.specimens`: where a frame comes from, a training text\n"
        "# that fills it and a calm one of its words that does not. No entry: no hand wrote one.\n"
        + yaml.safe_dump(rows, allow_unicode=True, width=1_000, sort_keys=False),
        encoding="utf-8",
    )
    return 0


def specimen_of(
    frame: Frame, *, read: Iterable[tuple[Lesson, Reading]]
) -> dict[str, str | list[str]]:
    """Return the source and the shortest examples for and against."""
    filled, near = [], []
    for lesson, reading in read:
        if len(lesson.text) > SHORT:
            continue
        if fills(frame, reading=reading):
            filled.append((lesson.label in CALM, len(lesson.text), lesson.text))
        elif lesson.label in CALM and _is_near(frame, reading=reading):
            near.append((len(lesson.text), lesson.text))
    return {
        "source": SOURCES.get(frame.tactic) or SOURCES.get(frame.tactic[:1]) or OWN,
        "for": [text for _, _, text in sorted(filled)[:1]],
        "against": [text for _, text in sorted(near)[:1]],
    }


def fills(frame: Frame, *, reading: Reading) -> bool:
    """Tell whether a text fills the frame."""
    return any(hit.frame.name == frame.name for hit in reading.hits)


def specimens(rules: Rules) -> Iterable[tuple[Frame, str, bool]]:
    """Yield each frame's examples, and whether they fill it."""
    rows = yaml.safe_load(TARGET.read_text(encoding="utf-8"))
    for frame in rules.frames:
        yield from ((frame, text, True) for text in rows[frame.name]["for"])
        yield from ((frame, text, False) for text in rows[frame.name]["against"])


def _is_near(frame: Frame, *, reading: Reading) -> bool:
    """Tell whether words of the frame's first group stand in a text."""
    return any(not frame.all[0].isdisjoint(word.classes) for word in reading.words)


if __name__ == "__main__":
    sys.exit(main())
