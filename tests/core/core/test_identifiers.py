import json
import time
from pathlib import Path

import idna
import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oberih.core.identifiers import NotAnIdentifier, find, hosts, parse
from oberih.core.identifiers.keccak import keccak256
from oberih.core.identifiers.phones import e164

ROOT = Path(__file__).parents[3]
VECTORS = json.loads((ROOT / "vectors/identifiers.json").read_text(encoding="utf-8"))
LONG = 100_000


@pytest.mark.parametrize("row", VECTORS["find"], ids=lambda row: repr(row["text"])[:40])
def test_a_message_gives_the_identifiers_that_the_vectors_name(row: dict[str, object]) -> None:
    found = find(str(row["text"]))

    assert [[str(one.identifier), one.start, one.end] for one in found] == row["found"]


@pytest.mark.parametrize("row", VECTORS["parse"], ids=lambda row: repr(row["text"])[:40])
def test_one_identifier_is_read_and_anything_else_is_refused(row: dict[str, str | None]) -> None:
    text = row["text"] or ""

    if row["identifier"]:
        assert str(parse(text)) == row["identifier"]
    else:
        with pytest.raises(NotAnIdentifier):
            parse(text)


def test_the_vectors_are_at_least_three_hundred() -> None:
    assert len(VECTORS["find"]) >= 300


HOSTILE = ["0", "0 ", "+0", "(", "a", "@", "a.", "http://", "-", "@a.", "UA21 ", "https://a)"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_reading_a_hostile_line_takes_time_in_step_with_its_length(piece: str) -> None:
    text = (piece * LONG)[:LONG]
    began = time.process_time()

    assert not find(text)
    assert time.process_time() - began < LONG / 5000  # a square would take hours


def test_five_megabytes_of_digits_are_read_in_seconds() -> None:
    began = time.process_time()

    assert find("7" * 5_000_000) == []
    assert time.process_time() - began < 30


@given(st.text())
def test_spans_are_in_order_inside_the_text_and_apart(text: str) -> None:
    edges = [edge for one in find(text) for edge in (one.start, one.end)]

    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


@given(
    st.sampled_from(["", "380", "79", "74", "77", "37529", "375", "48", "373", "40", "49", "995"]),
    st.integers(min_value=10**6, max_value=10**11),
)
def test_a_number_that_the_library_calls_valid_is_read_as_it_stands(code: str, rest: int) -> None:
    digits = f"{code}{rest}"
    try:
        known = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return

    if phonenumbers.is_valid_number(known) and digits.endswith(str(known.national_number)):
        stands = f"{known.country_code}{known.national_number}" == digits
        assert not stands or len(digits) < 8 or e164(digits) == f"+{digits}"


@given(st.text("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъàéüłşžabc019", min_size=1, max_size=30))
def test_a_foreign_name_is_spelled_as_idna_2008_spells_it(label: str) -> None:
    assert hosts.canonical(f"{label}.укр") == idna.encode(f"{label}.укр").decode()


def test_keccak_gives_the_published_hashes() -> None:
    empty = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    fox = "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15"

    assert keccak256(b"").hex() == empty
    assert keccak256(b"The quick brown fox jumps over the lazy dog").hex() == fox


@pytest.mark.parametrize("length", [135, 136, 137, 272])
def test_keccak_pads_at_every_border(length: int) -> None:
    assert keccak256(b"a" * length).hex() == KECCAK_OF_A[length]


KECCAK_OF_A = {
    135: "34367dc248bbd832f4e3e69dfaac2f92638bd0bbd18f2912ba4ef454919cf446",
    136: "a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e",
    137: "d869f639c7046b4929fc92a4d988a8b22c55fbadb802c0c66ebcd484f1915f39",
    272: "cf7fcd4f705ee749930d19ca84561a9bf62516bd90a471545fa2f49fdc7e63c8",
}
