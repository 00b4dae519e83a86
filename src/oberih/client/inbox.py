"""What lies in a mailbox, opened: the desk's replies verified, everything else set apart."""

from dataclasses import dataclass, field
from datetime import date

from oberih.client.front import Access, Front, Listed
from oberih.core.errors import Refused
from oberih.crypto.envelope import Direction, envelope_id, open_envelope, read_header
from oberih.crypto.marker import START, Position, open_marker
from oberih.crypto.message import NotAuthentic, ReplyMessage, parse_reply
from oberih.crypto.receipt import ReporterKeys


@dataclass(slots=True)
class Inbox:
    """Replies and her own messages by their sequence, and the days of what was refused."""

    replies: dict[int, ReplyMessage] = field(default_factory=dict)
    refused: list[date] = field(default_factory=list)
    own: dict[int, date] = field(default_factory=dict)
    received: dict[int, date] = field(default_factory=dict)
    last_own: Position = START

    @property
    def last_reply(self) -> Position:
        """The last reply that she has read."""
        if not self.replies:
            return START
        last = self.replies[max(self.replies)]
        return Position(last.place.sequence, last.digest)


def read_inbox(keys: ReporterKeys, *, front: Front) -> Inbox:
    """Fetch and open everything that the front lists."""
    inbox, access = Inbox(), Access.of(keys)
    for listed in front.listed(access):
        envelope = front.fetch(access, listed.id)
        if envelope is not None:
            _sort_in(inbox, keys=keys, listed=listed, envelope=envelope)
    for reply in inbox.replies.values():
        inbox.received |= {one.sequence: one.day for one in reply.body.received}
        _learn(inbox, Position(reply.place.seen, reply.place.seen_digest))
    return inbox


def _sort_in(inbox: Inbox, *, keys: ReporterKeys, listed: Listed, envelope: bytes) -> None:
    try:
        if envelope_id(envelope) != listed.id:
            raise NotAuthentic
        if read_header(envelope).direction is Direction.REPORT:
            _own(inbox, keys=keys, envelope=envelope, day=listed.day)
        else:
            _reply(inbox, reply=_opened(envelope, keys=keys))
    except Refused:
        inbox.refused.append(listed.day)


def _own(inbox: Inbox, *, keys: ReporterKeys, envelope: bytes, day: date) -> None:
    """Note where her message stands; a marker that no words open is a complaint's: not shown."""
    try:
        position = open_marker(envelope, key=keys.marker)
    except NotAuthentic:
        return
    inbox.own[position.sequence] = day
    _learn(inbox, position)


def _learn(inbox: Inbox, position: Position) -> None:
    if position.sequence > inbox.last_own.sequence:
        inbox.last_own = position


def _reply(inbox: Inbox, *, reply: ReplyMessage) -> None:
    if reply.place.sequence in inbox.replies:
        raise NotAuthentic  # two replies with one number: at most one is what it seems
    inbox.replies[reply.place.sequence] = reply


def _opened(envelope: bytes, *, keys: ReporterKeys) -> ReplyMessage:
    inner = open_envelope(envelope, identity=keys.identity)
    reply = parse_reply(inner, mac_key=keys.mac)
    if reply.place.mailbox != keys.mailbox:
        raise NotAuthentic
    return reply
