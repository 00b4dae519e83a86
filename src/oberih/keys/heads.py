"""Heads of the public log: signed twice, and only when they extend the last one that was signed."""

from collections.abc import Sequence
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from oberih.crypto.checkpoint import Checkpoint, HeadSigners, sign_checkpoint
from oberih.crypto.notes import Purpose
from oberih.crypto.tree import Hash, Head, verify_consistency
from oberih.keys.vault import NoSuchSecret, Vault

LAST_HEAD = "secrets/log-head"
SIZE_BYTES = 8


def secret_name(purpose: Purpose) -> str:
    """Return the name of the secret that signs for a purpose."""
    return f"secrets/sign-{purpose.value}"


def ml_dsa_key(vault: Vault) -> MLDSA44PrivateKey:
    """Return the log's second key; raises NoSuchSecret."""
    return MLDSA44PrivateKey.from_seed_bytes(vault.take(secret_name(Purpose.LOG_ML_DSA)))


def digest_of(key: MLDSA44PrivateKey) -> bytes:
    """Return what the root names instead of the second key: its public half's SHA-256."""
    return sha256(key.public_key().public_bytes_raw()).digest()


def sign_head(checkpoint: Checkpoint, *, proof: Sequence[Hash], vault: Vault) -> bytes:
    """Return the signed head and remember it; raises HistoryChanged, NoSuchSecret.

    Whoever took over the desk, but not the ring, cannot have another past signed.
    """
    last = last_head(vault)
    if last.size:
        verify_consistency(last, new=checkpoint.head, proof=proof)
    ed25519 = Ed25519PrivateKey.from_private_bytes(vault.take(secret_name(Purpose.LOG)))
    note = sign_checkpoint(checkpoint, by=HeadSigners(ed25519, ml_dsa_key(vault)))
    size = checkpoint.head.size.to_bytes(SIZE_BYTES, "big")
    vault.put(LAST_HEAD, secret=size + checkpoint.head.root)
    return note


def last_head(vault: Vault) -> Head:
    """Return the head that was signed last; of size 0 when none was."""
    try:
        kept = vault.take(LAST_HEAD)
    except NoSuchSecret:
        return Head(0, b"")
    return Head(int.from_bytes(kept[:SIZE_BYTES], "big"), kept[SIZE_BYTES:])
