"""What an unlocked ring does: opens, wraps, authenticates, signs; a raw key never leaves it."""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from oberih.core.errors import Refused
from oberih.core.time import Epoch, epoch_of
from oberih.crypto import attachments, envelope, notes
from oberih.crypto.age import Recipient
from oberih.crypto.checkpoint import Checkpoint
from oberih.crypto.courier_requests import CourierRequest, sign_request
from oberih.crypto.envelope import MailboxId
from oberih.crypto.message import ReplyMessage, authenticate_reply
from oberih.crypto.notes import Document, Purpose
from oberih.crypto.tree import Hash
from oberih.crypto.trust import recipients_document
from oberih.keys import contacts, heads
from oberih.keys.contacts import KeptContact
from oberih.keys.epochs import Epochs
from oberih.keys.items import ItemKey, ItemWriter, Resealed
from oberih.keys.making import CONVERSATIONS, COURIER, DATABASE
from oberih.keys.passphrase import Passphrase
from oberih.keys.vault import Vault
from oberih.system.private_files import appearing_whole

NONCE_SIZE = 12
MAC_SIZE = 32
COURIER_PATHS = "/api/courier/"
LONGEST = {
    Purpose.WATCH_LIST: timedelta(days=31),
    Purpose.ALERTS: timedelta(days=366),
    Purpose.RULES: timedelta(days=366),
    Purpose.NUMBERS: timedelta(days=366),
}
"""What the desk may have signed, and how long each may be valid.

Recipients the ring makes itself, so that nobody who took the desk can have a recipient of his own
signed; only the root delegates.
"""


class PurposeRefused(Refused):
    """The ring does not sign this: another purpose, another path, or valid for too long."""


class WrapBroken(Refused):
    """This wrapped key is damaged or belongs to another conversation."""


