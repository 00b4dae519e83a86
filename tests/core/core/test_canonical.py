import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oberih.core.canonical import NotCanonical, decode, encode

VECTORS = json.loads((Path(__file__).parents[3] / "vectors/canonical.json").read_text())
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(min_value=1 - 2**53, max_value=2**53 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


@pytest.mark.parametrize("text", VECTORS["canonical"])
def test_a_canonical_document_is_read_and_written_byte_for_byte(text: str) -> None:
    assert encode(decode(text.encode())) == text.encode()


@pytest.mark.parametrize("text", VECTORS["refused"])
def test_every_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical):
        decode(text.encode())


@pytest.mark.parametrize("value", [0.5, [1.0], {"a": 2**53}, {"a": "\ud800"}])
def test_a_value_without_one_spelling_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        encode(value)  # type: ignore[arg-type]  # what the type forbids is the point


@pytest.mark.parametrize("encoded", [b"\xff", "1".encode("utf-16"), b"[" * 100_000])
def test_bytes_that_are_no_utf_8_or_too_deep_are_refused(encoded: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(encoded)


@given(VALUES)
def test_what_is_written_is_read_back(value: object) -> None:
    assert decode(encode(value)) == value  # type: ignore[arg-type]  # generated as JSON
