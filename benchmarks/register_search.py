"""Looking for a name among 100,000 people of the register, as another hand writes it.

`python benchmarks/register_search.py [COUNT]`. On the desk's own encrypted database.
"""

import os
import secrets
import statistics
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from register_lists import Lists, lists
from rows import Row, print_row

COUNT = 100_000
ASKED, BATCH = 200, 1_000
PROMISED = 0.1
SEED = 7
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print the rows."""
    sys.path.insert(0, str(ROOT / "src"))
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory(prefix="oberih-bench-") as folder:
        set_up(folder)
        given = lists(count, seed=SEED)
        print_search(given, people=fill(given))


def set_up(folder: str) -> None:
    """Make an empty desk."""
    from oberih.sites.descriptors import lend  # noqa: PLC0415  # found by the path above

    os.environ["OBERIH_DATA"] = folder
    os.environ["OBERIH_DESK_KEY_FD"] = str(lend(secrets.token_bytes(32)))
    os.environ["DJANGO_SETTINGS_MODULE"] = "oberih.sites.desk"
    import django  # noqa: PLC0415  # the settings stand by now
    from django.core.management import call_command  # noqa: PLC0415  # the same

    django.setup()
    call_command("migrate", verbosity=0)


def fill(given: Lists) -> dict[str, str]:
    """Add the first list's people; return each row's person."""
    from django.db import transaction  # noqa: PLC0415  # Django is set up by now

    from oberih.core.time import now  # noqa: PLC0415  # the same
    from oberih.register.models import Source  # noqa: PLC0415  # the same
    from oberih.register.services import add_people  # noqa: PLC0415  # the same
    from oberih.register.values import Sought, Spelling  # noqa: PLC0415  # the same

    source, made, rows = Source.objects.create(name="a source", kind="family").pk, [], given.a
    people = [Sought(source, Spelling(one.surname, one.given, one.patronymic)) for one in rows]
    started = time.perf_counter()
    for start in range(0, len(people), BATCH):
        with transaction.atomic():
            made += add_people(people[start : start + BATCH], now=now(), entropy=os.urandom)
    took = time.perf_counter() - started
    figure = f"register: people added a second, {len(rows):,} of them"
    print_row(Row(figure, f"{len(rows) / took:,.0f}", "", holds=True))
    return {row.id: one.pk for row, one in zip(rows, made, strict=True)}


def print_search(given: Lists, *, people: dict[str, str]) -> None:
    """Ask for people as the other list's hand writes them, and print the times."""
    from oberih.register.finding import find  # noqa: PLC0415  # Django is set up by now

    rows = {one.id: one for one in given.b}
    asked = Random(SEED).sample(sorted(given.truth), ASKED)  # noqa: S311  # not for a secret
    spelled = {
        "whole names of another hand": lambda one: f"{one.surname} {one.given} {one.patronymic}",
        "surname and given name": lambda one: f"{one.surname} {one.given}",
        "the surname alone": lambda one: one.surname,
    }
    for kind, question in spelled.items():
        times, hits = [], 0
        for mine, theirs in asked:
            started = time.perf_counter()
            found = find(question(rows[theirs]))
            times.append(time.perf_counter() - started)
            hits += any(one.person == people[mine] for one in found)
        slow = statistics.quantiles(times, n=20)[-1]
        figure = f"register: {kind} among {len(people):,}, p95; found {hits / ASKED:.0%}"
        print_row(Row(figure, f"{slow * 1000:.0f} ms", "< 100 ms", holds=slow < PROMISED))


if __name__ == "__main__":
    main()
