"""One new report against many on SQLite: the desk's own tables, filled and then filed into.

The tables are filled from the engine's answer for all messages at once, which is what filing them
one by one would have written (tests/core/campaigns/test_one_at_a_time.py). Each case also names an
identifier of its own, and ten thousand of them name one that is the same.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from campaign_texts import Example
from rows import Row, print_row

OFTEN = 10_000
BOUND_MS, QUERY_MS = 50, 20
DAYS, DAY = 300, date(2026, 11, 2)
BOOK = 1
SHARED = "phone:+380670000000"
Places = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """What the tables are filled from: the engine's answer."""

    corpus: Any
    lexicon: Any
    links: Any
    labels: Places


def print_store(known: list[Example], *, new: list[Example], folder: Path) -> None:
    """Fill a database with the known cases, file the new ones, and print how long each took."""
    database = folder / "campaigns.sqlite3"
    open_tables(database)
    began = time.perf_counter()
    fill(known, database=database)
    took = time.perf_counter() - began
    size = database.stat().st_size / 1e6
    print(f"campaigns: tables of {len(known):,} cases: {took:.0f} s to fill, {size:,.0f} MB")
    print_filing(new, count=len(known))
    print_flood(new[0], count=len(known))
    print_query(len(known))


def open_tables(database: Path) -> None:
    """Set Django up on a database with nothing but the tables of campaigns."""
    import django  # noqa: PLC0415  # slow to import
    from django.conf import settings  # noqa: PLC0415  # the same
    from django.core.management import call_command  # noqa: PLC0415  # the same

    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
    options = {"transaction_mode": "IMMEDIATE", "init_command": pragmas}
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": database, "OPTIONS": options}
    settings.configure(
        INSTALLED_APPS=["oberih.campaigns"], DATABASES={"default": engine}, USE_TZ=True
    )
    django.setup()
    call_command("migrate", verbosity=0)


def fill(known: list[Example], *, database: Path) -> None:
    """Write what filing the cases would have written."""
    answer = answered(known)
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        later = [
            (name, told)
            for name, told in connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"
            )
        ]
        for name, _ in later:
            connection.execute(f"DROP INDEX {name}")
        connection.execute("BEGIN")
        for table, rows in tables(answer):
            write(rows, table=table, connection=connection)
        connection.execute("UPDATE campaigns_book SET lexicon = ?", [answer.lexicon.to_bytes()])
        connection.execute("COMMIT")
        for _, told in later:
            connection.execute(told)


def answered(known: list[Example]) -> Filled:
    """Return the engine's answer for all messages at once."""
    from oberih.campaigns.arrays import components  # noqa: PLC0415  # found by the path
    from oberih.campaigns.corpus import corpus_of  # noqa: PLC0415  # the same
    from oberih.campaigns.reading import read_sketches  # noqa: PLC0415  # the same
    from oberih.campaigns.scripts import (  # noqa: PLC0415  # the same
        joining,
        lexicon_from,
        script_links,
    )

    lines = (json.dumps({"id": one.id, "text": one.text}).encode() for one in known)
    corpus = corpus_of(read_sketches(lines, told=lambda _: None))
    lexicon = lexicon_from(corpus.texts)
    links = script_links(corpus.texts, lexicon=lexicon)
    pairs = joining(links, texts=len(corpus.texts)).pairs
    labels = components(len(corpus.texts), one=pairs.one, other=pairs.other)
    return Filled(corpus, lexicon, links, labels)


def write(rows: Iterable[dict[str, Any]], *, table: str, connection: sqlite3.Connection) -> None:
    """Insert the rows."""
    listed = iter(rows)
    first = next(listed)
    names = ", ".join(f'"{name}"' for name in first)
    marks = ", ".join("?" * len(first))
    statement = f"INSERT INTO campaigns_{table} ({names}) VALUES ({marks})"  # noqa: S608  # our own
    connection.execute(statement, tuple(first.values()))
    connection.executemany(statement, (tuple(row.values()) for row in listed))


