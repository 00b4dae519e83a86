"""Lists as columns in memory, the form that every engine reads."""

from collections.abc import Callable, Iterable

import pyarrow as pa

from oberih.register.linkage.keys import Keys, keys_of
from oberih.register.linkage.reading import Row

_SCHEMA = pa.schema(
    [("unique_id", pa.int32())]
    + [(name, pa.int32() if name == "born_year" else pa.string()) for name in Keys._fields]
)
_STRETCH = 10_000

Told = Callable[[int], None]
"""Told how many rows are done."""


def table_of(rows: Iterable[Row], *, told: Told = lambda _: None) -> pa.Table:
    """Return the keys of all rows as columns; `unique_id` is the row's place in the list."""
    batches: list[pa.RecordBatch] = []
    waiting: list[Keys] = []
    begin = 0
    for row in rows:
        waiting.append(keys_of(row))
        if len(waiting) == _STRETCH:
            batches.append(_batch(waiting, begin=begin))
            begin += len(waiting)
            waiting = []
            told(begin)
    batches.append(_batch(waiting, begin=begin))
    told(begin + len(waiting))
    return pa.Table.from_batches(batches, schema=_SCHEMA)


def _batch(keys: list[Keys], *, begin: int) -> pa.RecordBatch:
    columns = list(zip(*keys, strict=True)) if keys else [()] * len(Keys._fields)
    arrays = [pa.array(range(begin, begin + len(keys)), pa.int32())]
    typed = zip(columns, list(_SCHEMA)[1:], strict=True)
    arrays += [pa.array(one, field.type) for one, field in typed]
    return pa.record_batch(arrays, schema=_SCHEMA)
