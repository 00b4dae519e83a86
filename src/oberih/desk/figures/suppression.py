"""Which counts may be told: none below five, and none that could be found by subtraction.

A count below K is told as "<5". Where one alone would be, the smallest other is withheld with it,
so that the total minus the rest leaves two unknowns; all else, the total too, is rounded to fives.
"""

from collections.abc import Mapping
from typing import Final

K: Final = 5
FEW = f"<{K}"
WITHHELD = "–"
BASE = 5


def told(counts: Mapping[str, int]) -> dict[str, str]:
    """Return each count as it may be told. O(n log n) in the number of rows."""
    few = {name for name, count in counts.items() if count < K}
    others = sorted((count, name) for name, count in counts.items() if name not in few)
    withheld = {others[0][1]} if len(few) == 1 and others else set()
    return {name: _told(name, counts, few, withheld) for name in counts}


def told_total(counts: Mapping[str, int]) -> str:
    """Return the sum as it may be told."""
    total = sum(counts.values())
    return FEW if total < K else rounded(total)


def rounded(count: int) -> str:
    """Return a count rounded to the nearest five."""
    return str((count + BASE // 2) // BASE * BASE)


def _told(name: str, counts: Mapping[str, int], few: set[str], withheld: set[str]) -> str:
    if name in few:
        return FEW
    return WITHHELD if name in withheld else rounded(counts[name])
