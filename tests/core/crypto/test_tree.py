"""The public log's tree: the published roots, every proof, no false one."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oberih.crypto.tree import (
    EMPTY,
    Head,
    HistoryChanged,
    NotInTheLog,
    consistency,
    inclusion,
    leaf_hash,
    range_root,
    root_of,
    verify_consistency,
    verify_inclusion,
)

ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The eight inputs of Certificate Transparency's published reference tests."""
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_that_certificate_transparency_published(size: int) -> None:
    leaves = [leaf_hash(entry) for entry in ENTRIES[:size]]

    assert root_of(leaves).hex() == ROOTS[size - 1]


def test_an_empty_log_has_the_hash_of_nothing() -> None:
    assert root_of([]) == EMPTY == hashlib.sha256(b"").digest()


def test_the_published_inclusion_path_of_the_sixth_of_eight() -> None:
    leaves = [leaf_hash(entry) for entry in ENTRIES]

    proof = inclusion(5, size=8, root=range_root(leaves))

    assert [step.hex()[:8] for step in proof] == ["bc1a0643", "ca854ea1", "d37ee418"]


def log_of(size: int) -> list[bytes]:
    return [f"entry {number}".encode() for number in range(size)]


@given(some.integers(1, 70), some.data())
def test_every_entry_is_proved_and_no_other_one_is(size: int, drawn: some.DataObject) -> None:
    index = drawn.draw(some.integers(0, size - 1))
    entries = log_of(size)
    leaves = [leaf_hash(entry) for entry in entries]
    proof, head = inclusion(index, size=size, root=range_root(leaves)), Head(size, root_of(leaves))

    verify_inclusion(entries[index], index=index, proof=proof, head=head)
    for other in (b"entry x", entries[index] + b" "):
        with pytest.raises(NotInTheLog):
            verify_inclusion(other, index=index, proof=proof, head=head)


@given(some.integers(1, 70), some.data())
def test_a_proof_is_refused_at_another_place_or_length(size: int, drawn: some.DataObject) -> None:
    index = drawn.draw(some.integers(0, size - 1))
    entries = log_of(size)
    leaves = [leaf_hash(entry) for entry in entries]
    proof, head = inclusion(index, size=size, root=range_root(leaves)), Head(size, root_of(leaves))

    for place, steps in (
        (index + 1, proof),
        (index, [*proof, head.root]),
        (-1, proof),
        (size, proof),
    ):
        with pytest.raises(NotInTheLog):
            verify_inclusion(entries[index], index=place, proof=steps, head=head)


@given(some.integers(1, 70), some.data())
def test_a_grown_log_is_consistent_with_each_of_its_older_heads(
    size: int, drawn: some.DataObject
) -> None:
    old_size = drawn.draw(some.integers(1, size))
    leaves = [leaf_hash(entry) for entry in log_of(size)]
    old, new = Head(old_size, root_of(leaves[:old_size])), Head(size, root_of(leaves))

    verify_consistency(
        old, new=new, proof=consistency(old_size, size=size, root=range_root(leaves))
    )


@given(some.integers(2, 70), some.data())
def test_a_log_whose_history_was_changed_is_noticed(size: int, drawn: some.DataObject) -> None:
    old_size = drawn.draw(some.integers(1, size - 1))
    changed = drawn.draw(some.integers(0, old_size - 1))
    leaves = [leaf_hash(entry) for entry in log_of(size)]
    old = Head(old_size, root_of(leaves[:old_size]))
    leaves[changed] = leaf_hash(b"another")
    new = Head(size, root_of(leaves))

    with pytest.raises(HistoryChanged):
        verify_consistency(
            old, new=new, proof=consistency(old_size, size=size, root=range_root(leaves))
        )


def test_a_log_never_shrinks() -> None:
    leaves = [leaf_hash(entry) for entry in log_of(4)]
    head = Head(4, root_of(leaves))

    for other in (Head(3, root_of(leaves[:3])), Head(4, root_of(leaves[:3]))):
        with pytest.raises(HistoryChanged):
            verify_consistency(head, new=other, proof=[])
