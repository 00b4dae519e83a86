"""The reporter's side of one conversation: numbers, signs, seals and posts what she writes."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from oberih.client.front import Access, Front, WeekOver
from oberih.client.recipients import current_recipient, newer_recipient
from oberih.crypto.envelope import seal_envelope
from oberih.crypto.marker import START, Position, seal_marker
from oberih.crypto.message import Place, ReportBody, ReportMessage, sign_report
from oberih.crypto.receipt import ReporterKeys
from oberih.crypto.trust import WeeklyRecipient


class Thread:
    """Her own messages of one mailbox, in order; `own` is the last one that the front took."""

    def __init__(
        self, keys: ReporterKeys, *, front: Front, own: Position = START, seen: Position = START
    ) -> None:
        """Go on after `own`; `seen` is the last reply that she has read."""
        self.access = Access.of(keys)
        self.own = own
        self._keys = keys
        self._front = front
        self._seen = seen
        self._mailbox = keys.mailbox

    def post(self, bodies: Sequence[ReportBody], *, now: datetime) -> None:
        """Post all; each is on the front's disk before the next is sealed.

        After a failure, `own.sequence` tells how many the front has: post the rest.
        """
        recipient = current_recipient(self._front, now=now)
        for body in bodies:
            recipient = self._post_one(body, recipient=recipient, now=now)

    def post_for(self, body_for: Callable[[WeeklyRecipient], ReportBody], *, now: datetime) -> None:
        """Post one that depends on whom it is sealed to; the front is asked no more for it."""
        recipient = current_recipient(self._front, now=now)
        self._post_one(body_for(recipient), recipient=recipient, now=now)

    def beside(self, keys: ReporterKeys) -> "Thread":
        """Return a thread that goes on at the same place and leaves this one where it is."""
        return Thread(keys, front=self._front, own=self.own, seen=self._seen)

    def _post_one(
        self, body: ReportBody, *, recipient: WeeklyRecipient, now: datetime
    ) -> WeeklyRecipient:
        message = self._message(body, recipient=recipient, now=now)
        try:
            self._front.deposit(self.access, self._sealed(message, recipient=recipient))
        except WeekOver as over:
            newer = newer_recipient(self._front, refused=over, now=now)
            if newer.epoch == recipient.epoch:
                raise
            return self._post_one(body, recipient=newer, now=now)
        self.own = Position(message.place.sequence, message.digest)
        return recipient

    def _message(
        self, body: ReportBody, *, recipient: WeeklyRecipient, now: datetime
    ) -> ReportMessage:
        place = Place(
            mailbox=self._mailbox,
            epoch=recipient.epoch,
            sequence=self.own.sequence + 1,
            previous=self.own.digest,
            seen=self._seen.sequence,
            day=now.astimezone(UTC).date(),
            seen_digest=self._seen.digest,
        )
        return ReportMessage(place, body, None if place.previous else self._keys.first)

    def _sealed(self, message: ReportMessage, *, recipient: WeeklyRecipient) -> bytes:
        return seal_envelope(
            sign_report(message, key=self._keys.signing),
            header=message.header,
            to=recipient.recipient,
            marker=seal_marker(
                Position(message.place.sequence, message.digest),
                key=self._keys.marker,
                header=message.header,
            ),
        )
