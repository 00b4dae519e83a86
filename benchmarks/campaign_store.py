"""One new report against many on SQLite: the time of `take_in` in a transaction of its own.

The desk's tables, without its encryption: the report is linked, grouped and counted, and flushed.
`python benchmarks/campaign_store.py COUNT DATABASE` fills a database with so many cases, unless it
is there already, and measures; a million takes ten minutes to fill and two gigabytes. Measuring
files into it, so a second time wants another database, or a copy made before the first.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from campaign_tables import BOOK, DAY, OFTEN, SHARED, answered, fill, open_tables
from campaign_texts import Example, examples
from rows import Row, print_row

BOUND_MS, QUERY_MS = 50, 20
FLOOD = 1_000
SEED, NEW = 101, 400


def main() -> None:
    """Fill unless it was filled, and measure."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    count, database = int(sys.argv[1]), Path(sys.argv[2])
    known = list(examples(count + NEW, seed=SEED))
    print_store(known[:-NEW], new=known[-NEW:], database=database)


def print_store(known: list[Example], *, new: list[Example], database: Path) -> None:
    """Fill a database with the known cases, file the new ones, and print how long each took."""
    is_filled = database.exists()
    open_tables(database)
    if is_filled:
        require_unmeasured()
    else:
        began = time.perf_counter()
        fill(answered(known), database=database)
        took = time.perf_counter() - began
        size = database.stat().st_size / 1e6
        print(f"campaigns: tables of {len(known):,} cases: {took:.0f} s to fill, {size:,.0f} MB")
    print_filing(new, count=len(known))
    print_flood(new[0], count=len(known))
    print_query(len(known))


def require_unmeasured() -> None:
    """Stop where the new reports are filed already: filing them again would take no time."""
    from oberih.campaigns.models import Contact  # noqa: PLC0415  # needs the set-up

    if Contact.objects.filter(book=BOOK, case=new_case(0)).exists():
        message = "the new reports are in this database already: name another, or a copy"
        raise SystemExit(message)


def new_case(number: int) -> str:
    """Return the id of a new report's case."""
    return f"N{number:08d}"


def print_filing(new: list[Example], *, count: int) -> None:
    """File the new reports, each in its own transaction, and print the time they take."""
    wall, cpu = filed([(new_case(number), one.text) for number, one in enumerate(new)])
    middle, most = np.percentile(wall, [50, 95]).tolist()
    of_core = "{:.1f}, {:.1f}".format(*np.percentile(cpu, [50, 95]))
    figure = f"campaigns: a new report against {count:,} on SQLite, ms, p50, p95 (CPU p50, p95)"
    shown = f"{middle:.1f}, {most:.1f} ({of_core})"
    print_row(Row(figure, shown, f"< {BOUND_MS} at p95", most < BOUND_MS))


def print_flood(one: Example, *, count: int) -> None:
    """File near-equal reports, and print whether the last take longer than the first."""
    words = one.text.split()
    reports = [
        (
            f"F{number:08d}",
            " ".join([*words, *(letters[number // 26**at % 26] * 3 for at in range(3))]),
        )
        for letters in ["абвгдежзиклмнопрстуфхцчшщю"]
        for number in range(FLOOD)
    ]
    wall, cpu = filed(reports)
    first, last = np.percentile(wall[:200], 95), np.percentile(wall[-200:], 95)
    figure = (
        f"campaigns: {FLOOD:,} near-equal reports into {count:,}, ms p95, first 200, last (CPU)"
    )
    shown = f"{first:.0f}, {last:.0f} ({np.percentile(cpu[-200:], 95):.0f})"
    print_row(Row(figure, shown, f"< {BOUND_MS}", bool(last < BOUND_MS)))


def filed(reports: list[tuple[str, str]]) -> tuple[list[float], list[float]]:
    """Return how many milliseconds each report took to its commit, by the clock and of a core."""
    from django.db import transaction  # noqa: PLC0415  # needs the set-up

    from oberih.campaigns.facts import Facts  # noqa: PLC0415  # the same
    from oberih.campaigns.taking import take_in  # noqa: PLC0415  # the same

    wall, cpu = [], []
    for case, text in reports:
        facts = Facts(case=case, family=case, day=DAY, texts=(text,))  # type: ignore[arg-type]
        began, spent = time.perf_counter(), time.thread_time()
        with transaction.atomic():
            take_in(facts, book=BOOK)
        wall.append(1_000 * (time.perf_counter() - began))
        cpu.append(1_000 * (time.thread_time() - spent))
    return wall, cpu


def print_query(count: int) -> None:
    """Print how long it takes to read who names an identifier, a rare one and the frequent one."""
    from oberih.campaigns.models import Sighting  # noqa: PLC0415  # needs the set-up

    def holders(value: str) -> Callable[[], object]:
        wanted = Sighting.objects.filter(
            clue__book=BOOK, clue__kind="identifier", clue__value=value
        ).order_by("contact")
        return lambda: list(wanted.values_list("contact__case", flat=True))

    rare = milliseconds(holders("phone:+380500000007"))
    often = milliseconds(holders(SHARED))
    figure = f"campaigns: who names one of {count:,} identifiers, ms: a rare one / all {OFTEN:,}"
    shown = f"{rare:.1f} / {often:.1f}"
    print_row(Row(figure, shown, f"< {QUERY_MS}", max(rare, often) < QUERY_MS))


def milliseconds(work: Callable[[], object]) -> float:
    """Return the 95th percentile of a few tries."""
    times = []
    for _ in range(40):
        began = time.perf_counter()
        work()
        times.append(1_000 * (time.perf_counter() - began))
    return float(np.percentile(times, 95))


if __name__ == "__main__":
    main()
