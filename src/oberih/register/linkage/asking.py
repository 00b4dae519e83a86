"""One new request against a whole list, with the same levels and weights, without Splink's set-up.

The list's keys stay in memory. Asking is one pass over them: a row that shares a blocking rule with
the request is weighed by the very conditions that `levels` states. Nothing is learnt by asking.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log2
from typing import Any, Self

import duckdb
import numpy as np

from oberih.register.linkage.assignment import Lengths
from oberih.register.linkage.candidates import Candidates
from oberih.register.linkage.columns import candidates_in
from oberih.register.linkage.deciding import decide
from oberih.register.linkage.duck import Limits, in_memory
from oberih.register.linkage.levels import FIELDS, RULES, Field
from oberih.register.linkage.model import Model, Weight
from oberih.register.linkage.reading import Row
from oberih.register.linkage.table import table_of


@dataclass(frozen=True, slots=True)
class Answer:
    """A row that may be the same person: its id, how probable, what each field adds, a tie."""

    id: str
    probability: float
    contributions: dict[str, float]
    tied: bool


class Listed:
    """A list that can be asked; close it when done (`with Listed(...) as listed`)."""

    def __init__(self, rows: Iterable[Row], *, model: Model, limits: Limits | None = None) -> None:
        """Take the rows; 100,000 need about fifteen seconds and 100 MB."""
        self._model = model
        self._ids: list[str] = []
        self._opened = in_memory(limits or Limits())
        self._connection = self._opened.__enter__()
        self.add(rows)

    def __enter__(self) -> Self:
        """Return this."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget the list."""
        self._opened.__exit__(None, None, None)

    def add(self, rows: Iterable[Row]) -> None:
        """Take more rows into the list."""
        new = list(rows)
        table = table_of(new)
        places = table.column("unique_id").to_numpy() + len(self._ids)
        self._connection.register(
            "new", table.set_column(0, "unique_id", [places.astype(np.int32)])
        )
        verb = "insert into listed" if self._ids else "create or replace table listed as"
        self._connection.execute(f"{verb} select * from new")  # noqa: S608  # our own names
        self._connection.unregister("new")
        self._ids += [row.id for row in new]

    def ask(self, row: Row, *, least: float = 0.01) -> list[Answer]:
        """Return the rows at that probability or above, likeliest first."""
        cursor = self._connection.cursor()
        asked = table_of([row])
        cursor.register("asked", asked)
        candidates, values = _candidates(
            {name: asked[name][0].as_py() for name in asked.column_names}
        )
        terms = ", ".join(_contribution(one, weights=self._weights(one, cursor)) for one in FIELDS)
        query = _QUERY.format(terms=terms, candidates=candidates)
        return self._answers(candidates_in(cursor.execute(query, values).fetchnumpy()), least=least)

    def _weights(self, field: Field, cursor: duckdb.DuckDBPyConnection) -> list[float]:
        """Return what each level of a field is worth for the values that are asked for."""
        own = self._model.weights[field.name]
        return [
            own[level.name].weight + self._rarity(level.counts, own[level.name], cursor)
            for level in field.levels
        ]

    def _rarity(self, column: str, weight: Weight, cursor: duckdb.DuckDBPyConnection) -> float:
        if not column:
            return 0.0
        same, known = cursor.execute(_COUNT.format(column=column)).fetchone() or (0, 0)
        return -weight.rarity * log2((same + 1) / (known + 1))

    def _answers(self, candidates: Candidates, *, least: float) -> list[Answer]:
        lengths = Lengths(1, len(self._ids))
        decided = decide(candidates, model=self._model, lengths=lengths)
        order = np.argsort(-decided.probability, kind="stable")
        return [
            Answer(
                self._ids[candidates.b[place]],
                float(decided.probability[place]),
                {
                    field.name: float(one[place])
                    for field, one in zip(FIELDS, candidates.contributions, strict=True)
                },
                bool(decided.tied[place]),
            )
            for place in order
            if decided.probability[place] >= least
        ]


def _contribution(field: Field, *, weights: list[float]) -> str:
    """Return the SQL that tells what a field adds to a pair."""
    cases = " ".join(
        f"when {level.condition} then {weight!r}::double"
        for level, weight in zip(field.levels[:-1], weights[:-1], strict=True)
    )
    return (
        f"case when {field.unknown} then 0.0::double {cases}"
        f" else {weights[-1]!r}::double end as {field.name}"
    )


def _both_sides() -> str:
    columns = table_of([]).column_names
    return ", ".join(f"l.{one} as {one}_l, r.{one} as {one}_r" for one in columns)


def _candidates(asked: dict[str, Any]) -> tuple[str, list[Any]]:
    """Return the SQL that finds the places of all candidates, and its values."""
    found, values = ["select -1"], []
    for rule in RULES:
        if all(asked[left] is not None for left, _ in rule):
            conditions = " and ".join(f"{right} = ?" for _, right in rule)
            found.append(f"select unique_id from listed where {conditions}")  # noqa: S608  # our own names
            values += [asked[left] for left, _ in rule]
    return " union ".join(found), values


_QUERY = (
    "with candidates as materialized ({candidates}) "  # noqa: S608  # our own names
    "select unique_id_l, unique_id_r, false as turned, {terms} from"
    f" (select {_both_sides()} from asked l cross join listed r"
    " where r.unique_id in (select * from candidates))"
)
_COUNT = (
    "select count(*) filter ({column} = (select {column} from asked)), count({column}) from listed"
)
