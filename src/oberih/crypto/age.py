"""age files for the hybrid recipient `age1pq1...` (mlkem768x25519: X25519 with ML-KEM-768).

What is recorded today stays closed to a later quantum computer. It does not authenticate the
sender: anyone who knows a recipient can seal to it. Classical recipients are refused.
"""

import io
import os
from hashlib import shake_256
from typing import Protocol, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from oberih.core.errors import BadInput
from oberih.crypto import bech32
from oberih.crypto.age_header import (
    AgeHeader,
    CannotOpen,
    Lines,
    MalformedHeader,
    Stanza,
    from_base64,
    read_header,
    to_base64,
    verify_mac,
    write_header,
)
from oberih.crypto.age_stream import Sink, Source, read_payload, write_payload

__all__ = [
    "CannotOpen",
    "Identity",
    "NotARecipient",
    "NotAnIdentity",
    "NotSealedToThisIdentity",
    "Recipient",
    "open_sealed",
    "open_stream",
    "seal",
    "seal_stream",
]

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
STANZA_NAME = "mlkem768x25519"
INFO = b"age-encryption.org/mlkem768x25519"
RECIPIENT_PREFIX = "age1pq"
IDENTITY_PREFIX = "age-secret-key-pq-"
SEED_LENGTH = 32
MLKEM_SEED = 64
MLKEM_RECIPIENT = 1184
RECIPIENT_LENGTH = MLKEM_RECIPIENT + 32
SHARE = 1120
WRAPPED_KEY = 32
FILE_KEY = 16


class SealedSource(Source, Lines, Protocol):
    """A sealed file: its header is read by lines, its payload by lengths."""


class NotARecipient(BadInput):
    """This is not a recipient that begins with age1pq1; other kinds are not taken."""


class NotAnIdentity(BadInput):
    """This is not an identity that begins with AGE-SECRET-KEY-PQ-1; other kinds are not taken."""


class NotSealedToThisIdentity(CannotOpen):
    """This was sealed for someone else."""


