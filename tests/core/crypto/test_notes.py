from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from formats import DESK, EPOCH, NOON, vectors
from hypothesis import given, settings
from hypothesis import strategies as st

from oberih.core.time import Epoch
from oberih.crypto import notes, trust
from oberih.crypto.age import Identity
from oberih.crypto.notes import Document, Purpose
from oberih.crypto.trust import Delegations, NotDelegated

VECTORS = vectors("notes")
ERRORS = {
    "malformed": notes.Malformed,
    "version": notes.UnknownVersion,
    "signature": notes.BadSignature,
    "purpose": notes.WrongPurpose,
    "expired": notes.Expired,
    "not-yet": notes.NotYetValid,
}
ROOT = Ed25519PrivateKey.from_private_bytes(bytes(32))
SIGNER = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
DELEGATED = Delegations(
    sequence=1,
    not_after=NOON + timedelta(days=366),
    keys={Purpose.RECIPIENTS: SIGNER.public_key().public_bytes_raw()},
)


def public(key: Ed25519PrivateKey) -> bytes:
    """Return the public half."""
    return key.public_key().public_bytes_raw()


def verified(vector: dict[str, Any]) -> Document:
    """Verify a vector's note as it says."""
    return notes.verify(
        vector["note"].encode(),
        key=bytes.fromhex(vector["key"]),
        purpose=Purpose(vector["purpose"]),
        now=datetime.fromisoformat(vector["now"]),
    )


@pytest.mark.parametrize("vector", VECTORS["good"], ids=lambda one: one["purpose"])
def test_a_published_note_verifies(vector: dict[str, Any]) -> None:
    assert verified(vector).sequence == vector["sequence"]


@pytest.mark.parametrize("number", range(len(VECTORS["refused"])))
def test_a_published_bad_note_is_refused_for_its_reason(number: int) -> None:
    vector = VECTORS["refused"][number]

    with pytest.raises(ERRORS[vector["error"]]):
        verified(vector)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_flipped_bit_in_a_note_is_refused(data: st.DataObject) -> None:
    vector = VECTORS["good"][0]
    note = bytearray(vector["note"].encode())
    note[data.draw(st.integers(0, len(note) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(notes.NoteRefused):
        notes.verify(
            bytes(note), key=bytes.fromhex(vector["key"]), purpose=Purpose.DELEGATIONS, now=NOON
        )


def test_a_delegation_names_the_key_of_a_purpose() -> None:
    note = notes.sign(trust.delegations_document(DELEGATED, not_before=NOON), key=ROOT)

    read = trust.verify_delegations(note, root=public(ROOT), now=NOON)

    assert read == DELEGATED
    with pytest.raises(NotDelegated):
        read.key(Purpose.ALERTS)


def test_a_delegation_of_more_than_a_year_is_refused() -> None:
    long = replace(DELEGATED, not_after=NOON + timedelta(days=367))

    with pytest.raises(notes.Malformed):
        trust.delegations_document(long, not_before=NOON)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"keys": {"recipients": "ab"}},
        {"keys": {"delegations": "ab" * 32}},
        {"keys": {"other": "ab" * 32}},
        {"keys": {}, "extra": 1},
    ],
    ids=str,
)
def test_an_odd_delegation_is_refused_though_it_is_signed(body: Any) -> None:  # noqa: ANN401  # any JSON
    document = Document(Purpose.DELEGATIONS, 1, NOON, NOON + timedelta(days=1), body)

    with pytest.raises(notes.Malformed):
        trust.verify_delegations(notes.sign(document, key=ROOT), root=public(ROOT), now=NOON)


def test_the_recipient_of_the_week_is_read() -> None:
    document = trust.recipients_document(EPOCH, recipient=DESK.recipient)

    read = trust.verify_recipients(notes.sign(document, key=SIGNER), key=public(SIGNER), now=NOON)

    assert (read.epoch, read.recipient) == (EPOCH, DESK.recipient)


@pytest.mark.parametrize(
    ("now", "error"),
    [
        (datetime(2026, 11, 14, 23, 59, 59, tzinfo=UTC), notes.NotYetValid),
        (datetime(2026, 11, 24, 0, 0, 1, tzinfo=UTC), notes.Expired),
    ],
)
def test_a_recipient_holds_for_its_week_and_a_day_around_it(
    now: datetime, error: type[notes.NoteRefused]
) -> None:
    note = notes.sign(trust.recipients_document(EPOCH, recipient=DESK.recipient), key=SIGNER)

    with pytest.raises(error):
        trust.verify_recipients(note, key=public(SIGNER), now=now)


def test_a_classical_recipient_is_refused_though_it_is_signed() -> None:
    classical = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    document = trust.recipients_document(EPOCH, recipient=DESK.recipient)
    document = replace(document, body={"epoch": EPOCH, "recipient": classical})

    with pytest.raises(notes.Malformed):
        trust.verify_recipients(notes.sign(document, key=SIGNER), key=public(SIGNER), now=NOON)


def test_a_recipient_of_another_week_is_refused_though_its_dates_hold() -> None:
    far = replace(
        trust.recipients_document(Epoch(EPOCH + 4), recipient=DESK.recipient),
        not_before=NOON - timedelta(days=1),
    )

    with pytest.raises(notes.Malformed):
        trust.verify_recipients(notes.sign(far, key=SIGNER), key=public(SIGNER), now=NOON)


def test_the_auditors_recipient_stands_beside_the_weeks_own() -> None:
    auditor = Identity.generate().recipient
    document = trust.recipients_document(EPOCH, recipient=DESK.recipient, complaints=auditor)

    read = trust.verify_recipients(notes.sign(document, key=SIGNER), key=public(SIGNER), now=NOON)

    assert (read.recipient, read.complaints) == (DESK.recipient, auditor)


def test_an_odd_recipient_for_complaints_is_refused_though_it_is_signed() -> None:
    document = trust.recipients_document(EPOCH, recipient=DESK.recipient)
    body = {"epoch": EPOCH, "recipient": str(DESK.recipient), "complaints": ""}
    note = notes.sign(replace(document, body=body), key=SIGNER)

    with pytest.raises(notes.Malformed):
        trust.verify_recipients(note, key=public(SIGNER), now=NOON)
