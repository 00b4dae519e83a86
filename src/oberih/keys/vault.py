"""The ring's files: every secret sealed under one random key, that key under the passphrase.

    vault.json          the master key, sealed under scrypt(passphrase)
    secrets/<name>      one sealed secret each
    epochs/<number>     one sealed recipient's identity a week; left out of ordinary backups

It does not protect against who has both the files and the passphrase, nor against who changes
the running program.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from oberih.core import canonical
from oberih.core.errors import BadInput, Refused
from oberih.keys.passphrase import Passphrase
from oberih.system.private_files import destroy, make_private_folder, write_whole

VERSION = 1
MAGIC = b"OBERIK\x01"
KEY_SIZE = 32
NONCE_SIZE = 12
SALT_SIZE = 16
LOG2_COST = 16
"""scrypt with n = 2^16, r = 8, p = 1: 64 MiB and a fifth of a second; the words carry 77 bits."""


class WrongPassphrase(BadInput):
    """These are not the words. Check each one and try again."""


class NoKeys(BadInput):
    """There are no keys here yet: run `oberih desk keys new` first."""


class KeysExist(Refused):
    """There are keys here already; nothing was changed."""


class KeyFileBroken(Refused):
    """A file of the ring is damaged or belongs elsewhere: restore it from the backup."""


class NoSuchSecret(BadInput):
    """The ring has no such key."""


@dataclass(frozen=True, slots=True)
class MasterKey:
    """The key over all the ring's files; shows itself to nobody."""

    value: bytes

    def __repr__(self) -> str:
        """Say what it is, never what is in it."""
        return "MasterKey(hidden)"


def seal_under_passphrase(secret: bytes, *, passphrase: Passphrase, label: str) -> bytes:
    """Return a small JSON file that only the passphrase opens."""
    salt = os.urandom(SALT_SIZE)
    key = _stretch(passphrase, salt=salt, log2_cost=LOG2_COST)
    return canonical.encode(
        {
            "v": VERSION,
            "for": label,
            "log2_cost": LOG2_COST,
            "salt": salt.hex(),
            "sealed": _seal(secret, key=key, label=label).hex(),
        }
    )


def open_under_passphrase(sealed: bytes, *, passphrase: Passphrase, label: str) -> bytes:
    """Return the secret; raises WrongPassphrase, KeyFileBroken."""
    try:
        fields = json.loads(sealed)
        salt, body = bytes.fromhex(fields["salt"]), bytes.fromhex(fields["sealed"])
        cost = int(fields["log2_cost"])
        is_ours = fields["v"] == VERSION and fields["for"] == label and cost == LOG2_COST
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFileBroken from error
    if not is_ours:
        raise KeyFileBroken
    try:
        return _open(body, key=_stretch(passphrase, salt=salt, log2_cost=cost), label=label)
    except KeyFileBroken as error:
        raise WrongPassphrase from error


class Vault:
    """The unlocked files; `Vault.open` and `Vault.create` are the ways to one."""

    def __init__(self, directory: Path, *, master: MasterKey) -> None:
        """Take the folder and the key over its files."""
        self._directory = directory
        self._master = master

    @classmethod
    def create(cls, directory: Path, *, passphrase: Passphrase) -> "Vault":
        """Make an empty vault; raises KeysExist."""
        file = directory / "vault.json"
        if file.exists():
            raise KeysExist
        make_private_folder(directory)
        master = MasterKey(os.urandom(KEY_SIZE))
        sealed = seal_under_passphrase(master.value, passphrase=passphrase, label="vault")
        write_whole(file, content=sealed)
        return cls(directory, master=master)

    @classmethod
    def open(cls, directory: Path, *, passphrase: Passphrase) -> "Vault":
        """Unlock the vault; raises NoKeys, WrongPassphrase, KeyFileBroken."""
        try:
            sealed = (directory / "vault.json").read_bytes()
        except FileNotFoundError as error:
            raise NoKeys from error
        opened = open_under_passphrase(sealed, passphrase=passphrase, label="vault")
        return cls(directory, master=MasterKey(opened))

    def __repr__(self) -> str:
        """Say where it is, never what is in it."""
        return f"Vault({self._directory.name!r}, unlocked)"

    def names(self, folder: str) -> set[str]:
        """Return the names of the secrets in a folder."""
        place = self._directory / folder
        listed = place.iterdir() if place.is_dir() else ()
        return {path.name for path in listed if not path.name.startswith(".")}

    def put(self, name: str, *, secret: bytes) -> None:
        """Seal a secret into its file."""
        sealed = MAGIC + _seal(secret, key=self._master.value, label=name)
        write_whole(self._directory / name, content=sealed)

    def take(self, name: str) -> bytes:
        """Return a secret; raises NoSuchSecret, KeyFileBroken."""
        try:
            stored = (self._directory / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NoSuchSecret from error
        if not stored.startswith(MAGIC):
            raise KeyFileBroken
        return _open(stored.removeprefix(MAGIC), key=self._master.value, label=name)

    def destroy(self, name: str) -> None:
        """Remove a secret for good; raises NoSuchSecret."""
        try:
            destroy(self._directory / name)
        except FileNotFoundError as error:
            raise NoSuchSecret from error


def _stretch(passphrase: Passphrase, *, salt: bytes, log2_cost: int) -> bytes:
    return Scrypt(salt=salt, length=KEY_SIZE, n=2**log2_cost, r=8, p=1).derive(passphrase.octets)


def _seal(secret: bytes, *, key: bytes, label: str) -> bytes:
    nonce = os.urandom(NONCE_SIZE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, secret, _context(label))


def _open(sealed: bytes, *, key: bytes, label: str) -> bytes:
    nonce, body = sealed[:NONCE_SIZE], sealed[NONCE_SIZE:]
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, body, _context(label))
    except (InvalidTag, ValueError) as error:
        raise KeyFileBroken from error


def _context(label: str) -> bytes:
    """Bind a sealed file to its name, so that files cannot be exchanged for one another."""
    return b"oberih/1/vault/" + label.encode()