class Recipient:
    """The public half: whoever has it can seal, and only its identity can open."""

    __slots__ = ("_content", "_key", "_text")

    def __init__(self, content: bytes) -> None:
        """Take the 1,216 bytes; raises NotARecipient."""
        if len(content) != RECIPIENT_LENGTH:
            raise NotARecipient
        try:
            mlkem = MLKEM768PublicKey.from_public_bytes(content[:MLKEM_RECIPIENT])
        except ValueError:
            raise NotARecipient from None
        x25519 = X25519PublicKey.from_public_bytes(content[MLKEM_RECIPIENT:])
        self._content = content
        self._key = MLKEM768X25519PublicKey(mlkem, x25519)
        self._text = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `age1pq1...`; raises NotARecipient, also for `age1...` and plugins."""
        if text != text.lower():
            raise NotARecipient
        try:
            found = cls(bech32.decode(text, prefix=RECIPIENT_PREFIX))
        except bech32.NotBech32:
            raise NotARecipient from None
        found._text = text  # its own class; the spelling is the only one there is
        return found

    def wrap(self, file_key: bytes) -> Stanza:
        """Return the stanza that only the identity can unwrap."""
        sealed = SUITE.encrypt(file_key, self._key, info=INFO)
        return Stanza((STANZA_NAME, to_base64(sealed[:SHARE])), sealed[SHARE:])

    def __bytes__(self) -> bytes:
        """Return the 1,216 bytes: ML-KEM key, then X25519 key."""
        return self._content

    def __str__(self) -> str:
        """Return `age1pq1...`; spelled once, since two thousand letters take a while."""
        self._text = self._text or bech32.encode(RECIPIENT_PREFIX, content=self._content)
        return self._text

    def __repr__(self) -> str:
        """Return the beginning only: the whole is two thousand letters."""
        return f"<Recipient {str(self)[:19]}...>"

    def __eq__(self, other: object) -> bool:
        """Tell whether both name the same key."""
        return isinstance(other, Recipient) and bytes(self) == bytes(other)

    def __hash__(self) -> int:
        """Allow use in sets."""
        return hash(self._content)


class Identity:
    """The private half. It has no repr of its key; `secret_text` is the one way out."""

    __slots__ = ("_key", "_seed", "_x25519", "recipient")

    def __init__(self, seed: bytes) -> None:
        """Take 32 random bytes; see `from_seed`."""
        if len(seed) != SEED_LENGTH:
            raise NotAnIdentity
        expanded = shake_256(seed).digest(MLKEM_SEED + 32)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:MLKEM_SEED])
        self._seed = seed
        self._x25519 = X25519PrivateKey.from_private_bytes(expanded[MLKEM_SEED:])
        self._key = MLKEM768X25519PrivateKey(mlkem, self._x25519)
        public = mlkem.public_key().public_bytes_raw()
        self.recipient = Recipient(public + self._x25519.public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> Self:
        """Return a new random identity."""
        return cls(os.urandom(SEED_LENGTH))

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """Return the identity of 32 bytes of key material, the same each time."""
        return cls(seed)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `AGE-SECRET-KEY-PQ-1...`; raises NotAnIdentity."""
        if text != text.upper():
            raise NotAnIdentity
        try:
            return cls(bech32.decode(text, prefix=IDENTITY_PREFIX))
        except bech32.NotBech32:
            raise NotAnIdentity from None

    def secret_text(self) -> str:
        """Return `AGE-SECRET-KEY-PQ-1...`: whoever reads it opens everything sealed to it."""
        return bech32.encode(IDENTITY_PREFIX, content=self._seed).upper()

    def unwrap(self, header: AgeHeader) -> bytes:
        """Return the file key; raises NotSealedToThisIdentity, MalformedHeader."""
        keys = [self._unwrapped(stanza) for stanza in header.stanzas if _is_ours(stanza)]
        found = [key for key in keys if key is not None]
        if not found:
            raise NotSealedToThisIdentity
        return found[0]

    def _unwrapped(self, stanza: Stanza) -> bytes | None:
        share = from_base64(stanza.arguments[1].encode())
        if len(share) != SHARE or len(stanza.body) != WRAPPED_KEY:
            raise MalformedHeader
        try:
            self._x25519.exchange(X25519PublicKey.from_public_bytes(share[-32:]))
        except ValueError:
            raise MalformedHeader from None  # a low-order point: the secret would be all zero
        try:
            return SUITE.decrypt(share + stanza.body, self._key, info=INFO)
        except InvalidTag:
            return None

    def __repr__(self) -> str:
        """Return a text without the key."""
        return "<Identity>"


def seal(plaintext: bytes, *, to: Recipient) -> bytes:
    """Return an age file that only the recipient's identity opens."""
    sink = io.BytesIO()
    seal_stream(io.BytesIO(plaintext), sink, to=to)
    return sink.getvalue()


def open_sealed(sealed: bytes, *, identity: Identity) -> bytes:
    """Return the plaintext, whole and unchanged; raises CannotOpen."""
    sink = io.BytesIO()
    open_stream(io.BytesIO(sealed), sink, identity=identity)
    return sink.getvalue()


def seal_stream(source: Source, sink: Sink, *, to: Recipient) -> None:
    """Seal a source of any length, holding two chunks of 64 KiB in memory."""
    file_key = os.urandom(FILE_KEY)
    sink.write(write_header((to.wrap(file_key),), file_key=file_key))
    write_payload(source, sink, file_key=file_key, nonce=os.urandom(16))


def open_stream(source: SealedSource, sink: Sink, *, identity: Identity) -> None:
    """Open chunk by chunk; after CannotOpen throw away what the sink already has."""
    header = read_header(source)
    file_key = identity.unwrap(header)
    verify_mac(header, file_key=file_key)
    read_payload(source, sink, file_key=file_key)


def _is_ours(stanza: Stanza) -> bool:
    if stanza.arguments[0] != STANZA_NAME:
        return False
    if len(stanza.arguments) != 2:  # noqa: PLR2004  # the name and the share
        raise MalformedHeader
    return True