def tables(answer: Filled) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
    """Yield each table with its rows."""
    yield "contact", contacts(answer)
    yield "group", groups(answer)
    yield "wording", wordings(answer)
    yield "utterance", utterances(answer)
    yield "wordingkey", keys(answer)
    yield "scriptlink", links(answer)
    yield "clue", clues(len(answer.corpus))
    yield "sighting", sightings(len(answer.corpus))


def case_of(place: int) -> str:
    """Return a case's id."""
    return f"C{place:08d}"


def day_of(place: int) -> str:
    """Return the day on which a case came."""
    return str(DAY - timedelta(days=place % DAYS))


def names_of(answer: Filled) -> list[str]:
    """Return for each place of the input the least case of its group."""
    corpus = answer.corpus
    least: dict[int, int] = {}
    label = answer.labels[corpus.text[corpus.positions]].tolist()
    for place, one in enumerate(label):
        least.setdefault(one, place)
    return [case_of(least[one]) for one in label]


def contacts(answer: Filled) -> Iterator[dict[str, Any]]:
    """Yield a row for each case."""
    empty = {"region": "", "channel": "", "tactics": "[]", "stage": None, "digest": "-"}
    for place, name in enumerate(names_of(answer)):
        yield {
            "id": place + 1, "book": BOOK, "case": case_of(place), "family": case_of(place),
            "day": day_of(place), "component": name, "group": name, **empty,
        }  # fmt: skip


def groups(answer: Filled) -> Iterator[dict[str, Any]]:
    """Yield the sums of each group."""
    members: dict[str, list[str]] = {}
    for place, name in enumerate(names_of(answer)):
        members.setdefault(name, []).append(day_of(place))
    for name, days in members.items():
        third = sorted(days)[2] if len(days) > 2 else None  # noqa: PLR2004  # the third
        yield {
            "book": BOOK, "name": name, "contacts": len(days), "families": len(days),
            "first_day": min(days), "last_day": max(days), "third_day": third, "quarantined": 0,
        }  # fmt: skip


def wordings(answer: Filled) -> Iterator[dict[str, Any]]:
    """Yield a row for each text: version 1 and its words."""
    texts, at = answer.corpus.texts, 0
    best = np.zeros(len(texts))
    for side in answer.links.pairs:
        np.maximum.at(best, side, answer.links.strength)
    for number, (rank, length) in enumerate(
        zip(ranks_of(answer), texts.lengths.tolist(), strict=True)
    ):
        sketch = b"\x01" + texts.words[at : at + length].tobytes()
        yield {"id": number + 1, "book": BOOK, "rank": rank, "sketch": sketch, "best": best[number]}
        at += length


def ranks_of(answer: Filled) -> list[int]:
    """Return the ranks of all texts, in order."""
    texts, at, ranks = answer.corpus.texts, 0, []
    for length in texts.lengths.tolist():
        ranks.append(answer.lexicon.rank(texts.words[at : at + length]))
        at += length
    return ranks


def utterances(answer: Filled) -> Iterator[dict[str, Any]]:
    """Yield which case said which text."""
    places, texts = answer.corpus.order.tolist(), answer.corpus.text.tolist()
    for place, text in zip(places, texts, strict=True):
        yield {"wording_id": text + 1, "contact_id": place + 1}


def keys(answer: Filled) -> Iterator[dict[str, Any]]:
    """Yield the postings, in the order of their keys and ranks."""
    from oberih.campaigns.keys import filings  # noqa: PLC0415  # found by the path

    texts = answer.corpus.texts
    filed = list(filings(texts.words, lengths=texts.lengths, lexicon=answer.lexicon))
    key = np.concatenate([one.keys for one in filed])
    owner = np.concatenate([one.owners for one in filed]).astype(np.uint32)
    order = np.lexsort((owner, key))
    ranks = ranks_of(answer)
    pairs = ((key[at].item(), owner[at].item()) for at in order)
    for one, _ in groupby(pairs):
        yield {"book": BOOK, "key": one[0], "rank": ranks[one[1]]}


