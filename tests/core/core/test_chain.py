from hypothesis import given
from hypothesis import strategies as st

from oberih.core import chain

SALTS = st.binary(min_size=chain.SALT_SIZE, max_size=chain.SALT_SIZE)
DIGESTS = st.binary(min_size=32, max_size=32)
POSITIONS = st.integers(min_value=1, max_value=2**63 - 1)


@given(st.binary(), SALTS, SALTS)
def test_a_leaf_tells_nothing_without_its_salt(event: bytes, salt: bytes, other: bytes) -> None:
    is_same = chain.leaf(event, salt=salt) == chain.leaf(event, salt=other)

    assert is_same == (salt == other)


@given(DIGESTS, POSITIONS, POSITIONS, DIGESTS)
def test_an_entry_moved_to_another_place_has_another_hash(
    previous: bytes, position: int, other: int, leaf: bytes
) -> None:
    here = chain.link(previous, position=position, leaf=leaf)
    there = chain.link(previous, position=other, leaf=leaf)

    assert (here == there) == (position == other)


@given(DIGESTS, DIGESTS, POSITIONS, DIGESTS)
def test_a_change_in_the_past_changes_what_follows(
    previous: bytes, changed: bytes, position: int, leaf: bytes
) -> None:
    before = chain.link(previous, position=position, leaf=leaf)
    after = chain.link(changed, position=position, leaf=leaf)

    assert (before == after) == (previous == changed)


def test_the_first_link_stays_as_it_is_stored_in_every_desk() -> None:
    leaf = chain.leaf(b'{"v":1}', salt=bytes(32))

    assert chain.link(chain.START, position=1, leaf=leaf).hex() == FIRST


FIRST = "cd77cb1fe7921488aa770cf0feccd15b17339a3c7c70077c3c89eca8c7751414"
