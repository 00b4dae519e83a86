"""Messages checked a second on one core, and how long the rules take to load."""

import json
import sys
import time
from pathlib import Path

from rows import Row, print_row

ROOT = Path(__file__).resolve().parent.parent
MESSAGES = 2_000


def main() -> None:
    """Print two rows."""
    sys.path.insert(0, str(ROOT / "src"))
    for label, figure in figures().items():
        print_row(Row(label, f"{figure:,.0f}", "", holds=True))


def figures() -> dict[str, float]:
    """Return the figures by their names."""
    from oberih.check.engine import assess  # noqa: PLC0415  # found by the path above
    from oberih.check.rules import load  # noqa: PLC0415  # the same
    from oberih.check.values import Conversation, Message  # noqa: PLC0415  # the same

    began = time.perf_counter()
    load()
    loaded = time.perf_counter() - began
    rows = (ROOT / "corpus" / "second-hand" / "train" / "benign-lines.jsonl").read_text("utf-8")
    texts = [json.loads(line)["text"] for line in rows.splitlines()]
    messages = tuple(Message("them", texts[at % len(texts)]) for at in range(MESSAGES))
    began = time.perf_counter()
    assess(Conversation(messages), answers={})
    return {
        "check: rules loaded, ms": 1_000 * loaded,
        "check: messages/s, one core": MESSAGES / (time.perf_counter() - began),
    }


if __name__ == "__main__":
    main()
