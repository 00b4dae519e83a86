"""`oberih desk keys new`: the offline root, the ring's keys, and the root's word on them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from oberih.core.errors import BadInput
from oberih.crypto.notes import NoteRefused, Purpose, sign
from oberih.crypto.trust import (
    CLOCK_SKEW,
    LONGEST_DELEGATION,
    Delegations,
    delegations_document,
    verify_delegations,
)
from oberih.keys.heads import digest_of, ml_dsa_key, secret_name
from oberih.keys.passphrase import Passphrase
from oberih.keys.vault import (
    KEY_SIZE,
    KeysExist,
    Vault,
    open_under_passphrase,
    seal_under_passphrase,
)
from oberih.system.private_files import write_whole

ROOT_FILE = "root.key"
ROOT_LABEL = "root"
DATABASE = "secrets/database"
CONVERSATIONS = "secrets/conversations"
COURIER = "secrets/courier"
DELEGATED: tuple[Purpose, ...] = tuple(
    purpose for purpose in Purpose if purpose is not Purpose.DELEGATIONS
)


class NoRoot(BadInput):
    """The offline root is not here: bring the medium that holds root.key."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where keys are made: the ring's folder, and the folder that is taken offline."""

    keys: Path
    root: Path


def make_keys(places: Places, *, passphrase: Passphrase, now: datetime) -> None:
    """Make everything once; raises KeysExist and changes nothing when keys are there.

    Public files stand beside the vault: courier.pub, root.pub, log.pub, delegations.note.
    root/root.key is sealed under the same words: take it offline, it is needed once a year.
    """
    if (places.root / ROOT_FILE).exists():
        raise KeysExist
    vault = Vault.create(places.keys, passphrase=passphrase)
    for name in (DATABASE, CONVERSATIONS):
        vault.put(name, secret=os.urandom(KEY_SIZE))
    courier = _put_signing_key(vault, name=COURIER)
    root = Ed25519PrivateKey.generate()
    sealed = seal_under_passphrase(
        root.private_bytes_raw(), passphrase=passphrase, label=ROOT_LABEL
    )
    write_whole(places.root / ROOT_FILE, content=sealed)
    delegated = {purpose: _signing_key(vault, purpose=purpose) for purpose in DELEGATED}
    _write_public(places.keys, name="courier.pub", key=courier)
    _write_public(places.keys, name="root.pub", key=root.public_key().public_bytes_raw())
    _write_public(places.keys, name="log.pub", key=_log_key(vault))
    _delegate(places.keys, root=root, delegated=delegated, now=now)


def renew_delegations(places: Places, *, passphrase: Passphrase, now: datetime) -> None:
    """Sign the delegations for another year; raises NoRoot, WrongPassphrase.

    A purpose that this version knows and these keys do not have yet gets its key.
    """
    try:
        sealed = (places.root / ROOT_FILE).read_bytes()
    except FileNotFoundError as error:
        raise NoRoot from error
    seed = open_under_passphrase(sealed, passphrase=passphrase, label=ROOT_LABEL)
    vault = Vault.open(places.keys, passphrase=passphrase)
    delegated = {purpose: _signing_key(vault, purpose=purpose) for purpose in DELEGATED}
    root = Ed25519PrivateKey.from_private_bytes(seed)
    _write_public(places.keys, name="log.pub", key=_log_key(vault))
    _delegate(places.keys, root=root, delegated=delegated, now=now)


def delegated_until(directory: Path, *, now: datetime) -> int:
    """Return until when (Unix seconds) the root lets these keys sign; 0 when it does not."""
    try:
        root = bytes.fromhex((directory / "root.pub").read_text())
        note = (directory / "delegations.note").read_bytes()
        return int(verify_delegations(note, root=root, now=now).not_after.timestamp())
    except (OSError, ValueError, NoteRefused):
        return 0


def database_key(directory: Path, *, passphrase: Passphrase) -> bytes:
    """Return the desk database's key for a command that was given the words.

    Raises NoKeys, WrongPassphrase.
    """
    return Vault.open(directory, passphrase=passphrase).take(DATABASE)


def _delegate(
    directory: Path,
    *,
    root: Ed25519PrivateKey,
    delegated: Mapping[Purpose, bytes],
    now: datetime,
) -> None:
    start = now.astimezone(UTC).replace(microsecond=0) - CLOCK_SKEW  # for clocks that are slow
    delegations = Delegations(int(start.timestamp()), start + LONGEST_DELEGATION, delegated)
    note = sign(delegations_document(delegations, not_before=start), key=root)
    write_whole(directory / "delegations.note", content=note)


def _signing_key(vault: Vault, *, purpose: Purpose) -> bytes:
    """Return what the root names for a purpose; makes the key when there is none."""
    name = secret_name(purpose)
    if name.rpartition("/")[2] not in vault.names("secrets"):
        vault.put(name, secret=os.urandom(KEY_SIZE))
    if purpose is Purpose.LOG_ML_DSA:
        return digest_of(ml_dsa_key(vault))
    key = Ed25519PrivateKey.from_private_bytes(vault.take(name))
    return key.public_key().public_bytes_raw()


def _log_key(vault: Vault) -> bytes:
    return ml_dsa_key(vault).public_key().public_bytes_raw()


def _put_signing_key(vault: Vault, *, name: str) -> bytes:
    key = Ed25519PrivateKey.generate()
    vault.put(name, secret=key.private_bytes_raw())
    return key.public_key().public_bytes_raw()


def _write_public(directory: Path, *, name: str, key: bytes) -> None:
    write_whole(directory / name, content=key.hex().encode() + b"\n")
