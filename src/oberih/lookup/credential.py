"""The service key: what the epochs' keys are sealed under while they lie on the disk.

It comes from an inherited descriptor, a service manager's credential, or, on one machine, a file
of its own beside them. A file protects against a lost disk's remains and a careless copy of one
file, not against whoever reads the folder.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from oberih.core.errors import BadInput, Refused
from oberih.crypto.voprf import Random
from oberih.system.private_files import write_whole

CREDENTIAL = "oberih-lookup-key"
FILE = "service.key"
KEY_SIZE = 32
NONCE = 12


class BadServiceKey(BadInput):
    """The look-up's service key must be 32 bytes, raw or as 64 hexadecimal letters."""


class WrongServiceKey(Refused):
    """This file was sealed under another service key, or was changed."""


class ServiceKey:
    """Seals and opens small files; shows itself to nobody."""

    __slots__ = ("__cipher",)

    def __init__(self, key: bytes) -> None:
        """Take 32 bytes, or their 64 letters; raises BadServiceKey."""
        if len(key) != KEY_SIZE:
            try:
                key = bytes.fromhex(key.decode("ascii").strip())
            except ValueError:
                raise BadServiceKey from None
        if len(key) != KEY_SIZE:
            raise BadServiceKey
        self.__cipher = ChaCha20Poly1305(key)

    def __repr__(self) -> str:
        """Say what it is, never what is in it."""
        return "ServiceKey(hidden)"

    def seal(self, content: bytes, *, label: bytes, random: Random = os.urandom) -> bytes:
        """Return the content sealed under this key and label."""
        nonce = random(NONCE)
        return nonce + self.__cipher.encrypt(nonce, content, label)

    def open(self, sealed: bytes, *, label: bytes) -> bytes:
        """Return the content; raises WrongServiceKey."""
        try:
            return self.__cipher.decrypt(sealed[:NONCE], sealed[NONCE:], label)
        except (InvalidTag, ValueError):
            raise WrongServiceKey from None


@dataclass(frozen=True, slots=True)
class KeyPlaces:
    """Where the service key may come from, in this order."""

    descriptor: int | None
    credentials: Path | None
    folder: Path


def read_service_key(places: KeyPlaces, *, random: Random = os.urandom) -> ServiceKey:
    """Return the key; on one machine it is drawn once. Raises BadServiceKey."""
    if places.descriptor is not None:
        return ServiceKey(_inherited(places.descriptor))
    if places.credentials is not None and (places.credentials / CREDENTIAL).is_file():
        return ServiceKey((places.credentials / CREDENTIAL).read_bytes())
    own = places.folder / FILE
    if not own.exists():
        write_whole(own, content=random(KEY_SIZE))
    return ServiceKey(own.read_bytes())


def _inherited(descriptor: int) -> bytes:
    try:
        with os.fdopen(descriptor, "rb") as pipe:
            return pipe.read(2 * KEY_SIZE + 2)
    except OSError:
        raise BadServiceKey from None
