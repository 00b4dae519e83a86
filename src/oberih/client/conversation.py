"""Go on with a conversation: read it back, write, change the words, delete."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from oberih.client.entries import Entry, entries_of
from oberih.client.front import Access, Front
from oberih.client.inbox import read_inbox
from oberih.client.recipients import current_recipient
from oberih.client.report import NothingToSend, filled
from oberih.client.reports import Sending, Sent
from oberih.client.thread import Thread
from oberih.client.uploads import Uploads, require_sealable
from oberih.core.errors import CouldNot
from oberih.crypto.complaint import complaint_body
from oberih.crypto.marker import Position
from oberih.crypto.message import ReportBody, ReportKind
from oberih.crypto.receipt import KEY, Receipt, ReporterKeys
from oberih.crypto.trust import WeeklyRecipient

NUMBERS_A_DAY = 10_000


def read_conversation(receipt: Receipt, *, front: Front) -> list[Entry]:
    """Return the conversation, oldest first; only what the desk itself wrote is text."""
    return Conversation(receipt.derive(), front=front).entries()


class MoveUnfinished(CouldNot):
    """The words may not be changed yet: keep the new and the old ones, and try again."""


class NoAuditor(CouldNot):
    """This desk names no auditor to seal a complaint to, so nothing was sent."""


class Conversation:
    """One mailbox opened with its keys; each act asks the front anew."""

    def __init__(self, keys: ReporterKeys, *, front: Front) -> None:
        """Take what the ten words derive."""
        self._keys = keys
        self._front = front
        self._access = Access.of(keys)

    def entries(self) -> list[Entry]:
        """Return the conversation, oldest first."""
        return entries_of(read_inbox(self._keys, front=self._front))

    def write(self, text: str, *, attachments: Sequence[Path] = (), now: datetime) -> None:
        """Send a note, with attachments; raises NothingToSend, or leaves of BadInput, CouldNot."""
        if not text.strip() and not attachments:
            raise NothingToSend
        require_sealable(attachments)
        with Uploads() as uploads:
            if attachments:
                uploads.seal(attachments, to=current_recipient(self._front, now=now).recipient)
            note = ReportBody(kind=ReportKind.NOTE, attachments=uploads.attachments)
            self._thread(now).post(filled(note, text=text), now=now)
            uploads.send(self._front, access=self._access)

    def stop_writing(self, *, now: datetime) -> None:
        """Ask the desk not to write until she writes again."""
        body = ReportBody(kind=ReportKind.STOP_WRITING, not_alone=True)
        self._thread(now).post([body], now=now)

    def complain(self, text: str, *, now: datetime) -> None:
        """Send a complaint about the desk that the auditor alone opens, beside her own messages.

        It takes none of their numbers, and no words open its marker: nothing that follows shows
        that it was there. Raises NothingToSend, ComplaintTooLong, NoAuditor.
        """
        if not text.strip():
            raise NothingToSend

        def body_for(recipient: WeeklyRecipient) -> ReportBody:
            if recipient.complaints is None:
                raise NoAuditor
            return complaint_body(text, mailbox=self._keys.mailbox, to=recipient.complaints)

        apart = self._thread(now).beside(replace(self._keys, marker=os.urandom(KEY)))
        apart.post_for(body_for, now=now)

    def arrive(self, sending: Sending) -> Sent:
        """Begin to change the words: say under the new ones where she comes from.

        Let her keep the new words before `leave`: after it the old ones open nothing, as soon as
        the desk has read both, even when no answer came back.
        """
        keys = sending.receipt.derive()
        arrived = ReportBody(kind=ReportKind.MOVE, move_from=self._keys.mailbox)
        Thread(keys, front=self._front).post([arrived], now=sending.now)
        return Sent(sending.receipt, keys.mailbox)

    def leave(self, arrived: Sent, *, now: datetime) -> None:
        """Finish it: say, signed, under the old words where she goes; raises MoveUnfinished."""
        left = ReportBody(kind=ReportKind.MOVE, move_to=arrived.mailbox)
        try:
            self._thread(now).post([left], now=now)
        except CouldNot as error:
            raise MoveUnfinished from error

    def delete(self) -> None:
        """Empty the mailbox; the desk is asked to delete what it has."""
        self._front.delete(self._access)

    def _thread(self, now: datetime) -> Thread:
        inbox = read_inbox(self._keys, front=self._front)
        own = inbox.last_own if inbox.last_own.sequence else restarted(now.astimezone(UTC).date())
        return Thread(self._keys, front=self._front, own=own, seen=inbox.last_reply)


def restarted(day: date) -> Position:
    """Return where to go on when nothing of hers is known any more: neither front nor desk say.

    A number that grows by the day and is drawn within it, so that it never meets one that the
    desk has filed; without a digest the next message carries her keys again.
    """
    start = (day - date(1970, 1, 1)).days * NUMBERS_A_DAY
    return Position(start + secrets.randbelow(NUMBERS_A_DAY), "")