def links(answer: Filled) -> Iterator[dict[str, Any]]:
    """Yield the verified pairs."""
    pairs, strength, words = answer.links
    columns = (pairs.one + 1, pairs.other + 1, strength, words)
    for one, other, strong, shared in zip(*(each.tolist() for each in columns), strict=True):
        yield {
            "book": BOOK, "one_id": one, "other_id": other, "strength": strong, "words": shared,
        }  # fmt: skip


def clues(count: int) -> Iterator[dict[str, Any]]:
    """Yield an identifier for each case, and the one that many share."""
    often = min(OFTEN, count)
    yield clue(count + 1, value=SHARED, families=often)
    for place in range(count):
        yield clue(place + 1, value=f"phone:+38050{place:07d}", families=1)


def clue(number: int, *, value: str, families: int) -> dict[str, Any]:
    """Return one row."""
    joins = families < OFTEN
    return {
        "id": number, "book": BOOK, "kind": "identifier", "value": value,
        "families": families, "joins": joins,
    }  # fmt: skip


def sightings(count: int) -> Iterator[dict[str, Any]]:
    """Yield who names what."""
    for place in range(count):
        yield {"clue_id": place + 1, "contact_id": place + 1, "is_near": False}
    for place in range(min(OFTEN, count)):
        yield {"clue_id": count + 1, "contact_id": place + 1, "is_near": False}


def print_filing(new: list[Example], *, count: int) -> None:
    """File the new reports, each in its own transaction, and print the time they take."""
    times = filed([(f"N{number:08d}", one.text) for number, one in enumerate(new)])
    middle, most = np.percentile(times, [50, 95]).tolist()
    figure = f"campaigns: a new report against {count:,} on SQLite, ms, p50 / p95 / most"
    shown = f"{middle:.1f} / {most:.1f} / {max(times):.0f}"
    print_row(Row(figure, shown, f"< {BOUND_MS} at p95", most < BOUND_MS))


def print_flood(one: Example, *, count: int) -> None:
    """File near-equal reports, and print whether the last take longer than the first."""
    words = one.text.split()
    times = filed(
        [(f"F{number:08d}", " ".join([*words, str(number), f"слово{chr(1072 + number % 32)}" * 2,
          f"щось{chr(1072 + number // 32)}"])) for number in range(1_000)]
    )  # fmt: skip
    first, last = np.percentile(times[:200], 95), np.percentile(times[-200:], 95)
    figure = f"campaigns: 1,000 near-equal reports into {count:,}, ms p95, first 200, last 200"
    print_row(Row(figure, f"{first:.0f}, {last:.0f}", f"< {BOUND_MS}", bool(last < BOUND_MS)))


def filed(reports: list[tuple[str, str]]) -> list[float]:
    """Return how many milliseconds each report took to its commit."""
    from django.db import transaction  # noqa: PLC0415  # needs the set-up

    from oberih.campaigns.facts import Facts  # noqa: PLC0415  # the same
    from oberih.campaigns.taking import take_in  # noqa: PLC0415  # the same

    times = []
    for case, text in reports:
        facts = Facts(case=case, family=case, day=DAY, texts=(text,))  # type: ignore[arg-type]
        began = time.perf_counter()
        with transaction.atomic():
            take_in(facts, book=BOOK)
        times.append(1_000 * (time.perf_counter() - began))
    return times


def print_query(count: int) -> None:
    """Print how long it takes to read who names an identifier, a rare one and the frequent one."""
    from oberih.campaigns.models import Sighting  # noqa: PLC0415  # needs the set-up

    def holders(value: str) -> Callable[[], object]:
        wanted = Sighting.objects.filter(
            clue__book=BOOK, clue__kind="identifier", clue__value=value
        ).order_by("id")
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
