"""How the desk's processes ask the ring; each call is one connection."""

import json
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from oberih.core import canonical
from oberih.core.errors import CouldNot
from oberih.core.time import Epoch
from oberih.crypto.age import Recipient
from oberih.crypto.checkpoint import Checkpoint
from oberih.crypto.courier_requests import CourierRequest
from oberih.crypto.envelope import MailboxId
from oberih.crypto.fields import spelled_time
from oberih.crypto.message import ReplyMessage
from oberih.crypto.notes import Document
from oberih.crypto.tree import Hash
from oberih.keys.contacts import KeptContact
from oberih.keys.epochs import WEEKS_AHEAD
from oberih.keys.items import ItemKey, Resealed
from oberih.keys.passphrase import Passphrase
from oberih.keys.refusals import raise_named
from oberih.system.frames import BrokenFrame, Frame, receive, send
from oberih.system.private_files import appearing_whole

if TYPE_CHECKING:
    from oberih.core.canonical import Json

CALL_SECONDS = 120.0


class RingAway(CouldNot):
    """The ring does not answer: start it (`oberih up`) and unlock it."""


@dataclass(frozen=True, slots=True)
class RingStatus:
    """What the ring says of itself; `epochs` are the weeks whose envelopes it opens.

    `delegated_until` is when the offline root is needed again, None when it is needed now.
    """

    is_unlocked: bool
    epochs: tuple[Epoch, ...]
    delegated_until: datetime | None


class Ring:
    """The ring behind its socket. Every method raises RingAway, and Locked where keys are used."""

    def __init__(self, socket_path: Path) -> None:
        """Take the socket's path (<data>/run/ring.sock)."""
        self._socket_path = socket_path

    def status(self) -> RingStatus:
        """Return whether the keys are unlocked, and for which weeks."""
        answer = self._call(Frame({"op": "status"}))
        epochs, until = answer.header["epochs"], answer.number("delegated_until")
        if not isinstance(epochs, list):
            raise BrokenFrame
        return RingStatus(
            is_unlocked=answer.header["unlocked"] is True,
            epochs=tuple(Epoch(epoch) for epoch in epochs),
            delegated_until=datetime.fromtimestamp(until, UTC) if until else None,
        )

    def unlock(self, passphrase: Passphrase) -> None:
        """Unlock; raises WrongPassphrase, TriesUsedUp after the third (the ring then ends)."""
        self._call(Frame({"op": "unlock"}, passphrase.octets))

    def lock(self) -> None:
        """Forget the keys: from now on nothing is opened and nothing signed."""
        self._call(Frame({"op": "lock"}))

    def open_envelope(self, envelope: bytes) -> bytes:
        """Return the inner message; raises MalformedEnvelope, NoSuchEpoch, CannotOpen's leaves."""
        return self._call(Frame({"op": "open-envelope"}, envelope)).body

    def open_attachment(self, sealed: Path, *, to: Path, epoch: Epoch) -> Resealed:
        """Re-seal an attachment of the week under a fresh key; `to` appears only when whole.

        Raises CannotOpen's leaves, NoSuchEpoch; then nothing stands at `to`.
        """
        with sealed.open("rb") as source, appearing_whole(to) as sink:
            files = (source.fileno(), sink.fileno())
            answer = self._call(Frame({"op": "open-attachment", "epoch": epoch}, files=files))
        return Resealed(
            key=ItemKey(answer.body),
            size=answer.number("size"),
            sha256=answer.text("sha256"),
            id=answer.text("id"),
        )

    def wrap(self, secret: bytes, *, mailbox: MailboxId) -> bytes:
        """Seal a conversation's MAC key so that only the ring can use it, for this mailbox."""
        return self._call(Frame({"op": "wrap", "mailbox": mailbox}, secret)).body

    def reply(self, message: ReplyMessage, *, wrapped: bytes, recipient: Recipient) -> bytes:
        """Return a reply's envelope, authenticated with the wrapped key and sealed."""
        header = {"op": "reply", "wrapped": wrapped.hex(), "recipient": str(recipient)}
        return self._call(Frame(header, canonical.encode(message.as_json()))).body

    def sign(self, document: Document) -> bytes:
        """Return the note, signed with the key of its purpose; raises PurposeRefused."""
        header: dict[str, Json] = {
            "op": "sign",
            "purpose": document.purpose.value,
            "sequence": document.sequence,
            "from": spelled_time(document.not_before),
            "until": spelled_time(document.not_after),
        }
        return self._call(Frame(header, canonical.encode(document.body))).body

    def sign_head(self, checkpoint: Checkpoint, *, proof: Sequence[Hash]) -> bytes:
        """Return the log's signed head; raises HistoryChanged unless it extends the last one."""
        header: dict[str, Json] = {
            "op": "sign-head",
            "origin": checkpoint.origin,
            "size": checkpoint.head.size,
            "root": checkpoint.head.root.hex(),
        }
        return self._call(Frame(header, b"".join(proof))).body

    def log_size(self) -> int:
        """Return the size of the public log's last signed head; 0 before the first."""
        return self._call(Frame({"op": "log-size"})).number("size")

    def sign_courier(self, request: CourierRequest) -> str:
        """Return the signature of one call to the front's courier listener."""
        header: dict[str, Json] = {
            "op": "sign-courier",
            "method": request.method,
            "path": request.path,
            "body_sha256": request.body_sha256,
            "time": request.time,
            "nonce": request.nonce,
            "fence": request.fence,
        }
        return self._call(Frame(header)).text("signature")

    def recipients(
        self, weeks: int = WEEKS_AHEAD, *, complaints: Recipient | None = None
    ) -> dict[Epoch, bytes]:
        """Return the signed recipients by week: this one and those ahead."""
        header: dict[str, Json] = {"op": "recipients", "weeks": weeks}
        named: dict[str, Json] = {} if complaints is None else {"complaints": str(complaints)}
        answer = json.loads(self._call(Frame(header | named)).body)
        return {Epoch(int(week)): note.encode() for week, note in answer.items()}

    def destroy_epoch(self, epoch: Epoch) -> None:
        """Destroy the identity of a drained, backed-up week; raises EpochStillOpen."""
        self._call(Frame({"op": "destroy-epoch", "epoch": epoch}))

    def keep_contact(self, contact: bytes) -> KeptContact:
        """Return where a subscriber is reached, sealed for the ring, and its keyed hash."""
        answer = self._call(Frame({"op": "keep-contact"}, contact))
        return KeptContact(answer.text("mac"), answer.body)

    def read_contacts(self, kept: Sequence[KeptContact]) -> list[bytes]:
        """Return where these subscribers are reached; raises ContactBroken."""
        body = canonical.encode([[one.mac, one.sealed.hex()] for one in kept])
        answer = json.loads(self._call(Frame({"op": "read-contacts"}, body)).body)
        return [bytes.fromhex(one) for one in answer]

    def database_key(self) -> bytes:
        """Return the desk database's key: only to the process that started the ring."""
        return self._call(Frame({"op": "database-key"})).body

    def _call(self, asked: Frame) -> Frame:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(CALL_SECONDS)
                connection.connect(str(self._socket_path))
                send(connection, asked)
                answer = receive(connection)
        except OSError as error:
            raise RingAway from error
        refusal = answer.header.get("error")
        if isinstance(refusal, str):
            raise_named(refusal)
        return answer
