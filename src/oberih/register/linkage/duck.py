"""Splink on DuckDB, in memory alone: nothing of a list is ever written to the disk."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker
from splink.internals.exceptions import SplinkException

from oberih.core.errors import CouldNot
from oberih.register.linkage.candidates import Candidates
from oberih.register.linkage.columns import candidates_in, query
from oberih.register.linkage.model import Model, settings_of

MEMORY = "700MB"
THREADS = 2
_ROWS_A_CHUNK = 20_000

Told = Callable[[int, int], None]
"""Told how many parts of how many are done."""

logging.getLogger("splink").setLevel(logging.ERROR)


class TooLittleMemory(CouldNot):
    """The lists do not fit into the memory that is allowed: link them in parts."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the engine may take."""

    memory: str = MEMORY
    threads: int = THREADS


@contextmanager
def in_memory(limits: Limits) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database that has no file, no folder for one, and no way to any other file."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("SET temp_directory = ''")
        connection.execute(f"SET memory_limit = '{limits.memory}'")
        connection.execute(f"SET threads = {limits.threads:d}")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def candidates_of(
    a: pa.Table, b: pa.Table, *, model: Model, least: float | None
) -> Iterator[tuple[int, int, Candidates]]:
    """Yield the candidates part by part with the part's number and how many parts there are.

    `least` is the weight below which a candidate is left out, None for none. Raises
    TooLittleMemory.
    """
    with in_memory(Limits()) as connection, _memory_named():
        yield from _found(Tables(connection, a, b), model=model, least=least)


@contextmanager
def _memory_named() -> Iterator[None]:
    """Raise TooLittleMemory where that is what stopped DuckDB, inside Splink too."""
    try:
        yield
    except (duckdb.OutOfMemoryException, SplinkException) as error:
        causes = (error, error.__cause__, error.__context__)
        if not any(isinstance(one, duckdb.OutOfMemoryException) for one in causes):
            raise
        raise TooLittleMemory from error


@dataclass(frozen=True, slots=True)
class Tables:
    """Two lists and the connection that holds them."""

    connection: duckdb.DuckDBPyConnection
    a: pa.Table
    b: pa.Table


def _found(
    tables: Tables, *, model: Model, least: float | None
) -> Iterator[tuple[int, int, Candidates]]:
    api = DuckDBAPI(connection=tables.connection)
    both = [
        api.register(tables.a, dataset_display_name="a"),
        api.register(tables.b, dataset_display_name="b"),
    ]
    linker = Linker(both, settings_of(model), log_level="ERROR")
    parts = 1 + max(len(tables.a), len(tables.b)) // _ROWS_A_CHUNK
    for part in range(1, parts + 1):
        found = linker.inference.predict_chunk(
            left_chunk=(part, parts), threshold_match_weight=least, warning_mode="never"
        )
        columns = tables.connection.execute(query(found.physical_name)).fetchnumpy()
        yield part, parts, candidates_in(columns)
        found.drop_table_from_database_and_remove_from_cache()
