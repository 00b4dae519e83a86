"""Heads of the public log: both signatures or none."""

import base64
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from oberih.crypto.checkpoint import (
    Checkpoint,
    HeadSigners,
    origin_of,
    sign_checkpoint,
    verify_checkpoint,
)
from oberih.crypto.notes import BadSignature, Malformed, NoteRefused
from oberih.crypto.tree import Head

ORIGIN = origin_of(bytes(32))
HEAD = Head(5, sha256(b"root").digest())
SIGNERS = HeadSigners(
    Ed25519PrivateKey.from_private_bytes(bytes(range(32))),
    MLDSA44PrivateKey.from_seed_bytes(bytes(range(32))),
)
NOTE = sign_checkpoint(Checkpoint(ORIGIN, HEAD), by=SIGNERS)


def lines() -> list[bytes]:
    return NOTE.splitlines(keepends=True)


def test_a_head_that_both_keys_signed_is_read() -> None:
    assert verify_checkpoint(NOTE, origin=ORIGIN, keys=SIGNERS.keys) == HEAD


def test_the_text_is_three_lines_as_other_monitors_expect() -> None:
    text, _, signatures = NOTE.partition(b"\n\n")

    assert text.decode().split("\n")[:2] == [ORIGIN, "5"]
    assert signatures.count("\u2014 ".encode()) == 2


@pytest.mark.parametrize("kept", [[0, 1, 2, 3, 4], [0, 1, 2, 3, 5], [0, 1, 2, 3, 4, 4]])
def test_a_stripped_or_doubled_signature_line_is_refused(kept: list[int]) -> None:
    stripped = b"".join(lines()[number] for number in kept)

    with pytest.raises(BadSignature):
        verify_checkpoint(stripped, origin=ORIGIN, keys=SIGNERS.keys)


def test_a_third_line_is_refused() -> None:
    with pytest.raises(BadSignature):
        verify_checkpoint(NOTE + lines()[4], origin=ORIGIN, keys=SIGNERS.keys)


def test_a_head_of_other_numbers_is_refused() -> None:
    other = NOTE.replace(b"\n5\n", b"\n6\n")

    with pytest.raises(BadSignature):
        verify_checkpoint(other, origin=ORIGIN, keys=SIGNERS.keys)


def test_another_operators_head_is_refused() -> None:
    with pytest.raises(BadSignature):
        verify_checkpoint(NOTE, origin=origin_of(bytes(31) + b"x"), keys=SIGNERS.keys)


@pytest.mark.parametrize("spelled", [b"\n05\n", b"\n+5\n", b"\n-5\n", b"\n\xd9\xa5\n", b"\n\n"])
def test_one_head_has_one_spelling(spelled: bytes) -> None:
    text = NOTE.partition(b"\n\n")[0].replace(b"\n5\n", spelled) + b"\n"
    signed = resigned(text)

    with pytest.raises(NoteRefused):
        verify_checkpoint(signed, origin=ORIGIN, keys=SIGNERS.keys)


def resigned(text: bytes) -> bytes:
    def line(number: int, signed: bytes) -> bytes:
        start, _, encoded = lines()[number].rpartition(b" ")
        return start + b" " + base64.b64encode(base64.b64decode(encoded)[:4] + signed) + b"\n"

    return text + b"\n" + line(4, SIGNERS.ed25519.sign(text)) + line(5, SIGNERS.ml_dsa.sign(text))


@pytest.mark.parametrize("broken", [b"", b"\n\n", b"x" * 20_000, NOTE[:-1], NOTE[:100]])
def test_what_is_no_head_is_refused(broken: bytes) -> None:
    with pytest.raises((Malformed, BadSignature)):
        verify_checkpoint(broken, origin=ORIGIN, keys=SIGNERS.keys)
