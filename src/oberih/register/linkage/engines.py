"""The engines that find and weigh candidates; they give the same pairs with the same weights."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

import pyarrow as pa

from oberih.register.linkage.candidates import Candidates
from oberih.register.linkage.model import Model


class Engine(StrEnum):
    """`duckdb` for one machine, `spark` for lists that no one machine holds."""

    DUCKDB = "duckdb"
    SPARK = "spark"


class Found(Protocol):
    """Finds candidates part by part: the part's number, how many parts there are, the pairs."""

    def __call__(
        self, a: pa.Table, b: pa.Table, *, model: Model, least: float | None
    ) -> Iterator[tuple[int, int, Candidates]]:
        """Yield the parts; pairs that weigh less than `least` are left out."""


def candidates_by(engine: Engine) -> Found:
    """Return the engine; only the one that is asked for is imported, for each is heavy."""
    if engine is Engine.SPARK:
        from oberih.register.linkage.spark import candidates_of as by_spark  # noqa: PLC0415  # heavy

        return by_spark
    from oberih.register.linkage.duck import candidates_of as by_duckdb  # noqa: PLC0415  # heavy

    return by_duckdb
