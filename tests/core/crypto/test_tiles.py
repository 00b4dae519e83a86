"""The public log as static files: the paths others read, every proof from tiles alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oberih.crypto import tiles
from oberih.crypto.notes import Malformed
from oberih.crypto.tree import consistency, inclusion, leaf_hash, range_root, root_of

ENTRIES = [f"entry {number}".encode() for number in range(70_000)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]


def files(size: int, *, old: int = 0) -> dict[str, bytes]:
    return dict(tiles.files_between(ENTRIES[:size], leaves=LEAVES[:size], old_size=old))


def test_paths_are_those_of_the_tile_format() -> None:
    assert tiles.tile_path(0, index=1_234_067) == "tile/0/x001/x234/067"
    assert tiles.tile_path(1, index=0, width=5) == "tile/1/000.p/5"
    assert tiles.entries_path(70, width=17) == "tile/entries/070.p/17"


@pytest.mark.parametrize("size", [1, 5, 255, 256, 257, 600, 65_536, 65_537, 70_000])
def test_the_root_over_tiles_is_the_root_over_leaves(size: int) -> None:
    tree = tiles.TileTree(files(size).__getitem__, size=size)

    assert tree.range_root(0, size) == root_of(LEAVES[:size])


@pytest.mark.parametrize("size", [300, 65_537, 70_000])
def test_proofs_from_tiles_are_those_from_leaves(size: int) -> None:
    tree, leaves = tiles.TileTree(files(size).__getitem__, size=size), range_root(LEAVES[:size])

    for place in (0, 1, 255, 256, 299, size // 2, size - 1):
        from_tiles = inclusion(place, size=size, root=tree.range_root)
        assert from_tiles == inclusion(place, size=size, root=leaves)
        grown = consistency(place + 1, size=size, root=tree.range_root)
        assert grown == consistency(place + 1, size=size, root=leaves)


@given(some.integers(0, 700), some.integers(0, 700))
def test_growing_step_by_step_leaves_the_files_of_growing_at_once(one: int, two: int) -> None:
    old, new = sorted((one, two))

    grown = files(old) | files(new, old=old)

    assert all(grown[path] == content for path, content in files(new).items())


def test_a_bundle_gives_its_entries_back() -> None:
    bundle = files(300)["tile/entries/001.p/44"]

    assert tiles.unbundled(bundle, count=44) == ENTRIES[256:300]


@pytest.mark.parametrize("broken", [b"\x00", b"\x00\x05abc", b"\x00\x01a" * 2])
def test_a_truncated_or_padded_bundle_is_refused(broken: bytes) -> None:
    with pytest.raises(Malformed):
        tiles.unbundled(broken, count=1)


def test_a_tile_of_another_length_is_refused() -> None:
    tree = tiles.TileTree(lambda _path: bytes(31), size=300)

    with pytest.raises(Malformed):
        tree.range_root(0, 300)
