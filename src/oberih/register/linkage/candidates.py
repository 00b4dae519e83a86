"""Candidates with their weights, as columns: what an engine gives and what is decided upon."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from oberih.register.linkage.levels import FIELDS

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of rows by their places in the two lists, and what each field adds to their weight.

    `contributions[f][i]` belongs to field `FIELDS[f]` and pair `i`; their sum is the pair's weight.
    """

    a: Ints
    b: Ints
    contributions: tuple[Floats, ...]

    def __len__(self) -> int:
        """Return how many pairs there are."""
        return len(self.a)

    @property
    def weight(self) -> Floats:
        """The pairs' weights without the prior: powers of two."""
        total = np.zeros(len(self.a))
        for one in self.contributions:
            total += one
        return total

    def chosen(self, which: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> "Candidates":
        """Return some of the pairs, in the order given."""
        return Candidates(
            self.a[which], self.b[which], tuple(one[which] for one in self.contributions)
        )


def joined(parts: list[Candidates]) -> Candidates:
    """Return all pairs as one, in the order of their places: the same however they were found."""
    if not parts:
        none = np.zeros(0, np.int32)
        return Candidates(none, none, tuple(np.zeros(0) for _ in FIELDS))
    a = np.concatenate([one.a for one in parts])
    b = np.concatenate([one.b for one in parts])
    order = np.lexsort((b, a))
    columns = zip(*(one.contributions for one in parts), strict=True)
    return Candidates(a[order], b[order], tuple(np.concatenate(one)[order] for one in columns))
