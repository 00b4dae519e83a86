"""Heads of the public log (c2sp.org/tlog-checkpoint): size and root, under two signatures.

Both are required, Ed25519 and ML-DSA-44 (FIPS 204): a verifier content with either would let the
other be stripped. ML-DSA has no number of its own for this use in signed notes; its line has the
number for names of our own (0xff) and a name, so that no other key is mistaken for it.
"""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from oberih.crypto.notes import DASH, BadSignature, Malformed
from oberih.crypto.tree import Head

ED25519 = b"\x01"
ML_DSA_44 = b"\xffoberih/1/ml-dsa-44"
KEY_HASH = 4
ROOT_SIZE = 32
LARGEST = 16_384
LARGEST_TREE = 2**53 - 1
LINES = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A head of the log that `origin` names."""

    origin: str
    head: Head


@dataclass(frozen=True, slots=True)
class HeadSigners:
    """The two keys that sign heads; only the ring holds them."""

    ed25519: Ed25519PrivateKey
    ml_dsa: MLDSA44PrivateKey

    @property
    def keys(self) -> "HeadKeys":
        """Return the public halves."""
        return HeadKeys(
            self.ed25519.public_key().public_bytes_raw(),
            self.ml_dsa.public_key().public_bytes_raw(),
        )


@dataclass(frozen=True, slots=True)
class HeadKeys:
    """The two public keys, 32 and 1,312 bytes."""

    ed25519: bytes
    ml_dsa: bytes


def origin_of(root_key: bytes) -> str:
    """Return the log's name: one operator, one root, one log."""
    return f"oberih/log/{sha256(root_key).hexdigest()[:16]}"


def sign_checkpoint(checkpoint: Checkpoint, *, by: HeadSigners) -> bytes:
    """Return the note with both signature lines."""
    text = text_of(checkpoint)
    lines = [
        _line(
            checkpoint.origin, key_id=_key_id(checkpoint.origin, kind=kind, key=key), signed=signed
        )
        for kind, key, signed in (
            (ED25519, by.keys.ed25519, by.ed25519.sign(text)),
            (ML_DSA_44, by.keys.ml_dsa, by.ml_dsa.sign(text)),
        )
    ]
    return text + b"\n" + "".join(lines).encode()


def text_of(checkpoint: Checkpoint) -> bytes:
    """Return the signed text: origin, size and root, a line each."""
    root = base64.b64encode(checkpoint.head.root).decode()
    return f"{checkpoint.origin}\n{checkpoint.head.size}\n{root}\n".encode()


def verify_checkpoint(note: bytes, *, origin: str, keys: HeadKeys) -> Head:
    """Return the head; raises Malformed, BadSignature unless both lines verify, and no other."""
    text, gap, signatures = note.partition(b"\n\n")
    if len(note) > LARGEST or not gap:
        raise Malformed
    text += b"\n"
    lines = signatures.decode("utf-8", "replace").split("\n")
    if len(lines) != LINES or lines[-1]:
        raise BadSignature
    classical = _signature(lines[0], key_id=_key_id(origin, kind=ED25519, key=keys.ed25519))
    quantum_safe = _signature(lines[1], key_id=_key_id(origin, kind=ML_DSA_44, key=keys.ml_dsa))
    try:
        Ed25519PublicKey.from_public_bytes(keys.ed25519).verify(classical, text)
        MLDSA44PublicKey.from_public_bytes(keys.ml_dsa).verify(quantum_safe, text)
    except (InvalidSignature, ValueError):
        raise BadSignature from None
    checkpoint = _read(text)
    if checkpoint.origin != origin:
        raise Malformed
    return checkpoint.head


def _read(text: bytes) -> Checkpoint:
    lines = text.decode("utf-8", "replace").split("\n")
    if len(lines) != LINES + 1 or not lines[1].isascii() or not lines[1].isdigit():
        raise Malformed
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError):
        raise Malformed from None
    checkpoint = Checkpoint(lines[0], Head(int(lines[1][:17]), root))
    is_exact = len(root) == ROOT_SIZE and checkpoint.head.size <= LARGEST_TREE
    if not is_exact or text_of(checkpoint) != text:
        raise Malformed
    return checkpoint


def _line(name: str, *, key_id: bytes, signed: bytes) -> str:
    return f"{DASH} {name} {base64.b64encode(key_id + signed).decode()}\n"


def _signature(line: str, *, key_id: bytes) -> bytes:
    words = line.split(" ")
    try:
        dash, _name, encoded = words
        signed = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        raise BadSignature from None
    is_exact = base64.b64encode(signed).decode() == encoded
    if dash != DASH or not is_exact or signed[:KEY_HASH] != key_id:
        raise BadSignature
    return signed[KEY_HASH:]


def _key_id(name: str, *, kind: bytes, key: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + kind + key).digest()[:KEY_HASH]
