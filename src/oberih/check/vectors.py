"""Write vectors/assessments.json: inputs of many kinds with this engine's assessments.

The corpus' training part and mutations of it go in; web/src/check.ts must answer the same.
"""

import json
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from oberih.check.engine import assess
from oberih.check.items import item_of
from oberih.check.rules import load
from oberih.core import canonical

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT / "corpus" / "second-hand" / "train"
TARGET = ROOT / "vectors" / "assessments.json"
LINES = ("coercive-lines", "benign-lines", "fraud")
CONVERSATIONS = ("conversations", "benign-conversations")
TWINS = str.maketrans("аеорсхі", "aeopcxi")
SEED = 40
BEGAN = datetime(2026, 3, 1, 9)  # noqa: DTZ001  # a chat's clock has no zone
Item = dict[str, Any]


def main() -> int:
    """Write the vectors anew; return 0."""
    rows = [_answered(item) for item in [*_whole(), *_spoken(), *_mutated(), *_ticked()]]
    TARGET.write_bytes(canonical.encode({"v": 1, "vectors": rows}))
    return 0


def _answered(item: Item) -> Item:
    read = item_of(json.dumps(item), line=1)
    return {**item, "assessment": assess(read.conversation, answers=read.answers).as_json()}


def _whole() -> Iterator[Item]:
    for name in LINES:
        yield from (_single(row["text"]) for row in _rows(name) if "text" in row)
    for name in CONVERSATIONS:
        for row in _rows(name):
            kept = [{"from": one["from"], "text": one["text"]} for one in row["messages"]]
            yield {"messages": kept}


def _spoken() -> Iterator[Item]:
    """Yield the conversations between several people, over days, with words of others in them."""
    for name in CONVERSATIONS:
        for row in _rows(name):
            turns = [(at, one["from"], one["text"]) for at, one in enumerate(row["messages"])]
            yield {"messages": [_turn(*one, who="ab"[one[0] % 2]) for one in turns]}
            yield {"messages": [_turn(*one, at=_spaced(one[0])) for one in turns]}
            yield {"messages": [_turn(*one, forwarded=one[0] % 3 != 1) for one in turns]}
            yield {"messages": [_turn(at, sender, _quoting(text)) for at, sender, text in turns]}


def _turn(_at: int, sender: str, text: str, **beside: object) -> Item:
    return {"from": sender, "text": text, **beside}


def _spaced(turn: int) -> str:
    """Return a time: some turns come after minutes, some after days or months."""
    return (BEGAN + timedelta(days=turn**3 // 2, minutes=turn)).isoformat()


def _quoting(text: str) -> str:
    first, _, rest = text.partition(" ")
    return f"> {first} {rest}\n{rest}" if len(rest) % 2 else f"{first}\n > {rest} \U0001f600"


def _mutated() -> Iterator[Item]:
    chance = random.Random(SEED)  # noqa: S311  # repeatable, nothing secret
    for row in _rows("coercive-lines"):
        text = row["text"]
        place = chance.randrange(len(text))
        yield _single(text.translate(TWINS))
        yield _single("\u200b".join(text))
        yield _single(" ".join(text.split(" ")[0]) + text[len(text.split(" ")[0]) :].upper())
        yield _single(text[:place] + text[place + 1 :] + " 😀")
        yield _single(f"«{text}», каже він мені")


def _ticked() -> Iterator[Item]:
    codes = sorted(load().questions)
    for first in codes:
        yield {"messages": [], "answers": {first: True}}
        for second in codes[::4]:
            yield {"messages": [], "answers": {first: True, second: True}}


def _single(text: str) -> Item:
    return {"messages": [{"from": "them", "text": text}]}


def _rows(name: str) -> list[Item]:
    path = CORPUS / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


if __name__ == "__main__":
    sys.exit(main())
