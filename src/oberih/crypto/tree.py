"""The Merkle tree of the public log (RFC 6962, section 2.1; verification as in RFC 9162, 2.1.3-4).

A leaf is SHA-256(0x00 || entry), a node SHA-256(0x01 || left || right). A tree of n leaves is
computed in n hashes; a proof holds at most log2(n) + 1 hashes of 32 bytes.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from oberih.core.errors import Refused

Hash = bytes
RangeRoot = Callable[[int, int], Hash]
"""The root over the leaves from the first number up to, not including, the second."""
EMPTY = hashlib.sha256(b"").digest()
"""The root of a log without entries (RFC 6962, 2.1)."""


class NotInTheLog(Refused):
    """The proof does not show that this entry stands in the log."""


class HistoryChanged(Refused):
    """The log's newer head does not contain its older head: what was logged has been changed."""


@dataclass(frozen=True, slots=True)
class Head:
    """A tree's number of leaves and its root."""

    size: int
    root: Hash


def leaf_hash(entry: bytes) -> Hash:
    """Return the hash of an entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """Return the hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[Hash]) -> Hash:
    """Return the root over leaf hashes, level by level: n - 1 hashes."""
    if not leaves:
        return EMPTY
    level = list(leaves)
    while len(level) > 1:
        level = level_above(level) + level[len(level) & ~1 :]
    return level[0]


def level_above(level: Sequence[Hash]) -> list[Hash]:
    """Return the hashes over the full pairs of a level; a last lone one is left out."""
    return [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]


def inclusion(index: int, *, size: int, root: RangeRoot) -> list[Hash]:
    """Return the audit path of the leaf at `index` (RFC 6962, 2.1.1); raises IndexError."""
    if not 0 <= index < size:
        raise IndexError(index)
    proof: list[Hash] = []
    start, end = 0, size
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            proof.append(root(split, end))
            end = split
        else:
            proof.append(root(start, split))
            start = split
    return proof[::-1]


def consistency(old_size: int, *, size: int, root: RangeRoot) -> list[Hash]:
    """Return the proof that the tree of the first `old_size` leaves is a part (RFC 6962, 2.1.2).

    Raises IndexError unless 0 < old_size <= size.
    """
    if not 0 < old_size <= size:
        raise IndexError(old_size)
    proof: list[Hash] = []
    start, end = 0, size
    while end != old_size:
        split = start + _split(end - start)
        if old_size <= split:
            proof.append(root(split, end))
            end = split
        else:
            proof.append(root(start, split))
            start = split
    if start:
        proof.append(root(start, end))
    return proof[::-1]


def range_root(leaves: Sequence[Hash]) -> RangeRoot:
    """Return how a proof asks leaf hashes that are at hand for the root of a range."""
    return lambda start, end: root_of(leaves[start:end])


def verify_inclusion(entry: bytes, *, index: int, proof: Sequence[Hash], head: Head) -> None:
    """Raise NotInTheLog unless the entry is leaf `index` of the tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < head.size:
        raise NotInTheLog
    place, last, found = index, head.size - 1, leaf_hash(entry)
    for step in proof:
        if last == 0:
            raise NotInTheLog
        if place & 1 or place == last:
            found = node_hash(step, found)
            place, last = _up_past_lone(place, last)
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    if last or found != head.root:
        raise NotInTheLog


def verify_consistency(old: Head, *, new: Head, proof: Sequence[Hash]) -> None:
    """Raise HistoryChanged unless the old tree is a part of the new one (RFC 9162, 2.1.4.2)."""
    if old.size == new.size:
        if proof or old.root != new.root:
            raise HistoryChanged
        return
    if not 0 < old.size < new.size:
        raise HistoryChanged
    steps = list(proof) if old.size & (old.size - 1) else [old.root, *proof]
    place, last = old.size - 1, new.size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if _climbed(steps, place=place, last=last) != (old.root, new.root):
        raise HistoryChanged


def _climbed(steps: Sequence[Hash], *, place: int, last: int) -> tuple[Hash, Hash] | None:
    """Return the older and the newer root; None when the proof has a wrong length."""
    if not steps:
        return None
    older = newer = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            older, newer = node_hash(step, older), node_hash(step, newer)
            place, last = _up_past_lone(place, last)
        else:
            newer = node_hash(newer, step)
        place, last = place >> 1, last >> 1
    return None if last else (older, newer)


def _up_past_lone(place: int, last: int) -> tuple[int, int]:
    """Go up while the place is a left child without a sibling."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _split(size: int) -> int:
    """Return the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
