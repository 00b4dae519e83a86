import pytest
from hypothesis import given
from hypothesis import strategies as st

from oberih.core.bech32 import ALPHABET
from oberih.crypto import bech32

SPEC = "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"


def test_the_identity_of_the_specification_reads_and_writes_the_same() -> None:
    content = bech32.decode(SPEC, prefix="age-secret-key-pq-")

    assert bech32.encode("age-secret-key-pq-", content=content).upper() == SPEC


@given(st.binary(max_size=100))
def test_content_comes_back(content: bytes) -> None:
    assert bech32.decode(bech32.encode("age1pq", content=content), prefix="age1pq") == content


@given(st.binary(min_size=1, max_size=60), st.data())
def test_one_wrong_letter_is_noticed(content: bytes, data: st.DataObject) -> None:
    text = bech32.encode("x", content=content)
    place = data.draw(st.integers(2, len(text) - 1))
    letter = data.draw(st.sampled_from([one for one in ALPHABET if one != text[place]]))

    with pytest.raises(bech32.NotBech32):
        bech32.decode(text[:place] + letter + text[place + 1 :], prefix="x")


@pytest.mark.parametrize(
    "text", ["", "x", "x1", "y1qqqqqq", "x1QqQQQQ", "x1bbbbbbb", "x1\u212aqqqqqq"]
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(bech32.NotBech32):
        bech32.decode(text, prefix="x")
