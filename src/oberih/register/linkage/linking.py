"""Two files to links: read, key, compare, decide; the one door for the command and for tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyarrow as pa

from oberih.core.errors import BadInput
from oberih.register.linkage.assignment import Lengths
from oberih.register.linkage.candidates import joined
from oberih.register.linkage.deciding import decide, least_weight, threshold_of
from oberih.register.linkage.engines import Engine, candidates_by
from oberih.register.linkage.model import Model
from oberih.register.linkage.reading import Row, read_rows
from oberih.register.linkage.remarks import Watch
from oberih.register.linkage.table import table_of
from oberih.register.linkage.writing import Links

_EVERY_CANDIDATE = 0.1
"""Below this threshold even the least likely candidates are kept."""


class Step(StrEnum):
    """What is going on, for the progress bar."""

    READING = "reading"
    COMPARING = "comparing"


Told = Callable[[Step, int, int | None], None]
"""Told the step, how much is done, and of how much if that is known."""


class NoRows(BadInput):
    """A list has no rows: there is nothing to link."""


@dataclass(frozen=True, slots=True)
class Task:
    """Which files are linked, by which engine and model, and from which probability on.

    Without a threshold the lists themselves tell it: `deciding.threshold_of`.
    """

    a: Path
    b: Path
    model: Model
    threshold: float | None = None
    engine: Engine = Engine.DUCKDB


@dataclass(frozen=True, slots=True)
class Linked:
    """The links, the threshold, and what the person should know about the two files."""

    links: Links
    threshold: float
    remarks: tuple[str, ...]


def link(task: Task, *, told: Told = lambda *_: None) -> Linked:
    """Link two files; raises BadInput for what cannot be read, CouldNot for lack of memory."""
    remarks: list[str] = []
    (ids_a, a), (ids_b, b) = (_read(path, told=told, remarks=remarks) for path in (task.a, task.b))
    lengths = Lengths(len(ids_a), len(ids_b))
    every = task.threshold is not None and task.threshold < _EVERY_CANDIDATE
    least = None if every else least_weight(task.model, lengths=lengths)
    parts = []
    found = candidates_by(task.engine)(a, b, model=task.model, least=least)
    for part, count, candidates in found:
        told(Step.COMPARING, part, count)
        parts.append(candidates)
    candidates = joined(parts)
    decided = decide(candidates, model=task.model, lengths=lengths)
    threshold = task.threshold
    if threshold is None:
        threshold = threshold_of(decided.probability, model=task.model)
    return Linked(Links((ids_a, ids_b), candidates, decided), threshold, tuple(remarks))


def _read(path: Path, *, told: Told, remarks: list[str]) -> tuple[list[str], pa.Table]:
    ids: list[str] = []
    watch = Watch(path.name)

    def rows() -> Iterator[Row]:
        for line, row in read_rows(path):
            ids.append(row.id)
            watch.see(line, row)
            yield row

    table = table_of(rows(), told=lambda count: told(Step.READING, count, None))
    if not ids:
        message = f"{path.name} has no rows: there is nothing to link"
        raise NoRows(message)
    remarks.extend(watch.remarks())
    return ids, table
