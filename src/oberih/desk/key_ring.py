"""What the desk asks of the ring: over its socket, or from keys that a command unlocked itself."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from oberih.core.time import Epoch
from oberih.crypto.age import Recipient
from oberih.crypto.checkpoint import Checkpoint
from oberih.crypto.courier_requests import CourierRequest
from oberih.crypto.envelope import MailboxId
from oberih.crypto.message import ReplyMessage
from oberih.crypto.notes import Document
from oberih.crypto.tree import Hash
from oberih.keys.contacts import KeptContact
from oberih.keys.items import Resealed


class KeyRing(Protocol):
    """Opens, wraps, authenticates, signs; never gives out a key."""

    def open_envelope(self, sealed: bytes, /) -> bytes:
        """Return the inner message."""

    def open_attachment(self, sealed: Path, *, to: Path, epoch: Epoch) -> Resealed:
        """Re-seal an attachment under a key of its own."""

    def wrap(self, secret: bytes, *, mailbox: MailboxId) -> bytes:
        """Seal a conversation's MAC key for the ring alone."""

    def reply(self, message: ReplyMessage, *, wrapped: bytes, recipient: Recipient) -> bytes:
        """Return a sealed reply."""

    def keep_contact(self, contact: bytes, /) -> KeptContact:
        """Seal where a subscriber is reached."""

    def read_contacts(self, kept: Sequence[KeptContact], /) -> list[bytes]:
        """Return where subscribers are reached."""

    def sign(self, document: Document) -> bytes:
        """Return a signed note."""

    def sign_head(self, checkpoint: Checkpoint, *, proof: Sequence[Hash]) -> bytes:
        """Return a signed head of the public log."""

    def log_size(self) -> int:
        """Return the size of the last head of the public log that was signed."""

    def sign_courier(self, request: CourierRequest) -> str:
        """Return the signature of one of the courier's calls, in hex."""

    def recipients(
        self, weeks: int, /, *, complaints: Recipient | None = None
    ) -> dict[Epoch, bytes]:
        """Return the signed recipients by week, the auditor's beside each."""
