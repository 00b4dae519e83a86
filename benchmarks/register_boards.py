"""A look at the register's two boards with 20,000 people, and what the worker's count takes.

`python benchmarks/register_boards.py [COUNT]`. On the desk's own encrypted database. Beside it
stands what a look would take that read the whole register itself.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from register_search import set_up
from rows import Row, print_row

COUNT = 20_000
LOOKS, BATCH = 20, 1_000
PROMISED = 0.3
SEED = 7
LONGEST_AGO = 700
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print the rows."""
    sys.path.insert(0, str(ROOT / "src"))
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory(prefix="oberih-bench-") as folder:
        set_up(folder)
        from oberih.core.time import now  # noqa: PLC0415  # Django is set up by now

        at = now()
        fill(count, now=at)
        print_count(count, now=at)
        print_looks(count, today=at.date())


def fill(count: int, *, now: datetime) -> None:
    """Add invented people, each with two to four events of two sources."""
    from django.db import transaction  # noqa: PLC0415  # Django is set up by now

    from oberih.register.events import append  # noqa: PLC0415  # the same
    from oberih.register.models import Source  # noqa: PLC0415  # the same
    from oberih.register.services import add_people  # noqa: PLC0415  # the same
    from oberih.register.values import Sought, Spelling  # noqa: PLC0415  # the same

    family = Source.objects.create(name="a family", kind="family").pk
    agency = Source.objects.create(name="an agency", kind="red cross", is_official=True).pk
    chance = Random(SEED)  # noqa: S311  # not for a secret
    for start in range(0, count, BATCH):
        names = [f"Гнатюк{number}" for number in range(start, min(count, start + BATCH))]
        sought = [Sought(family, Spelling(one, "Остап")) for one in names]
        with transaction.atomic():
            made = add_people(sought, now=now, entropy=os.urandom)
            told = [
                one
                for row in made
                for one in events_of(row.pk, sources=(family, agency), chance=chance, now=now)
            ]
            append(told, now=now)


def events_of(
    person: str, *, sources: tuple[int, int], chance: Random, now: datetime
) -> Iterator[Any]:
    """Yield what is recorded of one person: missing, and at times seen, confirmed, told."""
    from oberih.register.events import Happening  # noqa: PLC0415  # Django is set up by now
    from oberih.register.states import EventType, PersonId  # noqa: PLC0415  # the same

    family, agency = sources
    kinds = [(EventType.REPORTED_MISSING, family), (EventType.CAPTURED, family)]
    for kind, source, share in (
        (EventType.TRANSFERRED, family, 0.4),
        (EventType.CONFIRMED, agency, 0.5),
        (EventType.FAMILY_NOTIFIED, agency, 0.3),
    ):
        kinds += [(kind, source)] if chance.random() < share else []
    day = now.date() - timedelta(days=chance.randrange(10, LONGEST_AGO))
    for kind, source in kinds:
        place = f"СІЗО-{chance.randrange(1, 60)}"
        yield Happening(PersonId(person), source, kind, day, occurred_to=day, place=place)


def print_count(people: int, *, now: datetime) -> None:
    """Print what a count takes, the first and one after a single change."""
    from oberih.register.boards import count  # noqa: PLC0415  # Django is set up by now

    for kind in ("first", "another"):
        took = seconds(lambda: count(now=now))
        figure = f"register: the worker's {kind} count of both boards, {people:,} people"
        print_row(Row(figure, f"{took:.1f} s", "", holds=True))


def print_looks(people: int, *, today: date) -> None:
    """Print the times of a look at each board, against reading the whole register."""
    from oberih.register.boards import counted  # noqa: PLC0415  # Django is set up by now
    from oberih.register.overdue import Grouping, board, overdue_rows  # noqa: PLC0415  # the same
    from oberih.register.work_list import Order, finding_rows, work_list  # noqa: PLC0415  # the same

    boards: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "overdue": (
            lambda: (board(by=Grouping.PLACE, today=today), counted(today=today)),
            lambda: list(overdue_rows(today)),
        ),
        "what does not fit": (
            lambda: (work_list(by=Order.PLACE, only=None), counted(today=today)),
            lambda: list(finding_rows(today)),
        ),
    }
    for name, (look, whole) in boards.items():
        slow = statistics.quantiles([seconds(look) for _ in range(LOOKS)], n=20)[-1]
        ratio = f"{seconds(whole) / slow:.0f} x faster than reading everything"
        figure = f"register: a look at “{name}”, {people:,} people, p95"
        print_row(Row(figure, f"{slow * 1000:.0f} ms", "< 300 ms", slow < PROMISED, ratio))


def seconds(what: Callable[[], object]) -> float:
    """Return how long it takes."""
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
