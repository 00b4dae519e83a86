"""The cast of the desk: families with real receipts, and a front that keeps to its protocol."""

import hashlib
import io
import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.test import Client
from running_ring import RunningRing

from oberih.alerts.gateways.serve import outbox_of
from oberih.alerts.issuing import Issuer
from oberih.core import time
from oberih.core.time import Epoch, epoch_of
from oberih.crypto.age import Recipient
from oberih.crypto.attachments import seal_attachment
from oberih.crypto.envelope import MailboxId, envelope_id, open_envelope, read_header, seal_envelope
from oberih.crypto.message import (
    Attachment,
    Place,
    ReplyMessage,
    ReportBody,
    ReportMessage,
    parse_reply,
    sign_report,
)
from oberih.crypto.receipt import Receipt, ReporterKeys
from oberih.desk.attachments import AttachmentStore
from oberih.desk.backup import Places
from oberih.desk.courier import Courier, Tools
from oberih.desk.filing import Clock
from oberih.desk.front_calls import (
    Collected,
    CollectedAttachment,
    Delivered,
    FencedOff,
    FrontAway,
)
from oberih.desk.logged_front import LoggedFront
from oberih.desk.publishing import Publisher
from oberih.keys.client import Ring
from oberih.staff.models import Member

TODAY = time.now()
FrontAwayFor = Callable[[], AbstractContextManager[None]]
Browse = Callable[[Member], Client]
Attach = Callable[..., tuple[Attachment, bytes]]


class Died(BaseException):
    """The courier's process ended here, as kill -9 ends it."""


@dataclass
class SimulatedFront:
    """A front in memory: it forgets an envelope only after both acknowledgements."""

    envelopes: dict[str, bytes] = field(default_factory=dict)
    attachments: dict[str, tuple[CollectedAttachment, bytes]] = field(default_factory=dict)
    tombstones: list[MailboxId] = field(default_factory=list)
    filed: set[str] = field(default_factory=set)
    replies: dict[str, bytes] = field(default_factory=dict)
    published: dict[str, bytes] = field(default_factory=dict)
    fence: int = 1
    stored_fence: int = 1
    gone: set[str] = field(default_factory=set)
    emptied: list[str] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    is_away: bool = False
    dies: str = ""

    def collect(self, *, limit: int) -> Collected:
        self.look_at_fence()
        waiting = [
            (envelope_id(one), one)
            for name, one in sorted(self.envelopes.items())
            if name not in self.filed
        ]
        return Collected(
            tuple(waiting[:limit]),
            tuple(one for one, _ in self.attachments.values() if one.id not in self.filed),
            tuple(one for one in self.tombstones if one not in self.filed),
        )

    def chunk(self, attachment: str, *, index: int) -> bytes:
        self.asked.append(index)
        self.die_at(f"at chunk {index}")
        content = self.attachments[attachment][1]
        return content[index * 262_144 : (index + 1) * 262_144]

    def acknowledge(
        self,
        *,
        filed: list[str] = (),  # type: ignore[assignment]
        backed_up: list[str] = (),  # type: ignore[assignment]
        emptied: list[str] = (),  # type: ignore[assignment]
    ) -> None:
        self.die_at("before acknowledging")
        self.look_at_fence()
        self.empty(emptied)
        self.filed |= set(filed)
        for name in backed_up:
            self.envelopes.pop(name, None)
        self.die_at("after acknowledging")

    def empty(self, mailboxes: list[str]) -> None:
        self.emptied += mailboxes
        self.gone |= set(mailboxes)
        self.replies = {
            name: one
            for name, one in self.replies.items()
            if read_header(one).mailbox not in self.gone
        }

    def deliver(self, envelopes: list[bytes]) -> Delivered:
        if self.is_away:
            raise FrontAway
        self.die_at("before delivering")
        taken = [one for one in envelopes if read_header(one).mailbox not in self.gone]
        refused = [one for one in envelopes if read_header(one).mailbox in self.gone]
        self.replies |= {envelope_id(one): one for one in taken}
        self.die_at("after delivering")
        return Delivered(
            tuple(envelope_id(one) for one in taken), tuple(envelope_id(one) for one in refused)
        )

    def die_at(self, point: str) -> None:
        if self.dies == point:
            self.dies = ""
            raise Died

    def look_at_fence(self) -> None:
        if self.fence < self.stored_fence:
            raise FencedOff(self.stored_fence)

    def publish(self, path: str, *, content: bytes) -> None:
        self.published[path] = content


