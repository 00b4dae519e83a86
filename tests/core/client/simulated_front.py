"""A front in memory that speaks docs/protocol.md, and a desk that holds the keys behind it.

Both can be told to misbehave: to fail, to lose, to forge, to show another week.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from oberih.client.front import Front
from oberih.core import canonical
from oberih.core.time import Epoch, epoch_of
from oberih.crypto import notes, trust
from oberih.crypto.age import Identity
from oberih.crypto.envelope import envelope_id, open_envelope, read_header, seal_envelope
from oberih.crypto.message import (
    First,
    MailboxId,
    Place,
    ReplyBody,
    ReplyMessage,
    ReportMessage,
    authenticate_reply,
    parse_report,
)
from oberih.crypto.notes import Purpose

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WEEK = epoch_of(NOW.date())
ROOT = Ed25519PrivateKey.from_private_bytes(bytes(32))
SIGNER = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)


def public(key: Ed25519PrivateKey) -> bytes:
    """Return the public half."""
    return key.public_key().public_bytes_raw()


class CutOff(httpx.ConnectError):
    """The network slipped."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("cut off")


@dataclass
class SimulatedFront(httpx.BaseTransport):
    """What the front keeps: envelopes by mailbox in the order of arrival, parts by attachment."""

    desk: Identity = field(default_factory=lambda: Identity.from_seed(bytes(32)))
    auditor: Identity | None = None
    tokens: dict[bytes, bytes] = field(default_factory=dict)
    envelopes: dict[bytes, list[bytes]] = field(default_factory=dict)
    parts: dict[bytes, dict[int, bytes]] = field(default_factory=dict)
    accepted: Epoch = WEEK
    is_new: bool = False
    failures: list[int] = field(default_factory=list)
    lost: int = 0
    published_instead: bytes = b""
    calls: list[tuple[str, int]] = field(default_factory=list)

    def front(self) -> Front:
        """Return a client of it that does not wait between attempts."""
        return Front("http://front", root=public(ROOT), transport=self, sleep=lambda _: None)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request, or fail as told."""
        path, body = request.url.path, request.read()
        self.calls.append((path, len(body)))
        if self.lost:
            self.lost -= 1
            raise CutOff
        if self.failures and (status := self.failures.pop(0)):
            return httpx.Response(status, content=b"broken")
        if path.startswith("/published/"):
            return self._published(path.removeprefix("/published/"))
        answers = {
            "/api/envelopes": self._deposit,
            "/api/attachments": self._announce,
            "/api/attachments/parts": self._part,
            "/api/mailbox/list": self._list,
            "/api/mailbox/fetch": self._fetch,
            "/api/mailbox/delete": self._delete,
        }
        return answers[path](body)

    def put(self, envelope: bytes) -> None:
        """Put an envelope into its mailbox, as the courier or an intruder would."""
        mailbox = bytes.fromhex(read_header(envelope).mailbox)
        self.envelopes.setdefault(mailbox, []).append(envelope)

    def _published(self, path: str) -> httpx.Response:
        if self.published_instead:
            return httpx.Response(200, content=self.published_instead)
        if path == "delegations.note":
            return httpx.Response(200, content=delegations_note())
        epoch = Epoch(int(path.removeprefix("recipients/").removesuffix(".note")))
        if self.is_new and epoch != self.accepted:
            return httpx.Response(404)
        return httpx.Response(200, content=self.recipients_note(epoch))

    def recipients_note(self, epoch: Epoch) -> bytes:
        """Return the signed recipient of a week."""
        complaints = self.auditor.recipient if self.auditor else None
        document = trust.recipients_document(
            epoch, recipient=self.desk.recipient, complaints=complaints
        )
        return notes.sign(document, key=SIGNER)

    def _deposit(self, body: bytes) -> httpx.Response:
        token, envelope = body[:32], body[32:]
        header = read_header(envelope)
        if header.epoch != self.accepted:
            note = self.recipients_note(self.accepted).decode()
            return httpx.Response(409, json={"error": "epoch", "recipient": note, "sentence": ""})
        mailbox = bytes.fromhex(header.mailbox)
        if self.tokens.setdefault(mailbox, token) != token:
            return httpx.Response(404, content=b"{}")
        self.put(envelope)
        return httpx.Response(201, content=canonical.encode({"id": envelope_id(envelope)}))

    def _list(self, body: bytes) -> httpx.Response:
        token, mailbox = body[:32], body[32:]
        held = self.envelopes.get(mailbox, []) if self.tokens.get(mailbox) == token else []
        listed: list[canonical.Json] = [
            {
                "id": envelope_id(one),
                "direction": "reply" if one[7] else "report",
                "day": "2026-11-21",
            }
            for one in held
        ]
        text = canonical.encode({"envelopes": listed, "v": 1})
        return httpx.Response(200, content=text.ljust(16_384))

    def _fetch(self, body: bytes) -> httpx.Response:
        mailbox, wanted = body[32:64], body[64:].hex()
        held = [one for one in self.envelopes.get(mailbox, []) if envelope_id(one) == wanted]
        return httpx.Response(200, content=held[0] if held else bytes(16_384))

    def _delete(self, body: bytes) -> httpx.Response:
        self.envelopes.pop(body[32:], None)
        return httpx.Response(200, content=b'{"deleted":true}')

    def _announce(self, body: bytes) -> httpx.Response:
        have = sorted(self.parts.setdefault(body[64:96], {}))
        return httpx.Response(200, content=json.dumps({"have": have}, separators=(",", ":")))

    def _part(self, body: bytes) -> httpx.Response:
        index = int.from_bytes(body[96:100], "big")
        self.parts[body[64:96]][index] = body[100:]
        return httpx.Response(201, content=b"{}")

    def attachment(self, name: str) -> bytes:
        """Return an attachment as it lies there."""
        parts = self.parts[bytes.fromhex(name)]
        return b"".join(parts[index] for index in sorted(parts))


@dataclass
class SimulatedDesk:
    """What the desk knows of one conversation."""

    front: SimulatedFront
    first: First | None = None
    reports: list[ReportMessage] = field(default_factory=list)
    last: ReplyMessage | None = None

    def collect(self) -> list[ReportMessage]:
        """Open what has come since, and take it from the front."""
        came = [one for held in self.front.envelopes.values() for one in held if not one[7]]
        for envelope in came:
            inner = open_envelope(envelope, identity=self.front.desk)
            message = parse_report(inner, verify=self.first.verify if self.first else None)
            self.first = self.first or message.first
            self.reports.append(message)
        for mailbox, held in self.front.envelopes.items():
            self.front.envelopes[mailbox] = [one for one in held if one[7]]
        return self.reports

    def reply(self, body: ReplyBody, *, keep: bool = True) -> bytes:
        """Return the sealed reply; with `keep` it lies in the mailbox."""
        assert self.first is not None
        message = ReplyMessage(self._place(), body)
        inner = authenticate_reply(message, mac_key=self.first.mac)
        envelope = seal_envelope(inner, header=message.header, to=self.first.recipient)
        self.last = message
        if keep:
            self.front.put(envelope)
        return envelope

    def _place(self) -> Place:
        seen = self.reports[-1]
        place = Place(
            mailbox=seen.place.mailbox,
            epoch=WEEK,
            sequence=1,
            previous="",
            seen=seen.place.sequence,
            day=NOW.date(),
            seen_digest=seen.digest,
        )
        if self.last is None:
            return place
        return replace(place, sequence=self.last.place.sequence + 1, previous=self.last.digest)


def delegations_note(*, start: datetime = NOW) -> bytes:
    """Return the root's word for the signer of recipients."""
    until = start + timedelta(days=300)
    delegated = trust.Delegations(1, until, {Purpose.RECIPIENTS: public(SIGNER)})
    return notes.sign(trust.delegations_document(delegated, not_before=start), key=ROOT)


def forged(mailbox: str, *, to: Identity) -> bytes:
    """Return a reply from somebody who knows her recipient and not her MAC key."""
    place = Place(MailboxId(mailbox), WEEK, 1, "", 1, NOW.date())
    message = ReplyMessage(place, ReplyBody(text="Send us the money."))
    inner = authenticate_reply(message, mac_key=sha256(b"guessed").digest())
    return seal_envelope(inner, header=message.header, to=to.recipient)
