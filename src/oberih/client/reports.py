"""Send a report: draw the ten words, seal, post, upload."""

from dataclasses import dataclass, field
from datetime import datetime

from oberih.client.front import Front
from oberih.client.recipients import current_recipient
from oberih.client.report import Report, bodies_of, require_something
from oberih.client.thread import Thread
from oberih.client.uploads import Uploads, require_sealable
from oberih.core.errors import CouldNot
from oberih.crypto.envelope import MailboxId
from oberih.crypto.receipt import Receipt


@dataclass(frozen=True, slots=True)
class Sent:
    """What the reporter keeps: the ten words; the mailbox is derived from them."""

    receipt: Receipt
    mailbox: MailboxId


class PartlySent(CouldNot):
    """A part of it did not arrive: open the conversation with these words and send the rest."""

    def __init__(self, sent: Sent) -> None:
        """Take what was sent, so that its words are not lost."""
        super().__init__()
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Sending:
    """When a report is sent, and under which words."""

    now: datetime
    receipt: Receipt = field(default_factory=Receipt.generate)


def send_report(report: Report, *, front: Front, sending: Sending) -> Sent:
    """Return the receipt when the front has the report and its attachments on its disk.

    Raises leaves of BadInput before anything is sent, of CouldNot when nothing arrived, and
    PartlySent with the receipt when something did.
    """
    require_something(report)
    require_sealable(report.attachments)
    keys = sending.receipt.derive()
    thread = Thread(keys, front=front)
    sent = Sent(sending.receipt, keys.mailbox)
    try:
        _send(report, thread=thread, front=front, now=sending.now)
    except CouldNot as error:
        if thread.own.sequence:
            raise PartlySent(sent) from error
        raise
    return sent


def _send(report: Report, *, thread: Thread, front: Front, now: datetime) -> None:
    with Uploads() as uploads:
        if report.attachments:
            uploads.seal(report.attachments, to=current_recipient(front, now=now).recipient)
        thread.post(bodies_of(report, attachments=uploads.attachments), now=now)
        uploads.send(front, access=thread.access)
