"""Run every benchmark of this folder and print one table, with the machine it was measured on.

A benchmark is a file with a `main()` that prints rows (`rows.print_row`). `run.py front check` runs
only those.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rows import Row, read_row

FOLDER = Path(__file__).resolve().parent
FLUSHES = 200
NOT_BENCHMARKS = {
    "run",
    "rows",
    "load",
    "get",
    "voprf",
    "lookup_place",
    "scale",
    "campaign_texts",
    "desk_rows",
    "desk_together",
    "desk_first_row",
    "desk_second",
    "campaign_truth",
    "campaign_peers",
    "campaign_store",
    "campaign_tables",
    "campaign_growth",
    "register_lists",
    "register_scripts",
    "register_strangers",
    "register_card",
    "register_splink",
}


def main() -> int:
    """Print the table; return 1 when a bound does not hold or a benchmark fails."""
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(f"{machine()}\n")
    table = Table("figure", "here", "bound", "", "against the peers", "peers, measured elsewhere")
    failed = []
    for path in benchmarks(sys.argv[1:]):
        rows, passed = measured(path)
        failed += [row.figure for row in rows if not row.holds] or ([] if passed else [path.stem])
        for row in rows:
            table.add_row(row.figure, row.measured, row.bound, sign(row), row.ratio, row.peer)
    console.print(table)
    console.print("Peers: docs/benchmarks.md says what was measured, where and when.")
    if failed:
        console.print("does not hold: " + ", ".join(failed))
    return 1 if failed else 0


def benchmarks(wanted: list[str]) -> list[Path]:
    """Return the benchmarks of those names, or all."""
    scripts = [path for path in sorted(FOLDER.glob("*.py")) if path.stem not in NOT_BENCHMARKS]
    return [path for path in scripts if path.stem in wanted or not wanted]


def measured(path: Path) -> tuple[list[Row], bool]:
    """Run one benchmark; return its rows and whether it passed; print what is no row as it is."""
    done = subprocess.run(  # noqa: S603  # our own script
        [sys.executable, str(path)], stdout=subprocess.PIPE, text=True, check=False
    )
    lines = done.stdout.splitlines()
    print(*(f"{path.stem}: {line}" for line in lines if is_remark(line)), sep="\n")
    return [read_row(line) for line in lines if not is_remark(line)], done.returncode == 0


def is_remark(line: str) -> bool:
    """Tell whether a line is meant for people and not for the table."""
    return "\t" not in line


def sign(row: Row) -> str:
    """Return whether the bound holds, in a word."""
    return "holds" if row.holds else "BROKEN"


def machine() -> str:
    """Return what was measured on: ratios travel, absolutes do not."""
    cores = os.cpu_count() or 1
    return (
        f"{processor()}, {cores} cores, Linux {platform.release()}, Python "
        f"{platform.python_version()}, {flushes():,.0f} flushes/s on the disk, "
        f"load {os.getloadavg()[0]:.1f} before"
    )


def processor() -> str:
    """Return the processor's name."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def flushes() -> float:
    """Return how many times a second the disk flushes a page."""
    with tempfile.TemporaryFile() as file:
        began = time.perf_counter()
        for _ in range(FLUSHES):
            file.write(bytes(4096))
            file.flush()
            os.fdatasync(file.fileno())
        return FLUSHES / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
