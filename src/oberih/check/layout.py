"""How the words of a message stand: what begins it, what follows; twin of web/src/layout.ts."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise, product
from typing import NamedTuple

from oberih.check.features import FNV_PRIME, MASK, laid, state_of, state_of_concept

STEM = 5
ENDS = (2, 3)
FIRST, LAST = 3, 2
ENDING = 2
PAUSE = 2
MOST_KNOWN, MOST_UNKNOWN = 12, 10
MARKS = ("!", ":;", "—–", "()", "%$€₴", "@/", '«»"“”')


class Parts(NamedTuple):
    """A word as its neighbours see it: its concepts, or its beginning; and how it ends."""

    units: tuple[int, ...]
    ends: tuple[int, ...]
    known: bool
    counts: bool


def parts_of(spelt: str, *, concepts: Iterable[int]) -> Parts:
    """Return what a word gives to the order of the words."""
    about = tuple(state_of_concept(number) for number in sorted(concepts))
    return Parts(
        units=about or (state_of("u" + spelt[:STEM]),),
        ends=tuple(state_of(spelt[-length:]) for length in ENDS),
        known=bool(about),
        counts=any("0" <= letter <= "9" for letter in spelt),
    )


def layout_of(words: Sequence[tuple[int, Parts]], *, text: str) -> frozenset[int]:
    """Return the buckets of neighbours, of what stands first and last, and of the signs.

    `words` are positions and what each word gives; O(n) in their number.
    """
    return frozenset(chain(_neighbours(words), _placed(words), _said(words, text=text)))


def _neighbours(words: Sequence[tuple[int, Parts]]) -> Iterator[int]:
    for (_, before), (_, after) in pairwise(words):
        for one, other in product(before.units, after.units):
            yield laid(((((one * FNV_PRIME) & MASK) ^ other) * FNV_PRIME) & MASK)


def _placed(words: Sequence[tuple[int, Parts]]) -> Iterator[int]:
    """Yield the first and last words, those that begin a clause, and how the first two end."""
    standing = [(f"{at}", parts.units) for at, (_, parts) in enumerate(words[:FIRST])]
    standing += [(f"-{at}", parts.units) for at, (_, parts) in enumerate(words[: -LAST - 1 : -1])]
    standing += [(f"e{at}", parts.ends) for at, (_, parts) in enumerate(words[:ENDING])]
    before = -PAUSE
    for position, parts in words:
        if position - before >= PAUSE:
            standing.append(("c", parts.units))
        before = position
    for place, values in standing:
        state = _state(f"at {place}")
        for value in values:
            yield laid(((state ^ value) * FNV_PRIME) & MASK)


def _said(words: Sequence[tuple[int, Parts]], *, text: str) -> Iterator[int]:
    known = sum(parts.known for _, parts in words)
    yield laid(_state(f"known {min(known, MOST_KNOWN)}"))
    yield laid(_state(f"unknown {min(len(words) - known, MOST_UNKNOWN)}"))
    for signs in MARKS:
        if any(sign in text for sign in signs):
            yield laid(_state(f"mark {signs}"))
    if any(parts.counts for _, parts in words):
        yield laid(_state("mark 0"))


_state = cache(state_of)
