"""The courier: takes from the front, files, acknowledges; seals and delivers what waits.

Every step can be repeated: a crash at any point loses nothing and files nothing twice. The front
forgets an envelope only after two acknowledgements: filed, then backed up.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import OperationalError, transaction

from oberih.core.errors import CouldNot
from oberih.crypto.envelope import EnvelopeId, MailboxId
from oberih.crypto.message import FirstIsMissing, ReportKind
from oberih.desk import bookkeeping, outbox
from oberih.desk.attachments import AttachmentStore
from oberih.desk.backup import Places, back_up
from oberih.desk.care.complaints import take_complaint
from oberih.desk.filing import (
    AlreadyFiled,
    Clock,
    OpenedReport,
    close_deleted,
    file_report,
    hold_envelope,
    refuse_envelope,
)
from oberih.desk.front_calls import Collected, FencedOff, Front
from oberih.desk.key_ring import KeyRing
from oberih.desk.opening import Found, Sealed, mailbox_of, open_in_batches, outcome_of
from oberih.desk.publishing import Publisher
from oberih.desk.subscribers.taking import take_report
from oberih.keys.epochs import NoSuchEpoch

LOG = logging.getLogger(__name__)
MOST_COLLECTED = 128
MOST_ROUNDS = 50
BATCH = 16
PUBLISH_EVERY = timedelta(minutes=10)
BACK_UP_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Tools:
    """What a courier works with."""

    ring: KeyRing
    front: Front
    publisher: Publisher
    attachments: AttachmentStore
    places: Places


@dataclass(slots=True)
class Turn:
    """What one turn did."""

    taken: int = 0
    filed: int = 0
    refused: int = 0
    held: int = 0
    delivered: int = 0
    published: int = 0
    begun: list[MailboxId] = field(default_factory=list)

    @property
    def was_busy(self) -> bool:
        """Tell whether anything moved."""
        return bool(self.taken or self.delivered or self.published)


class Courier:
    """Takes turns between front and desk; remembers only when it last published."""

    def __init__(self, tools: Tools) -> None:
        """Take the tools; everything is published at the first turn."""
        self._tools = tools
        self._publish_at: datetime | None = None

    def turn(self, *, clock: Clock) -> Turn:
        """Do everything that waits, once; raises CouldNot when front, ring or disk are away."""
        turn = Turn()
        self._publish(turn, now=clock.now)
        for _round in range(MOST_ROUNDS):
            if not self._take_round(turn, clock=clock):
                break
        self._send(turn, now=clock.now)
        return turn

    def take_over(self) -> int:
        """Collect from now on in place of another desk; return the new fencing number."""
        front = self._tools.front
        try:
            front.acknowledge(filed=["0" * 64])
            above = front.fence
        except FencedOff as refusal:
            above = refusal.fence
        front.fence = bookkeeping.take_over(above=above)
        return front.fence

    def back_up(self, *, now: datetime) -> int:
        """Back up and tell the front what the backup holds; return how much that is."""
        covered = bookkeeping.to_back_up()
        back_up(self._tools.places, now=now)
        bookkeeping.mark_backed_up(covered, now=now)
        self.settle()
        return len(covered)

    def note_backup(self, *, now: datetime) -> int:
        """Take the operator's word that a backup has just been made, and tell the front."""
        covered = bookkeeping.to_back_up()
        bookkeeping.mark_backed_up(covered, now=now)
        self.settle()
        return len(covered)

    def settle(self) -> None:
        """Tell the front what a finished backup holds."""
        while ids := bookkeeping.to_settle():
            self._tools.front.acknowledge(backed_up=ids)
            bookkeeping.mark_settled(ids)

    def retry_held(self, *, clock: Clock) -> int:
        """Try again what could not be filed when it came; return how many were filed."""
        waiting = [(EnvelopeId(row.pk), bytes(row.envelope)) for row in bookkeeping.all_held()]
        turn = Turn()
        self._file_all(waiting, turn=turn, clock=clock)
        return turn.filed

    def _publish(self, turn: Turn, *, now: datetime) -> None:
        publisher = self._tools.publisher
        if self._publish_at is None:
            bookkeeping.forget_published()
        if self._publish_at is None or now >= self._publish_at:
            publisher.publish_trust()
            publisher.publish_list(now=now)
            self._publish_at = now + PUBLISH_EVERY
        turn.published += publisher.publish_alerts(now=now)

    def _take_round(self, turn: Turn, *, clock: Clock) -> bool:
        collected = self._tools.front.collect(limit=MOST_COLLECTED)
        again = bookkeeping.known([name for name, _sealed in collected.envelopes])
        fresh = [one for one in collected.envelopes if one[0] not in again]
        self._file_all(fresh, turn=turn, clock=clock)
        self._file_held(turn, clock=clock)
        for mailbox in collected.tombstones:
            close_deleted(mailbox, on=clock.now.date())
        fetched = self._take_attachments(collected, clock=clock)
        self._acknowledge([*again, *collected.tombstones])
        turn.taken += len(fresh) + fetched
        return bool(fresh or fetched)

    def _take_attachments(self, collected: Collected, *, clock: Clock) -> int:
        store = self._tools.attachments
        return sum(store.take(one, clock=clock) for one in collected.attachments)

    def _acknowledge(self, again: Iterable[str]) -> None:
        """Tell the front what is filed; what it offers again, it was told too little about.

        Old mailboxes are emptied only after that: by then the message of the move is filed.
        """
        ids, emptied = [*bookkeeping.to_acknowledge(), *again], bookkeeping.to_empty()
        if ids or emptied:
            self._tools.front.acknowledge(filed=sorted(set(ids)), emptied=emptied)
            bookkeeping.mark_acknowledged([*ids, *emptied])

    def _file_all(self, envelopes: Sequence[Sealed], *, turn: Turn, clock: Clock) -> None:
        """File in batches of one commit each; what came too early is tried once more, then held."""
        late = self._file_batches(envelopes, turn=turn, clock=clock)
        for name, sealed in self._file_batches(late, turn=turn, clock=clock):
            mailbox = mailbox_of(sealed)
            hold_envelope(name, sealed=sealed, mailbox=mailbox, on=clock.now.date())
            turn.held += 1

    def _file_batches(
        self, envelopes: Sequence[Sealed], *, turn: Turn, clock: Clock
    ) -> list[Sealed]:
        """File what can be filed; return what must wait for another message."""
        late: list[Sealed] = []
        for batch, found in open_in_batches(envelopes, size=BATCH, ring=self._tools.ring):
            with transaction.atomic():
                filed = [self._take(one, turn=turn, clock=clock) for one in found]
            late += [one for one, is_done in zip(batch, filed, strict=True) if not is_done]
        return late

    def _take(self, found: Found, *, turn: Turn, clock: Clock) -> bool:
        """File or refuse; return False when it must wait for another message."""
        if isinstance(found, OpenedReport):
            return self._file(found, turn=turn, clock=clock)
        if isinstance(found.error, FirstIsMissing | NoSuchEpoch):
            return False
        name, sealed = found.envelope
        outcome = outcome_of(found.error)
        LOG.warning("An envelope was refused: %s", type(found.error).__name__)
        refuse_envelope(name, mailbox=mailbox_of(sealed), outcome=outcome, on=clock.now.date())
        turn.refused += 1
        return True

    def _file(self, report: OpenedReport, *, turn: Turn, clock: Clock) -> bool:
        """File an opened report; one that cannot be filed is kept sealed, never refused."""
        try:
            if report.message.body.kind is ReportKind.SUBSCRIBE:
                take_report(report, keeper=self._tools.ring, on=clock.now.date())
                return True
            if report.message.body.kind is ReportKind.COMPLAINT:
                take_complaint(report, clock=clock)
            else:
                file_report(report, clock=clock)
        except AlreadyFiled:
            return True
        except (CouldNot, OperationalError):
            raise
        except Exception as error:  # noqa: BLE001  # one report must not block the others: it is held
            LOG.warning("A report was held: %s", type(error).__name__)
            return False
        turn.filed += 1
        turn.begun += [report.message.place.mailbox] if report.message.first else []
        return True

    def _file_held(self, turn: Turn, *, clock: Clock) -> None:
        """File what waited for the conversations that have begun in this turn."""
        rows = bookkeeping.held(turn.begun)
        waiting = [(EnvelopeId(row.pk), bytes(row.envelope)) for row in rows]
        self._file_batches(waiting, turn=turn, clock=clock)

    def _send(self, turn: Turn, *, now: datetime) -> None:
        while outbox.seal_due(self._tools.ring, now=now):
            turn.delivered += self._deliver()
        turn.delivered += self._deliver()

    def _deliver(self) -> int:
        count = 0
        while envelopes := outbox.waiting_envelopes():
            told = self._tools.front.deliver([bytes(one.envelope) for one in envelopes])
            outbox.mark_delivered(told.delivered)
            outbox.mark_undeliverable(told.refused)
            count += len(told.delivered)
            if not told.delivered and not told.refused:
                break
        return count


def is_backup_due(*, now: datetime) -> bool:
    """Tell whether something waits for a backup and the last one is some minutes old."""
    last = bookkeeping.post().backed_up_at
    return bool(bookkeeping.to_back_up()) and (last is None or now - last >= BACK_UP_EVERY)
