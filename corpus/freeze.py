"""Count the corpus, keep its test split frozen and its two splits apart."""  # noqa: INP001  # a script of its own

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parent / "second-hand"
SUMS = ROOT / "SHA256SUMS"
GRAM = 4
NEAR = 0.8
Row = dict[str, object]


def main() -> int:
    """Print the counts; return 1 when the frozen split or the distance between splits is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="freeze test/ as it stands now")
    parser.add_argument("--near", action="store_true", help="also look for near duplicates")
    arguments = parser.parse_args()
    if arguments.write:
        SUMS.write_text("".join(f"{line}\n" for line in sums()))
    breaches = [*changed_files(), *(near_duplicates() if arguments.near else ())]
    sys.stdout.writelines(f"{line}\n" for line in [*counts(), *tactic_counts(), *breaches])
    return 1 if breaches else 0


def sums() -> list[str]:
    """Return one `sha256sum` line for each file of the test split."""
    names = sorted((ROOT / "test").glob("*.jsonl"))
    return [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  test/{p.name}" for p in names]


def changed_files() -> list[str]:
    """Return the lines in which the sums on disk and the files differ."""
    frozen = SUMS.read_text().splitlines() if SUMS.exists() else []
    return [f"not frozen so: {line}" for line in sorted(set(frozen) ^ set(sums()))]


def counts() -> Iterator[str]:
    """Yield rows, languages and classes of each file."""
    for path in sorted(ROOT.glob("*/*.jsonl")):
        rows = list(read(path))
        languages = Counter(str(row["lang"]) for row in rows)
        yield f"{path.parent.name}/{path.stem}: {len(rows)} {spelled(languages)}"
        if "class" in rows[0]:
            yield f"    {spelled(Counter(str(row['class']) for row in rows))}"


def tactic_counts() -> Iterator[str]:
    """Yield how many coercive lines of each split carry each tactic."""
    for split in ("train", "test"):
        tactics: Counter[str] = Counter()
        for row in read(ROOT / split / "coercive-lines.jsonl"):
            codes = row["tactics"]
            tactics.update(codes if isinstance(codes, list) else [])
        yield f"{split} tactics: {spelled(tactics)}"


def near_duplicates() -> Iterator[str]:
    """Yield pairs across the splits whose character 4-grams overlap by more than 0.8 (Jaccard)."""
    for known, fresh in product(texts("train"), texts("test")):
        if overlap(known[1], fresh[1]) > NEAR:
            yield f"near duplicates: {known[0]} {fresh[0]}"


def overlap(here: frozenset[str], there: frozenset[str]) -> float:
    """Return the Jaccard index, 0 at once when the sizes alone rule out a near duplicate."""
    if min(len(here), len(there)) < NEAR * max(len(here), len(there)):
        return 0.0
    return len(here & there) / len(here | there)


def grams(row: Row) -> frozenset[str]:
    """Return the character 4-grams of a line's or of a whole conversation's text."""
    messages = row.get("messages")
    text = str(row.get("text", ""))
    if isinstance(messages, list):
        text = " ".join(str(message["text"]) for message in messages)
    text = " ".join(text.lower().split())
    return frozenset(text[i : i + GRAM] for i in range(max(1, len(text) - GRAM + 1)))


def texts(split: str) -> list[tuple[str, frozenset[str]]]:
    """Return the id and the 4-grams of each row of one split."""
    paths = sorted((ROOT / split).glob("*.jsonl"))
    return [(str(row["id"]), grams(row)) for path in paths for row in read(path)]


def read(path: Path) -> Iterator[Row]:
    """Yield the rows of one file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def spelled(counter: Counter[str]) -> str:
    """Return counts as `name n`, the names in order."""
    return ", ".join(f"{name} {number}" for name, number in sorted(counter.items()))


if __name__ == "__main__":
    sys.exit(main())
