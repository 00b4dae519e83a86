"""The public log as static files (c2sp.org/tlog-tiles): tiles of 256 hashes, bundles of entries.

A full tile never changes; only the last one of each level is partial. A log of n entries has about
n / 128 files; a proof reads at most 2 log256(n) of them.
"""

from collections.abc import Callable, Iterator, Sequence

from oberih.crypto.notes import Malformed
from oberih.crypto.tree import Hash, level_above, root_of

WIDTH = 256
HASH_SIZE = 32
LONGEST_ENTRY = 65_535
STEPS = 8
"""Levels of the tree within one tile: 2^8 hashes."""


def tile_path(level: int, *, index: int, width: int = WIDTH) -> str:
    """Return a tile's path below the log's folder: `tile/1/x001/067.p/5`."""
    return f"tile/{level}/{_spelled(index)}{_partial(width)}"


def entries_path(index: int, *, width: int = WIDTH) -> str:
    """Return the path of the bundle that holds the entries of level 0's tile."""
    return f"tile/entries/{_spelled(index)}{_partial(width)}"


def files_between(
    entries: Sequence[bytes], *, leaves: Sequence[Hash], old_size: int
) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of every file that a log that grew from `old_size` has new."""
    for index in _changed(len(entries), old=old_size):
        bundle = entries[index * WIDTH : (index + 1) * WIDTH]
        yield entries_path(index, width=len(bundle)), bundled(bundle)
    level, hashes, old = 0, list(leaves), old_size
    while hashes:
        for index in _changed(len(hashes), old=old):
            tile = hashes[index * WIDTH : (index + 1) * WIDTH]
            yield tile_path(level, index=index, width=len(tile)), b"".join(tile)
        level, hashes, old = level + 1, _tops(hashes), old // WIDTH


def bundled(entries: Sequence[bytes]) -> bytes:
    """Return entries as one bundle: each behind its length in two bytes; raises ValueError."""
    if any(len(entry) > LONGEST_ENTRY for entry in entries):
        raise ValueError(LONGEST_ENTRY)
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundled(bundle: bytes, *, count: int) -> list[bytes]:
    """Return a bundle's entries; raises Malformed unless it holds exactly so many."""
    entries, at = [], 0
    while at < len(bundle):
        size = int.from_bytes(bundle[at : at + 2], "big")
        entries.append(bundle[at + 2 : at + 2 + size])
        at += 2 + size
    if at != len(bundle) or len(entries) != count:
        raise Malformed
    return entries


class TileTree:
    """Roots of ranges of leaves, read from tiles; `read` returns the file at a path."""

    def __init__(self, read: Callable[[str], bytes], *, size: int) -> None:
        """Take where tiles are read from, and the head's size."""
        self._read = read
        self._size = size
        self._tiles: dict[tuple[int, int], list[Hash]] = {}

    def range_root(self, start: int, end: int) -> Hash:
        """Return the root over the leaves `start` to `end`, of which RFC 6962 splits speak."""
        roots: list[Hash] = []
        while start < end:
            span = 1 << min((end - start).bit_length() - 1, _alignment(start, most=end))
            roots.append(self._aligned(start, span=span))
            start += span
        return _folded(roots)

    def _aligned(self, start: int, *, span: int) -> Hash:
        height = span.bit_length() - 1
        level, steps = divmod(height, STEPS)
        index, offset = divmod(start >> STEPS * level, WIDTH)
        return root_of(self._tile(level, index=index)[offset : offset + (1 << steps)])

    def _tile(self, level: int, *, index: int) -> list[Hash]:
        if (level, index) not in self._tiles:
            width = min(WIDTH, (self._size >> STEPS * level) - index * WIDTH)
            if width < 1:
                raise Malformed
            content = self._read(tile_path(level, index=index, width=width))
            if len(content) != width * HASH_SIZE:
                raise Malformed
            hashes = [content[at : at + HASH_SIZE] for at in range(0, len(content), HASH_SIZE)]
            self._tiles[level, index] = hashes
        return self._tiles[level, index]


def _folded(roots: Sequence[Hash]) -> Hash:
    """Join subtrees of falling size from the right, as RFC 6962 splits them."""
    joined = roots[-1]
    for left in reversed(roots[:-1]):
        joined = root_of([left, joined])
    return joined


def _alignment(start: int, *, most: int) -> int:
    return (start & -start).bit_length() - 1 if start else most.bit_length()


def _tops(hashes: Sequence[Hash]) -> list[Hash]:
    full = len(hashes) // WIDTH * WIDTH
    level = list(hashes[:full])
    for _ in range(STEPS):
        level = level_above(level)
    return level


def _changed(size: int, *, old: int) -> range:
    return range(old // WIDTH, -(-size // WIDTH)) if size > old else range(0)


def _spelled(index: int) -> str:
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups)


def _partial(width: int) -> str:
    return "" if width == WIDTH else f".p/{width}"
