"""An operator without a desk: keys, published notes, and the courier's signed calls by hand."""

import hashlib
import secrets
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from oberih.core.time import Epoch, epoch_of, now
from oberih.crypto import courier_requests as signing
from oberih.crypto import envelope, message, notes, trust
from oberih.crypto.age import Identity
from oberih.crypto.message import ReportMessage

ENVELOPE_RECORD = 1


@dataclass(frozen=True, slots=True)
class Operator:
    """A data folder for the front, and the private keys that belong to what it publishes."""

    folder: Path
    root: Ed25519PrivateKey
    courier: Ed25519PrivateKey
    keys: dict[notes.Purpose, Ed25519PrivateKey]
    identity: Identity
    auditor: Identity

    @classmethod
    def found(cls, folder: Path) -> "Operator":
        """Make all keys and the folder with the public halves."""
        purposes = [one for one in notes.Purpose if one is not notes.Purpose.DELEGATIONS]
        made = cls(
            folder=folder,
            root=Ed25519PrivateKey.generate(),
            courier=Ed25519PrivateKey.generate(),
            keys={purpose: Ed25519PrivateKey.generate() for purpose in purposes},
            identity=Identity.generate(),
            auditor=Identity.generate(),
        )
        (folder / "front").mkdir(parents=True)
        (folder / "front" / "root.pub").write_text(public(made.root).hex())
        (folder / "front" / "courier.pub").write_text(public(made.courier).hex())
        return made

    @property
    def epoch(self) -> Epoch:
        """Return this week."""
        return epoch_of(now().date())

    def publish(self) -> None:
        """Write the delegations and this week's recipient where the front serves them."""
        start = (now() - timedelta(days=2)).replace(microsecond=0)
        public_keys = {purpose: public(key) for purpose, key in self.keys.items()}
        delegations = trust.Delegations(1, start + timedelta(days=300), public_keys)
        document = trust.delegations_document(delegations, not_before=start)
        self.write("delegations.note", notes.sign(document, key=self.root))
        weekly = trust.recipients_document(
            self.epoch, recipient=self.identity.recipient, complaints=self.auditor.recipient
        )
        signed = notes.sign(weekly, key=self.keys[notes.Purpose.RECIPIENTS])
        self.write(f"recipients/{self.epoch}.note", signed)

    def write(self, place: str, content: bytes) -> None:
        """Publish a file as the courier would."""
        path = self.folder / "front" / "published" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def collect(self, courier_address: str) -> list[ReportMessage]:
        """Fetch and open the first messages that wait, as the desk's courier does."""
        answer = self.call(courier_address, path="/api/courier/collect", body=b'{"limit":100}')
        sealed = [content[32:] for kind, content in records(answer) if kind == ENVELOPE_RECORD]
        opened = [envelope.open_envelope(one, identity=self.identity) for one in sealed]
        return [report for inner in opened for report in first_messages(inner)]

    def deliver(self, courier_address: str, *, sealed: bytes) -> None:
        """Put a reply envelope into its mailbox."""
        self.call(courier_address, path="/api/courier/deliver", body=sealed)

    def call(self, address: str, *, path: str, body: bytes) -> bytes:
        """Make one signed call and return its answer."""
        request = signing.CourierRequest(
            method="POST",
            path=path,
            body_sha256=hashlib.sha256(body).hexdigest(),
            time=int(now().timestamp()),
            nonce=secrets.token_hex(16),
            fence=1,
        )
        headers = {
            signing.TIME_HEADER: str(request.time),
            signing.NONCE_HEADER: request.nonce,
            signing.FENCE_HEADER: "1",
            signing.SIGNATURE_HEADER: signing.sign_request(request, key=self.courier),
        }
        answer = httpx.post(address + path, content=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.content


def first_messages(inner: bytes) -> Iterator[ReportMessage]:
    """Yield the report when it carries its own keys; later messages need the desk's memory."""
    with suppress(message.FirstIsMissing):
        yield message.parse_report(inner)


def records(framed: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records of the courier's framing: type, length, content."""
    at = 0
    while at < len(framed):
        kind, length = struct.unpack_from(">BI", framed, at)
        yield kind, framed[at + 5 : at + 5 + length]
        at += 5 + length


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()