class OpenedRing:
    """The abilities of the unlocked keys; drop it to lock them."""

    def __init__(self, vault: Vault, *, clock: Callable[[], datetime]) -> None:
        """Take the unlocked vault and the time; makes the weeks ahead."""
        self._vault = vault
        self._clock = clock
        self.epochs = Epochs(vault)
        self.epochs.make_ahead(clock())

    def __repr__(self) -> str:
        """Say what it is, never what is in it."""
        return "OpenedRing(hidden)"

    def open_envelope(self, sealed: bytes) -> bytes:
        """Return the inner message; raises MalformedEnvelope, NoSuchEpoch, CannotOpen."""
        header = envelope.read_header(sealed)
        return envelope.open_envelope(sealed, identity=self.epochs.identity(header.epoch))

    def reseal(self, source: IO[bytes], sink: IO[bytes], *, epoch: Epoch) -> Resealed:
        """Open an attachment chunk by chunk into an item under a fresh key; raises CannotOpen."""
        key = ItemKey.generate()
        writer = ItemWriter(sink, key=key)
        identity = self.epochs.identity(epoch)
        opened = attachments.open_attachment(source, writer, identity=identity)
        writer.finish()
        return Resealed(key, opened.size, opened.sha256, opened.id)

    def open_attachment(self, sealed: Path, *, to: Path, epoch: Epoch) -> Resealed:
        """Re-seal a file as `reseal` does; `to` appears only when it is whole."""
        with sealed.open("rb") as source, appearing_whole(to) as sink:
            return self.reseal(source, sink, epoch=epoch)

    def wrap(self, secret: bytes, *, mailbox: MailboxId) -> bytes:
        """Seal a conversation's MAC key so that only this ring uses it, only for this mailbox."""
        if len(secret) != MAC_SIZE:
            raise WrapBroken
        nonce = os.urandom(NONCE_SIZE)
        cipher = ChaCha20Poly1305(self._vault.take(CONVERSATIONS))
        return nonce + cipher.encrypt(nonce, secret, _bound_to(mailbox))

    def reply(self, message: ReplyMessage, *, wrapped: bytes, recipient: Recipient) -> bytes:
        """Authenticate a reply and seal it for the reporter; raises WrapBroken, TooLong."""
        mac_key = self._unwrap(wrapped, mailbox=message.place.mailbox)
        inner = authenticate_reply(message, mac_key=mac_key)
        return envelope.seal_envelope(inner, header=message.header, to=recipient)

    def keep_contact(self, contact: bytes) -> KeptContact:
        """Seal where a subscriber is reached, with a keyed hash to know it again."""
        return contacts.keep(contact, secret=self._vault.take(CONVERSATIONS))

    def read_contacts(self, kept: Sequence[KeptContact]) -> list[bytes]:
        """Return where subscribers are reached, for a message to leave; raises ContactBroken."""
        secret = self._vault.take(CONVERSATIONS)
        return [contacts.read(one, secret=secret) for one in kept]

    def sign(self, document: Document) -> bytes:
        """Sign with the key of the document's own purpose; raises PurposeRefused."""
        longest = LONGEST.get(document.purpose)
        lasts = document.not_after - document.not_before
        if longest is None or not timedelta() < lasts <= longest:
            raise PurposeRefused
        return notes.sign(document, key=self._signing_key(heads.secret_name(document.purpose)))

    def sign_head(self, checkpoint: Checkpoint, *, proof: Sequence[Hash]) -> bytes:
        """Sign a head of the public log; raises HistoryChanged unless it extends the last one."""
        return heads.sign_head(checkpoint, proof=proof, vault=self._vault)

    def log_size(self) -> int:
        """Return the size of the last head of the public log that was signed."""
        return heads.last_head(self._vault).size

    def sign_courier(self, request: CourierRequest) -> str:
        """Sign one of the courier's calls to the front; raises PurposeRefused for another path."""
        if not request.path.startswith(COURIER_PATHS):
            raise PurposeRefused
        return sign_request(request, key=self._signing_key(COURIER))

    def recipients(self, weeks: int, *, complaints: Recipient | None = None) -> dict[Epoch, bytes]:
        """Return the signed recipients of this week and the weeks ahead (at most four).

        `complaints` is the auditor's, as the desk names it: it is signed beside each.
        """
        now = self._clock()
        self.epochs.make_ahead(now)
        current = epoch_of(now.astimezone(UTC).date())
        wanted = [epoch for epoch in self.epochs.held() if current <= epoch <= current + weeks]
        key = self._signing_key(heads.secret_name(Purpose.RECIPIENTS))
        documents = {
            epoch: recipients_document(
                epoch, recipient=self.epochs.identity(epoch).recipient, complaints=complaints
            )
            for epoch in wanted
        }
        return {epoch: notes.sign(document, key=key) for epoch, document in documents.items()}

    def database_key(self) -> bytes:
        """Return the one key that leaves the ring: the desk database's, for its supervisor."""
        return self._vault.take(DATABASE)

    def destroy_epoch(self, epoch: Epoch) -> None:
        """Destroy the identity of a drained week; raises EpochStillOpen, NoSuchEpoch."""
        self.epochs.destroy(epoch, now=self._clock())

    def _signing_key(self, name: str) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._vault.take(name))

    def _unwrap(self, wrapped: bytes, *, mailbox: MailboxId) -> bytes:
        nonce, sealed = wrapped[:NONCE_SIZE], wrapped[NONCE_SIZE:]
        cipher = ChaCha20Poly1305(self._vault.take(CONVERSATIONS))
        try:
            return cipher.decrypt(nonce, sealed, _bound_to(mailbox))
        except (InvalidTag, ValueError) as error:
            raise WrapBroken from error


def open_ring(keys: Path, *, passphrase: Passphrase, clock: Callable[[], datetime]) -> OpenedRing:
    """Unlock the keys inside one command, without the ring's process.

    Raises NoKeys, WrongPassphrase.
    """
    return OpenedRing(Vault.open(keys, passphrase=passphrase), clock=clock)


def _bound_to(mailbox: MailboxId) -> bytes:
    return b"oberih/1/conversation/" + mailbox.encode()
