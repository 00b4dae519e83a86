"""From the engine's table of predictions to candidates: one query for every engine."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from oberih.register.linkage.candidates import Candidates
from oberih.register.linkage.levels import FIELDS, Field


def query(table: str) -> str:
    """Return the SQL that `candidates_in` reads; `table` is Splink's own name."""
    terms = ", ".join(f"{_contribution(field)} as {field.name}" for field in FIELDS)
    ends = "unique_id_l, unique_id_r, source_dataset_l = 'b' as turned"
    return f"select {ends}, {terms} from {table}"  # noqa: S608  # our own names


def candidates_in(found: Mapping[str, npt.NDArray[Any]]) -> Candidates:
    """Return the pairs of the query's columns, the first list's row first."""
    turned = np.asarray(found["turned"], bool)
    left, right = found["unique_id_l"], found["unique_id_r"]
    a = np.where(turned, right, left).astype(np.int32)
    b = np.where(turned, left, right).astype(np.int32)
    return Candidates(a, b, tuple(np.asarray(found[one.name], np.float64) for one in FIELDS))


def _contribution(field: Field) -> str:
    counts = any(level.counts for level in field.levels)
    rarity = f" + mw_tf_adj_{field.name}" if counts else ""
    return f"mw_{field.name}{rarity}"
