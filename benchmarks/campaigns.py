"""Grouping messages: time, memory and quality of `oberih campaigns link`, beside its peers.

`python benchmarks/campaigns.py [COUNT...]`; without counts 10,000 and 100,000. A million takes some
minutes, most of them to invent the messages.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from campaign_peers import with_datasketch, with_pairs, with_postings
from campaign_store import NEW, SEED, print_store
from campaign_texts import Example, examples
from campaign_truth import Quality, quality
from rows import Row, print_row

COUNTS = (10_000, 100_000)
FOR_PEERS = 10_000
HOLDERS = 2_000
SECONDS_A_MESSAGE = 15 / 100_000
MOST_MEMORY = 1_500
PRECISE, COMPLETE = 0.99, 0.95
SOURCES = Path(__file__).resolve().parent.parent / "src"


@dataclass(frozen=True, slots=True)
class Cost:
    """What the command took: seconds by the clock and of all cores, megabytes at the most."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    """Print the rows."""
    sys.path.insert(0, str(SOURCES))
    counts = [int(one) for one in sys.argv[1:]] or list(COUNTS)
    with tempfile.TemporaryDirectory(prefix="oberih-bench-") as folder:
        for count in counts:
            print_grouping(count, folder=Path(folder))
        print_peers(Path(folder))
        told = list(examples(max(counts) + NEW, seed=SEED))
        print_store(told[:-NEW], new=told[-NEW:], database=Path(folder) / "campaigns.sqlite3")


def print_grouping(count: int, *, folder: Path) -> None:
    """Print what grouping so many messages takes, and how well the groups fit."""
    truth = write(count, folder=folder)
    cost = measured(folder)
    found = quality(truth, groups=groups_in(folder))
    what = f"campaigns: {count:,} messages"
    most = count * SECONDS_A_MESSAGE
    is_asked = count >= max(COUNTS)
    bound = f"<= {most:.0f}, <= {MOST_MEMORY:,}" if is_asked else ""
    holds = not is_asked or (cost.wall <= most and cost.memory <= MOST_MEMORY)
    figures = f"{cost.wall:.1f} ({cost.cpu:.1f}), {cost.memory:,.0f}"
    print_row(Row(f"{what}, s wall (s CPU), MB", figures, bound, holds))
    print_quality(what, found=found)


def print_quality(what: str, *, found: Quality) -> None:
    """Print precision and recall, over all and for each kind of change."""
    least = min(found.by_kind.values())
    holds = found.precision >= PRECISE and min(found.recall, least) >= COMPLETE
    print(f"{what}: {found}")
    figures = f"{found.precision:.4f}, {found.recall:.4f} ({least:.4f})"
    figure = f"{what}, precision, recall (of the worst kind of change)"
    print_row(Row(figure, figures, f">= {PRECISE}, >= {COMPLETE}", holds))


def write(count: int, *, folder: Path) -> list[Example]:
    """Invent the messages; return them, with the truth."""
    truth = list(examples(count, seed=SEED))
    with (folder / "messages.jsonl").open("w", encoding="utf-8") as file:
        for one in truth:
            file.write(json.dumps({"id": one.id, "text": one.text}, ensure_ascii=False) + "\n")
    return truth


def measured(folder: Path) -> Cost:
    """Run the command on the folder's messages."""
    names = [str(folder / "messages.jsonl"), "-o", str(folder / "groups.jsonl")]
    command = [sys.executable, "-m", "oberih.cli", "campaigns", "link", *names]
    before, began, most = getrusage(RUSAGE_CHILDREN), time.perf_counter(), 0.0
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    with subprocess.Popen(command, env=environment) as running:  # noqa: S603  # our own
        while running.poll() is None:
            most = max(most, memory(running.pid))
            time.sleep(0.1)
    wall, after = time.perf_counter() - began, getrusage(RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, most)


def memory(number: int) -> float:
    """Return the megabytes of a process and its children, what they share counted once."""
    folder = Path("/proc") / str(number)
    try:
        children = (folder / "task" / str(number) / "children").read_text().split()
        told = dict(
            line.split()[:2] for line in (folder / "smaps_rollup").read_text().split("\n")[1:-1]
        )
    except OSError:
        return 0.0
    return int(told["Pss:"]) / 1000 + sum(memory(int(child)) for child in children)


def groups_in(folder: Path) -> list[str]:
    """Return the group of each message."""
    with (folder / "groups.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line)["group"] for line in file]


def print_peers(folder: Path) -> None:
    """Print how many times more the peers need for the same messages and the same value."""
    truth = write(FOR_PEERS, folder=folder)
    own = measured(folder)
    seconds, found = with_datasketch(truth)
    print(f"campaigns: datasketch, {FOR_PEERS:,} messages: {found}")
    print_row(
        Row(
            f"campaigns: {FOR_PEERS:,} messages, s CPU, beside datasketch (MinHash LSH, 32 x 4)",
            f"{own.cpu:.1f}",
            "",
            holds=True,
            ratio=f"{seconds / own.cpu:.0f} times less; precision {found.precision:.2f}",
        )
    )
    pairs, rows = with_pairs(HOLDERS)
    postings, fewer = with_postings(HOLDERS)
    print_row(
        Row(
            f"campaigns: a value of {HOLDERS:,} cases, rows, beside a table of pairs (as MISP's)",
            f"{fewer:,}",
            "",
            holds=True,
            ratio=f"{rows / fewer:,.0f} times fewer, {pairs / postings:,.0f} times less CPU",
        )
    )


if __name__ == "__main__":
    main()
