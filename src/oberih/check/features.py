"""Words, classes and concepts to hashed features and scores; twin of web/src/model.ts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import isqrt

BUCKETS = 1 << 17
HALF = 1 << 15  # the second quarter belongs to concepts, so that no piece of a word meets them
LAID = 1 << 16  # the upper half belongs to the order of the words
OUTPUTS = ("coercion", "demand", "fraud", "talk")
FNV_START = 0x811C9DC5
FNV_PRIME = 0x01000193
MASK = 0xFFFFFFFF
SHORTEST, LONGEST = 3, 4
WORD, KEY = 6, 24
FEW = 60
SHARES = (10, 7, 10)  # tenths: words and classes, concepts, layout
Scores = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """One output: weights by bucket; `unit` makes hundredths of a logit of their sum."""

    weights: Mapping[int, int]
    bias: int
    unit: int
    dense: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay the weights out by bucket: every message sums hundreds of them."""
        get = self.weights.get
        object.__setattr__(self, "dense", tuple(get(bucket, 0) for bucket in range(BUCKETS)))

    def sum(self, buckets: Iterable[int]) -> int:
        """Return the weights of the buckets, added up."""
        return sum(map(self.dense.__getitem__, buckets))

    def score(self, totals: Sequence[int], *, counts: Sequence[int]) -> int:
        """Return the score of the parts; a longer one does not score more. Integers only."""
        score = self.bias
        for total, count, share in zip(totals, counts, SHARES, strict=True):
            if count:
                score += total * self.unit * share // (10 * (isqrt(count << 8) << 4))
        return score


def word_buckets(key: str) -> tuple[int, ...]:
    """Return the buckets of a word and its pieces of three and four letters; digits are alike."""
    plain = "".join("0" if "0" <= letter <= "9" else letter for letter in key[:KEY])
    codes = [ord(letter) for letter in f"^{plain}$"]
    found = {bucket_of("w" + plain[:WORD])}
    for start in range(len(codes) - SHORTEST + 1):
        value = _hashed(FNV_START, codes=codes[start : start + SHORTEST])
        found.add(folded(value))
        for code in codes[start + SHORTEST : start + LONGEST]:
            found.add(folded(((value ^ code) * FNV_PRIME) & MASK))
    return tuple(sorted(found))


@cache
def state_of_class(number: int) -> int:
    """Return what a named class gives to its own bucket and to its pairs."""
    return state_of(f"c{number}")


@cache
def state_of_concept(number: int) -> int:
    """Return what a concept gives to its own bucket and to its pairs."""
    return state_of(f"k{number}")


def class_buckets(numbers: Iterable[int]) -> Iterable[int]:
    """Yield the buckets of the named classes of a text, and of pairs of the first FEW of them."""
    return _alone_and_together(sorted(numbers), row=_row_of_class)


def concept_buckets(numbers: Iterable[int]) -> Iterable[int]:
    """Yield the buckets of the concepts of a text, and of pairs of the first FEW of them."""
    return _alone_and_together(sorted(numbers), row=_row_of_concept)


class _Row(dict[int, int]):
    """The bucket of one class or concept and, made when first asked for, those of its pairs."""

    def __init__(self, first: int, *, state: Callable[[int], int], half: int) -> None:
        super().__init__()
        self.state, self.half = state, half
        self.own = half | folded(state(first))
        self.moved = (state(first) * FNV_PRIME) & MASK

    def __missing__(self, second: int) -> int:
        bucket = self[second] = self.half | folded(self.moved ^ self.state(second))
        return bucket


@cache
def _row_of_class(first: int) -> _Row:
    return _Row(first, state=state_of_class, half=0)


@cache
def _row_of_concept(first: int) -> _Row:
    return _Row(first, state=state_of_concept, half=HALF)


def _alone_and_together(ordered: list[int], *, row: Callable[[int], _Row]) -> Iterator[int]:
    rows = [row(number) for number in ordered]
    yield from [one.own for one in rows]
    few = ordered[:FEW]
    for at, first in enumerate(rows[:FEW], start=1):
        yield from map(first.__getitem__, few[at:])


@cache
def bucket_of(feature: str) -> int:
    """Return the bucket of a feature: FNV-1a over its code points, folded."""
    return folded(state_of(feature))


def state_of(feature: str) -> int:
    """Return FNV-1a over the code points."""
    return _hashed(FNV_START, codes=[ord(letter) for letter in feature])


def folded(value: int) -> int:
    """Return the bucket of a hash."""
    return (value ^ (value >> 15)) & (HALF - 1)


def part_of(bucket: int) -> int:
    """Return which part of a text's features a bucket belongs to."""
    return min(bucket // HALF, len(SHARES) - 1)


def laid(value: int) -> int:
    """Return the bucket of a hash of how words stand."""
    return LAID | ((value ^ (value >> 16)) & (LAID - 1))


def _hashed(value: int, *, codes: list[int]) -> int:
    for code in codes:
        value = ((value ^ code) * FNV_PRIME) & MASK
    return value
