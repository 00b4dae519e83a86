"""The desk's tables of campaigns, filled with many cases at once for a benchmark to file into.

What is written is the engine's answer for all messages at once, which is what filing them one by
one would have written (tests/core/campaigns/test_one_at_a_time.py). Each case also names an
identifier of its own, and ten thousand of them name one that is the same.
"""

import json
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, repeat
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from campaign_texts import Example

OFTEN = 10_000
DAYS, DAY = 300, date(2026, 11, 2)
BOOK = 1
SHARED = "phone:+380670000000"
PORTION = 1 << 16


class Table(NamedTuple):
    """Rows of one table, and the names of their columns."""

    name: str
    columns: str
    rows: Iterable[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Filled:
    """What the tables are filled from: the engine's answer."""

    corpus: Any
    lexicon: Any
    links: Any
    labels: npt.NDArray[np.int64]

    @property
    def ranks(self) -> npt.NDArray[np.int64]:
        """Return the rank of each text; the lexicon has no salt."""
        ranks: npt.NDArray[np.int64] = self.corpus.ranks.astype(np.int64)
        return ranks


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


def fill(answer: Filled, *, database: Path) -> None:
    """Write what filing the cases would have written; indexes are made at the end."""
    from oberih.campaigns.lexicon import digest_of  # noqa: PLC0415  # found by the path

    began, stored = time.perf_counter(), answer.lexicon.to_bytes()
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        asked = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"
        later = connection.execute(asked).fetchall()
        for name, _ in later:
            connection.execute(f"DROP INDEX {name}")
        connection.execute("BEGIN")
        for table in tables(answer):
            marks = ", ".join("?" * len(table.columns.split(",")))
            statement = f"INSERT INTO campaigns_{table.name} ({table.columns}) VALUES ({marks})"  # noqa: S608  # our own
            connection.executemany(statement, table.rows)
            tell(f"{table.name} written", began=began)
        told = [stored, digest_of(stored)]
        connection.execute("UPDATE campaigns_book SET lexicon = ?, digest = ?", told)
        connection.execute("COMMIT")
        for name, made in later:
            connection.execute(made)
            tell(f"index {name} made", began=began)


def tell(what: str, *, began: float) -> None:
    """Say on the terminal how far it is."""
    print(f"{time.perf_counter() - began:6.0f} s: {what}", file=sys.stderr, flush=True)


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


def tables(answer: Filled) -> Iterator[Table]:
    """Yield each table with its rows."""
    count = len(answer.corpus)
    sums = "contacts, families, first_day, last_day, third_day, quarantined"
    facts, flags = "region, channel, tactics, stage, digest", "is_held, is_apart"
    yield Table(
        "contact",
        f'id, book, "case", family, day, component, "group", {facts}, {flags}',
        contacts(answer),
    )
    yield Table("group", f"book, name, {sums}", groups(answer))
    yield Table("wording", "id, book, rank, sketch, best", wordings(answer))
    yield Table("utterance", "wording_id, contact_id", utterances(answer))
    yield Table("wordingkey", "book, key, rank", keys(answer))
    yield Table("scriptlink", "book, one_id, other_id, strength, words", links(answer))
    yield Table("clue", "id, book, kind, value, families, joins", clues(count))
    yield Table("sighting", "clue_id, contact_id, is_near", sightings(count))


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
    labels = answer.labels[corpus.text[corpus.positions]].tolist()
    for place, one in enumerate(labels):
        least.setdefault(one, place)
    return [case_of(least[one]) for one in labels]


def contacts(answer: Filled) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each case."""
    for place, name in enumerate(names_of(answer)):
        case = case_of(place)
        own = (place + 1, BOOK, case, case, day_of(place), name, name)
        yield (*own, "", "", "[]", None, "-", False, False)


def groups(answer: Filled) -> Iterator[tuple[Any, ...]]:
    """Yield the sums of each group."""
    members: dict[str, list[str]] = {}
    for place, name in enumerate(names_of(answer)):
        members.setdefault(name, []).append(day_of(place))
    for name, days in members.items():
        third = sorted(days)[2] if len(days) > 2 else None  # noqa: PLR2004  # the third
        yield (BOOK, name, len(days), len(days), min(days), max(days), third, 0)


def wordings(answer: Filled) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each text: version 1 and its words."""
    texts, at = answer.corpus.texts, 0
    best = np.zeros(len(texts))
    for side in answer.links.pairs:
        np.maximum.at(best, side, answer.links.strength)
    columns = (answer.ranks.tolist(), texts.lengths.tolist(), best.tolist())
    for number, (rank, length, strongest) in enumerate(zip(*columns, strict=True), start=1):
        yield (number, BOOK, rank, b"\x01" + texts.words[at : at + length].tobytes(), strongest)
        at += length


def utterances(answer: Filled) -> Iterator[tuple[int, int]]:
    """Yield which case said which text."""
    columns = (answer.corpus.text + 1, answer.corpus.order + 1)
    return zip(*(one.tolist() for one in columns), strict=True)


def keys(answer: Filled) -> Iterator[tuple[int, int, int]]:
    """Yield the postings, in the order of their keys and ranks."""
    from oberih.campaigns.keys import filings  # noqa: PLC0415  # found by the path

    texts = answer.corpus.texts
    filed = list(filings(texts.words, lengths=texts.lengths, lexicon=answer.lexicon))
    key = np.concatenate([one.keys for one in filed])
    owner = np.concatenate([one.owners for one in filed]).astype(np.uint32)
    order = np.lexsort((owner, key))
    key, owner = key[order], owner[order]
    is_new = np.ones(len(key), np.bool_)
    is_new[1:] = (key[1:] != key[:-1]) | (owner[1:] != owner[:-1])
    key, rank = key[is_new], answer.ranks[owner[is_new]]
    return chain.from_iterable(
        zip(
            repeat(BOOK),
            key[at : at + PORTION].tolist(),
            rank[at : at + PORTION].tolist(),
            strict=False,
        )
        for at in range(0, len(key), PORTION)
    )


def links(answer: Filled) -> Iterator[tuple[int, int, int, float, int]]:
    """Yield the verified pairs."""
    pairs, strength, words = answer.links
    columns = (pairs.one + 1, pairs.other + 1, strength, words)
    return zip(repeat(BOOK), *(one.tolist() for one in columns), strict=False)


def clues(count: int) -> Iterator[tuple[Any, ...]]:
    """Yield an identifier for each case, and the one that many share."""
    for place in range(count):
        yield (place + 1, BOOK, "identifier", f"phone:+38050{place:07d}", 1, True)
    yield (count + 1, BOOK, "identifier", SHARED, min(OFTEN, count), False)


def sightings(count: int) -> Iterator[tuple[int, int, bool]]:
    """Yield who names what."""
    own = ((place + 1, place + 1, False) for place in range(count))
    return chain(own, ((count + 1, place + 1, False) for place in range(min(OFTEN, count))))
