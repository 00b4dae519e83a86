"""The array types of this package, and the few operations on them that numpy does not have."""

from typing import Any

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint32]
"""Hashes of words."""

Keys = npt.NDArray[np.uint64]
"""Hashes of whole texts, of runs of words, or two numbers packed in one."""

Places = npt.NDArray[np.int64]
"""Positions of messages or of words."""

Flags = npt.NDArray[np.bool_]
Weights = npt.NDArray[np.float32]

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


def packed(high: npt.NDArray[Any], *, low: npt.NDArray[Any]) -> Keys:
    """Return both numbers, each below 2^32, in one that sorts by `high`, then by `low`."""
    return (high.astype(np.uint64) << _HALF) | low.astype(np.uint64)


def high_of(keys: Keys) -> Places:
    """Return the first of the packed numbers."""
    return (keys >> _HALF).astype(np.int64)


def low_of(keys: Keys) -> Places:
    """Return the second of the packed numbers."""
    return (keys & _LOW).astype(np.int64)


def starts(lengths: npt.NDArray[Any]) -> Places:
    """Return where each stretch begins when stretches of these lengths stand in a row."""
    ends = np.cumsum(lengths, dtype=np.int64)
    return np.concatenate([np.zeros(1, np.int64), ends])


def stretches(first: Places, *, lengths: Places) -> Places:
    """Return first[0], first[0]+1, ... for lengths[0] numbers, then the same for the others."""
    begins = starts(lengths)[:-1]
    return np.repeat(first - begins, lengths) + np.arange(int(lengths.sum()), dtype=np.int64)


def changes(ordered: npt.NDArray[Any]) -> Flags:
    """Tell for each of the ordered numbers whether it is the first of its value."""
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return first


def components(size: int, *, one: Places, other: Places) -> Places:
    """Return for each of `size` nodes the smallest node that the edges connect it with."""
    label = np.arange(size, dtype=np.int64)
    while True:
        low = np.minimum(label[one], label[other])
        before = label.copy()
        np.minimum.at(label, label[one], low)
        np.minimum.at(label, label[other], low)
        label = _settled(label)
        if np.array_equal(before, label):
            return label


def _settled(label: Places) -> Places:
    while True:
        further = label[label]
        if np.array_equal(further, label):
            return label
        label = further
