"""What travels to the look-up and back, byte for byte, and buckets of a long list."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import making_lookup_vectors as making
import pytest
from formats import FOLDER
from hypothesis import given
from hypothesis import strategies as st

from oberih.core.identifiers import Identifier, Kind, parse
from oberih.crypto import buckets, voprf
from oberih.crypto.blind_questions import (
    BlindQuestion,
    NotAnAnswer,
    NotAQuestion,
    Payment,
    filled,
    is_solved,
    read_answer,
)
from oberih.crypto.manifest import Form, Manifest, read_manifest
from oberih.crypto.notes import Document, Malformed, Purpose
from oberih.crypto.voprf import Mode, finalize_proved
from oberih.crypto.watchlist import Answer as Listed
from oberih.crypto.watchlist import NotAWatchList, Verdict, question, verdict

VECTORS = json.loads((FOLDER / "lookup.json").read_text())
KEY = voprf.EvaluationKey.generate(mode=Mode.VOPRF)


def test_the_committed_vectors_come_out_again() -> None:
    made = json.dumps(making.made(), ensure_ascii=False, indent=1) + "\n"

    assert (FOLDER / "lookup.json").read_text() == made


def test_a_committed_question_and_answer_are_read() -> None:
    asked = BlindQuestion.read(bytes.fromhex(VECTORS["question"]))
    answered = read_answer(bytes.fromhex(VECTORS["answer"]), many=4)

    assert (asked.epoch, len(asked.elements), len(answered.elements)) == (7, 4, 4)


def test_a_committed_puzzle_is_solved_for_its_question_alone() -> None:
    paid = BlindQuestion.read(bytes.fromhex(VECTORS["puzzle"]["paid"]))

    assert is_solved(paid)
    assert not is_solved(replace(paid, epoch=8))
    assert not is_solved(replace(paid, payment=None))


@given(st.binary(max_size=420))
def test_reading_never_does_anything_but_read_or_refuse(body: bytes) -> None:
    try:
        assert bytes(BlindQuestion.read(body)) == body
    except NotAQuestion:
        assert len(body) not in {133, 325, 173, 365} or body[4] not in {4, 10}


@pytest.mark.parametrize("many", [0, 11])
def test_nobody_asks_none_or_eleven(many: int) -> None:
    with pytest.raises(NotAQuestion):
        filled([voprf.blind(b"x", mode=Mode.VOPRF)] * many)


def test_fillers_are_proved_with_the_rest() -> None:
    batch = filled([voprf.blind(b"one", mode=Mode.VOPRF)])
    evaluation = voprf.evaluate_proved([one.element for one in batch], key=KEY)

    outputs = finalize_proved(batch, evaluation=evaluation, public=KEY.public)

    assert len(batch) == 4
    assert outputs[0] == voprf.output(b"one", key=KEY)


@pytest.mark.parametrize("size", [0, 191, 193, 384])
def test_an_answer_of_another_size_is_none(size: int) -> None:
    with pytest.raises(NotAnAnswer):
        read_answer(bytes(size), many=4)


def test_a_payment_is_forty_bytes() -> None:
    question = BlindQuestion(1, (bytes(32),) * 4, Payment(bytes(32), bytes(8)))

    assert len(bytes(question)) == 133 + 40


def listed(count: int) -> list[Identifier]:
    return [Identifier(Kind.PHONE, f"+38050{one:07}") for one in range(count)]


def entry(identifier: Identifier) -> bytes:
    output = voprf.output(question(identifier), key=KEY)
    return making.watchlist.entry(Verdict(Listed.REPORTED, ("P1",)), output=output)


def cut(count: int, *, bits: int) -> tuple[Manifest, list[bytes]]:
    pairs = [(buckets.bucket_of(one, salt=b"s", bits=bits), entry(one)) for one in listed(count)]
    root, files = buckets.cut(pairs, bits=bits)
    size = len(files[0]) - 32 * bits
    return Manifest(1, KEY.public, count, size, root, "", Form.BUCKETS, bits, b"s"), files


def test_every_listed_identifier_is_in_its_bucket_and_all_buckets_are_alike() -> None:
    manifest, files = cut(300, bits=3)

    for one in listed(300):
        bucket = buckets.bucket_of(one, salt=b"s", bits=3)
        entries = buckets.opened(files[bucket], bucket=bucket, manifest=manifest)
        assert verdict(entries, output=voprf.output(question(one), key=KEY)) is not None
    assert len({len(one) for one in files}) == 1


def test_another_bucket_or_a_changed_one_is_refused() -> None:
    manifest, files = cut(20, bits=2)
    changed = bytes([files[1][0] ^ 1]) + files[1][1:]

    for file, bucket in ((files[1], 2), (changed, 1), (files[1][:-1], 1), (b"", 1)):
        with pytest.raises(NotAWatchList):
            buckets.opened(file, bucket=bucket, manifest=manifest)


@pytest.mark.parametrize(
    ("count", "bits"), [(20_000, 0), (20_001, 3), (100_000, 5), (10**6, 9), (10**7, 9)]
)
def test_a_list_is_cut_no_finer_than_fifty_thousand_numbers_allow(count: int, bits: int) -> None:
    assert buckets.bits_for(count) == bits
    assert buckets.PLAUSIBLE_NUMBERS >> bits >= buckets.FEWEST_IN_A_BUCKET


def test_the_bucket_of_a_number_does_not_change_with_the_key() -> None:
    one = parse("+380500000001")

    assert buckets.bucket_of(one, salt=making.SALT, bits=9) == VECTORS["buckets"]["of"][str(one)]


@pytest.mark.parametrize("of", ["viber", "whatsapp", "signal"])
def test_all_names_of_a_telephone_line_are_in_one_bucket(of: str) -> None:
    """Two buckets for one question would leave some two hundred of fifty million numbers."""
    number = Identifier(Kind.PHONE, "+380500000002")
    account = Identifier(Kind(of), number.value)

    assert buckets.names_of(account) == (account, number)
    assert len({buckets.bucket_of(one, salt=b"s", bits=16) for one in (account, number)}) == 1


def test_a_manifest_survives_its_note_and_refuses_odd_forms() -> None:
    manifest, _files = cut(5, bits=2)
    start = datetime(2026, 11, 21, tzinfo=UTC)
    good = Document(Purpose.WATCH_LIST, 1, start, start, manifest.as_json())

    assert read_manifest(good) == manifest
    for change in (
        {"bits": 0},
        {"form": "whole"},
        {"bits": 17},
        {"key": "00"},
        {"more": 1},
        {"whole": "00"},
    ):
        with pytest.raises(Malformed):
            read_manifest(replace(good, body={**manifest.as_json(), **change}))


def test_fillers_come_from_fresh_randomness() -> None:
    one = voprf.blind(b"x", mode=Mode.VOPRF)

    elements = {filler.element for _ in range(3) for filler in filled([one])}

    assert len(elements) == 1 + 3 * 3
