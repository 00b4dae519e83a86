"""One new request against a whole list, with the same levels and weights, without Splink's set-up.

The list's keys stay in memory. Asking is one pass over them: a row that shares a blocking rule with
the request is weighed by the very conditions that `levels` states. Nothing is learnt by asking.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from oberih.register.linkage.assignment import Lengths
from oberih.register.linkage.candidates import Candidates
from oberih.register.linkage.columns import candidates_in
from oberih.register.linkage.deciding import decide
from oberih.register.linkage.duck import Limits, in_memory
from oberih.register.linkage.levels import FIELDS, RULES, Field, Level
from oberih.register.linkage.model import Model
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
        seen = {name: counts for name, *counts in cursor.execute(_COUNT).fetchall()}
        terms = ", ".join(
            _contribution(one, worth=[self._worth(one, level, seen) for level in one.levels])
            for one in FIELDS
        )
        query = _QUERY.format(terms=terms, candidates=candidates)
        return self._answers(candidates_in(cursor.execute(query, values).fetchnumpy()), least=least)

    def _worth(self, field: Field, level: Level, seen: dict[str, list[int]]) -> str:
        """Return the SQL for what a level is worth: less where either value is frequent."""
        own = self._model.weights[field.name][level.name]
        if not level.counts:
            return f"{own.weight!r}::double"
        same, known = seen[level.counts]
        most = f"greatest({same + 1}, coalesce({level.counts}_n, 0))"
        return f"{own.weight!r}::double - {own.rarity!r} * log2({most} / {known + 1}::double)"

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


def _contribution(field: Field, *, worth: list[str]) -> str:
    """Return the SQL that tells what a field adds to a pair."""
    cases = " ".join(
        f"when {level.condition} then {one}"
        for level, one in zip(field.levels[:-1], worth[:-1], strict=True)
    )
    return (
        f"case when {field.unknown} then 0.0::double {cases} else {worth[-1]} end as {field.name}"
    )


def _both_sides() -> str:
    columns = table_of([]).column_names
    shown = [f"l.{one} as {one}_l, r.{one} as {one}_r" for one in columns]
    return ", ".join(shown + [f"n_{one}.n as {one}_n" for one in _COUNTED])


def _counts() -> str:
    """Return the SQL that counts the candidates' values in the whole list."""
    told = (
        "n_{0} as (select {0}, count(*) n from listed where {0} in (select {0} from r) group by 1)"
    )
    return ", ".join(told.format(one) for one in _COUNTED)


def _counted() -> str:
    return " ".join(f"left join n_{one} on r.{one} = n_{one}.{one}" for one in _COUNTED)


def _candidates(asked: dict[str, Any]) -> tuple[str, list[Any]]:
    """Return the SQL that finds the places of all candidates, and its values."""
    found, values = ["select -1"], []
    for rule in RULES:
        if all(asked[left] is not None for left, _ in rule):
            conditions = " and ".join(f"{right} = ?" for _, right in rule)
            found.append(f"select unique_id from listed where {conditions}")  # noqa: S608  # our own names
            values += [asked[left] for left, _ in rule]
    return " union ".join(found), values


_COUNTED = sorted({level.counts for field in FIELDS for level in field.levels if level.counts})
_QUERY = (
    "with candidates as materialized ({candidates}), "  # noqa: S608  # our own names
    f"r as materialized (select * from listed where unique_id in (select * from candidates)),"
    f" {_counts()} select unique_id_l, unique_id_r, false as turned, {{terms}} from"
    f" (select {_both_sides()} from asked l cross join r {_counted()})"
)
_COUNT = " union all ".join(
    f"select '{one}', count(*) filter ({one} = (select {one} from asked)), count({one}) from listed"  # noqa: S608  # our own names
    for one in _COUNTED
)