@dataclass
class Family:
    """Somebody with a receipt, who writes to the desk and reads its answers."""

    ring: Ring
    front: SimulatedFront
    keys: ReporterKeys
    sequence: int = 0
    previous: str = ""
    mailbox: MailboxId | None = None

    def message(self, body: ReportBody) -> ReportMessage:
        self.sequence += 1
        place = Place(
            mailbox=self.mailbox or self.keys.mailbox,
            epoch=epoch_of(TODAY.date()),
            sequence=self.sequence,
            previous=self.previous,
            seen=0,
            day=TODAY.date(),
        )
        first = self.keys.first if self.sequence == 1 else None
        message = ReportMessage(place, body, first)
        self.previous = message.digest
        return message

    def seal(self, body: ReportBody) -> bytes:
        message = self.message(body)
        inner = sign_report(message, key=self.keys.signing)
        to = recipient_of(self.ring, epoch=message.place.epoch)
        return seal_envelope(inner, header=message.header, to=to)

    def send(self, text: str = "Мені пишуть з +380 50 000 00 01", **fields: object) -> str:
        sealed = self.seal(ReportBody(text=text, **fields))  # type: ignore[arg-type]
        self.front.envelopes[envelope_id(sealed)] = sealed
        return envelope_id(sealed)

    def pretend_to_be(self, other: "Family") -> None:
        """Write into another's mailbox, with keys that do not belong to it."""
        self.mailbox = other.keys.mailbox

    def delete(self) -> None:
        self.front.tombstones.append(self.keys.mailbox)

    def inbox(self) -> list[ReplyMessage]:
        mine = [one for one in self.front.replies.values() if self.owns(one)]
        opened = [open_envelope(one, identity=self.keys.identity) for one in mine]
        found = [parse_reply(inner, mac_key=self.keys.mac) for inner in opened]
        return sorted(found, key=lambda reply: reply.place.sequence)

    def owns(self, envelope: bytes) -> bool:
        return read_header(envelope).mailbox == self.keys.mailbox

    def answers(self) -> list[str]:
        return [reply.body.text for reply in self.inbox() if reply.body.kind == "reply"]


def recipient_of(ring: Ring, *, epoch: Epoch) -> Recipient:
    note = ring.recipients()[epoch]
    return Recipient.parse(json.loads(note.split(b"\n")[0])["body"]["recipient"])


def sealed_file(ring: Ring, content: bytes, *, name: str) -> tuple[Attachment, bytes]:
    """Seal a file to the desk's recipient of this week."""
    sink = io.BytesIO()
    to = recipient_of(ring, epoch=epoch_of(TODAY.date()))
    sealed = seal_attachment(io.BytesIO(content), sink, to=to, size=len(content))
    kind = "image/png" if name.endswith("png") else "text/plain"
    announced = Attachment(sealed.id, name, kind, sealed.size, sealed.sha256, sealed.chunks)
    return announced, sink.getvalue()


@dataclass
class Desk:
    """The desk's courier with the simulated front, and the clock that tests turn."""

    courier: Courier
    front: SimulatedFront
    ring: Ring
    data: Path
    now: datetime = TODAY

    def turn(self) -> None:
        self.courier.turn(clock=self.clock)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def turn_into(self, folder: Path) -> Path:
        """Take a turn and write all that is published below the folder; return where."""
        self.turn()
        for name, content in self.front.published.items():
            path = folder / "published" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return folder / "published"

    @property
    def clock(self) -> Clock:
        return Clock(self.now, os.urandom)


def logged(front: SimulatedFront, *, running: RunningRing, lock: Path) -> LoggedFront:
    """Return the simulated front behind the public log."""
    return LoggedFront(front, running.client, running.keys, lock, lambda: TODAY)  # type: ignore[arg-type]  # a simulator with the same methods


def make_desk(running: RunningRing, *, front: SimulatedFront, data: Path) -> Desk:
    """Put a courier together with a simulated front."""
    client = running.client
    publisher = Publisher(
        ring=client,
        front=logged(front, running=running, lock=data / ".log"),
        delegations=running.keys / "delegations.note",
        page=data / "page.json",
        issuer=Issuer("2.25.1", "desk@oberih.example", "Example", "https://oberih.example"),
        outbox=outbox_of(settings.DATA),
        rules=data / "rules",
    )
    places = Places(data / "attachments", data / "backups")
    store = AttachmentStore(folder=places.attachments, ring=client, front=front)  # type: ignore[arg-type]  # the same
    tools = Tools(client, front, publisher, store, places)  # type: ignore[arg-type]  # the same
    return Desk(Courier(tools), front, client, data)


RECEIPTS: list[ReporterKeys] = []


def receipt_keys(number: int) -> ReporterKeys:
    """Return the keys of the n-th invented receipt; stretching words takes a while."""
    while len(RECEIPTS) <= number:
        seed = hashlib.sha256(f"family {len(RECEIPTS)}".encode()).digest()
        RECEIPTS.append(Receipt(bytes([seed[0] & 0x7F]) + seed[1:13]).derive())
    return RECEIPTS[number]
