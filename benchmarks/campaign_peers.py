"""The peers of grouping, in the same run: datasketch's MinHash LSH, and a table of all pairs."""

import sqlite3
import time
from collections.abc import Sequence

from campaign_texts import Example
from campaign_truth import Quality, quality

PERMUTATIONS, BANDS, ROWS, LETTERS = 128, 32, 4, 4


def with_datasketch(truth: Sequence[Example]) -> tuple[float, Quality]:
    """Return the seconds that grouping by character 4-grams takes, and how good it is."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415  # slow to import

    began = time.process_time()
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    parents = list(range(len(truth)))
    for number, one in enumerate(truth):
        text = one.text.lower()
        grams = {text[at : at + LETTERS].encode() for at in range(len(text) - LETTERS + 1)}
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch(list(grams))
        for other in index.query(sketch):
            parents[_root(parents, number)] = _root(parents, other)
        index.insert(number, sketch, check_duplication=False)
    took = time.process_time() - began
    return took, quality(truth, groups=[str(_root(parents, n)) for n in range(len(truth))])


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def with_pairs(holders: int) -> tuple[float, int]:
    """Return the seconds and the rows that one value costs a table of correlated pairs.

    The form of MISP's `default_correlations`: a row for each pair of events that share a value.
    """
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE pair (one INTEGER, other INTEGER, value INTEGER)")
    database.execute("CREATE INDEX one ON pair (one)")
    database.execute("CREATE INDEX other ON pair (other)")
    began = time.process_time()
    for event in range(holders):
        pairs = ((event, other, 1) for other in range(event))
        database.executemany("INSERT INTO pair VALUES (?, ?, ?)", pairs)
    took = time.process_time() - began
    rows: int = database.execute("SELECT count(*) FROM pair").fetchone()[0]
    return took, rows


def with_postings(holders: int) -> tuple[float, int]:
    """Return the seconds and the rows that one value costs a table of postings."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE TABLE posting (value INTEGER, event INTEGER, PRIMARY KEY (value, event))"
    )
    began = time.process_time()
    for event in range(holders):
        database.execute("INSERT INTO posting VALUES (1, ?)", [event])
    return time.process_time() - began, holders
