"""Words to hashed features and an integer score; web/src/model.ts is its twin."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
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
    dense: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay the weights out by bucket: every message sums hundreds of them."""
        get = self.weights.get
        object.__setattr__(self, "dense", tuple(get(bucket, 0) for bucket in range(BUCKETS)))

    def sum(self, features: AbstractSet[int]) -> int:
        """Return the weights of the features, added up."""
        return sum(map(self.dense.__getitem__, features))


def features_of(keys: Sequence[str], *, classes: Sequence[Sequence[int]]) -> set[int]:
    """Return the buckets of a text's words, their pieces and their named classes."""
    found: set[int] = set()
    for key in set(keys):
        found.update(buckets_of(key))
    for number in {number for one in classes for number in one}:
        found.add(bucket_of_class(number))
    return found


@cache
def bucket_of_class(number: int) -> int:
    """Return the bucket of a named class."""
    return bucket_of(f"c{number}")


def buckets_of(key: str) -> set[int]:
    """Return the buckets of a word and of its pieces; pieces of one start share their hashing."""
    codes = [ord(letter) for letter in f"^{key[:KEY]}$"]
    found = {bucket_of("w" + key[:WORD])}
    for start in range(len(codes) - SHORTEST + 1):
        value = _hashed(FNV_START, codes=codes[start : start + SHORTEST])
        found.add(_folded(value))
        for code in codes[start + SHORTEST : start + LONGEST]:
            value = ((value ^ code) * FNV_PRIME) & 0xFFFFFFFF
            found.add(_folded(value))
    return found


def _hashed(value: int, *, codes: list[int]) -> int:
    for code in codes:
        value = ((value ^ code) * FNV_PRIME) & 0xFFFFFFFF
    return value


def _folded(value: int) -> int:
    return (value ^ (value >> 16)) & (BUCKETS - 1)


def bucket_of(feature: str) -> int:
    """Return the bucket of a feature: FNV-1a over its code points, folded."""
    return _folded(_hashed(FNV_START, codes=[ord(letter) for letter in feature]))


def score_of(features: AbstractSet[int], *, model: Model) -> int:
    """Return the score; longer texts do not score more for being long. Integers only."""
    if not features:
        return model.bias
    return model.bias + (model.sum(features) * 16 * SCALE) // isqrt(len(features) << 8)
