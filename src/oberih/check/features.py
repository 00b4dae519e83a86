"""Words to hashed features and an integer score; web/src/model.ts is its twin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt

BUCKETS = 1 << 14
FNV_START = 0x811C9DC5
FNV_PRIME = 0x01000193
SHORTEST, LONGEST = 3, 5
WORD = 6
KEY = 24
SCALE = 64


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by bucket, for one label."""

    weights: Mapping[int, int]
    bias: int


def features_of(keys: Sequence[str], *, classes: Sequence[Sequence[int]]) -> set[int]:
    """Return the buckets of a text's words, their pieces and their named classes."""
    found: set[int] = set()
    for key in set(keys):
        found.update(_buckets_of(key))
    for number in {number for one in classes for number in one}:
        found.add(bucket_of(f"c{number}"))
    return found


@lru_cache(maxsize=50_000)
def _buckets_of(key: str) -> tuple[int, ...]:
    marked = f"^{key[:KEY]}$"
    pieces = (
        marked[start : start + size]
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(marked) - size + 1)
    )
    return (bucket_of("w" + key[:WORD]), *(bucket_of(piece) for piece in pieces))


def bucket_of(feature: str) -> int:
    """Return the bucket of a feature: FNV-1a over its code points, folded."""
    value = FNV_START
    for letter in feature:
        value = ((value ^ ord(letter)) * FNV_PRIME) & 0xFFFFFFFF
    return (value ^ (value >> 16)) & (BUCKETS - 1)


def score_of(features: set[int], *, model: Model) -> int:
    """Return the score; longer texts do not score more for being long. Integers only."""
    if not features:
        return model.bias
    total = sum(model.weights.get(bucket, 0) for bucket in features)
    return model.bias + (total * 16 * SCALE) // isqrt(len(features) << 8)
