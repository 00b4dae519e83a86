"""Links as CSV that no spreadsheet runs, or as JSON lines."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

import numpy as np
import numpy.typing as npt

from oberih.register.linkage.candidates import Candidates
from oberih.register.linkage.deciding import Decided
from oberih.register.linkage.levels import FIELDS

COLUMNS = ("id_a", "id_b", "probability", "tie", *(f"weight_{field.name}" for field in FIELDS))
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_STRETCH = 50_000
_WORTH = 0.2
"""Candidates with less are no tie worth telling."""


@dataclass(frozen=True, slots=True)
class Links:
    """What is written: some candidates, as decided, with the ids of their rows."""

    ids: tuple[list[str], list[str]]
    candidates: Candidates
    decided: Decided

    def above(self, threshold: float) -> npt.NDArray[np.intp]:
        """Return the places of the links at the threshold or above it, likeliest first."""
        probability = self.decided.probability
        chosen = np.flatnonzero(probability >= threshold)
        return chosen[np.argsort(-probability[chosen], kind="stable")]

    def tied_rows(self, threshold: float) -> int:
        """Return how many rows of the first list have a tie and no link at the threshold."""
        tied = self.candidates.a[self.decided.tied & (self.decided.probability >= _WORTH)]
        linked = self.candidates.a[self.decided.probability >= threshold]
        return len(np.setdiff1d(tied, linked))


def guarded(cell: str) -> str:
    """Return a cell that a spreadsheet shows and does not run; `reading.unguarded` undoes it."""
    return "'" + cell if cell.startswith(_RUNS) else cell


def write_csv(links: Links, *, places: npt.NDArray[np.intp], output: TextIO) -> None:
    """Write a head and a line a link."""
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(COLUMNS)
    for cells in _cells(links, places=places):
        writer.writerow([guarded(cells[0]), guarded(cells[1]), *cells[2:]])


def write_json_lines(links: Links, *, places: npt.NDArray[np.intp], output: TextIO) -> None:
    """Write an object a link, with the same names as the columns of the CSV."""
    for a, b, probability, tie, *weights in _cells(links, places=places):
        told = [a, b, float(probability), tie == "yes", *map(float, weights)]
        output.write(json.dumps(dict(zip(COLUMNS, told, strict=True)), ensure_ascii=False) + "\n")


def _cells(links: Links, *, places: npt.NDArray[np.intp]) -> Iterator[tuple[str, ...]]:
    for begin in range(0, len(places), _STRETCH):
        here = places[begin : begin + _STRETCH]
        pairs = links.candidates.chosen(here)
        ids_a = [links.ids[0][place] for place in pairs.a]
        ids_b = [links.ids[1][place] for place in pairs.b]
        shown = [f"{one:.9g}" for one in links.decided.probability[here]]
        ties = ["yes" if tied else "" for tied in links.decided.tied[here]]
        weights = [[f"{one:.2f}" for one in field] for field in pairs.contributions]
        yield from zip(ids_a, ids_b, shown, ties, *weights, strict=True)
