"""Complaints: sealed to a key that is not on the desk, so that nobody here reads them.

A colleague's is sealed on arrival; a family's was sealed on its own device, and the desk keeps
nothing of where it came from: no case, no mailbox, no number in the conversation.

What this does not protect against: whoever may change the running desk can read what is typed
from then on; and the desk's machine knows who was signed in at that minute.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.crypto.age import Recipient, seal
from oberih.crypto.complaint import sealed_words
from oberih.crypto.message import MalformedMessage
from oberih.desk import bookkeeping
from oberih.desk.care.models import Complaint
from oberih.desk.care.refusals import (
    ComplaintEmpty,
    NoComplaintKey,
    NoSuchComplaint,
    NoSuchConversation,
)
from oberih.desk.filing import (
    Clock,
    Entropy,
    OpenedReport,
    new_case_id,
    promise_receipt,
    waiting_receipt,
)
from oberih.desk.models import Conversation
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

LONGEST = 20_000
PADDED_TO = 4_096
"""A complaint's length tells nothing finer than this many bytes."""


def can_complain() -> bool:
    """Tell whether there is a key to seal complaints to."""
    return bool(settings.COMPLAINT_KEY)


def complain(text: str, *, by: Member, now: datetime, entropy: Entropy) -> None:
    """Seal a complaint away; the audit keeps that there is one, not whose.

    Raises NoComplaintKey, ComplaintEmpty.
    """
    require(by, Permission.COMPLAINT_MAKE)
    if not can_complain():
        raise NoComplaintKey
    if not 0 < len(text.strip()) <= LONGEST:
        raise ComplaintEmpty
    sealed = seal(_padded(text.strip().encode()), to=Recipient.parse(settings.COMPLAINT_KEY))
    with transaction.atomic():
        _keep(sealed, on=now.date(), entropy=entropy)


def complaint_recipient() -> Recipient | None:
    """Return whom complaints are sealed to, for families to read signed; None without a key."""
    return Recipient.parse(settings.COMPLAINT_KEY) if can_complain() else None


def take_complaint(report: OpenedReport, *, clock: Clock) -> None:
    """Keep a family's complaint as it came; her conversation shows nothing of it.

    The front sees a receipt go back, as after any message; it names no message of hers. One in
    another form is refused, and that it came from there is not kept either.
    """
    on, message = clock.now.date(), report.message
    with transaction.atomic():
        bookkeeping.take_apart(report.envelope, on=on)
        conversation = Conversation.objects.filter(mailbox=message.place.mailbox).first()
        if conversation is not None:
            waiting = waiting_receipt(conversation)
            promise_receipt([], conversation=conversation, waiting=waiting, at=clock.now)
        try:
            sealed = sealed_words(message.body)
        except MalformedMessage:
            return
        _keep(sealed, on=on, entropy=clock.entropy)


def complaints(*, by: Member) -> list[Complaint]:
    """Return the complaints, still sealed; for the auditor."""
    require(by, Permission.COMPLAINT_READ)
    return list(Complaint.objects.defer("sealed"))


def sealed_complaint(complaint: str, *, by: Member) -> bytes:
    """Return a sealed complaint to take away and open with the key; raises NoSuchComplaint."""
    require(by, Permission.COMPLAINT_READ)
    with transaction.atomic():
        row = Complaint.objects.filter(pk=complaint).first()
        if row is None:
            raise NoSuchComplaint
        record(Act.COMPLAINT_TAKEN, actor=by.member_id, subject=f"complaint {row.pk}", detail={})
    return bytes(row.sealed)


def answered_in(mailbox: str, *, by: Member) -> CaseId:
    """Return the number of the case that a complaint is about, for the auditor alone.

    Raises NoSuchConversation. The auditor sees the case's acts and nothing of its contents.
    """
    require(by, Permission.COMPLAINT_READ)
    with transaction.atomic():
        record(Act.COMPLAINT_PLACED, actor=by.member_id, subject="complaints", detail={})
        found = Conversation.objects.filter(mailbox=mailbox.strip().lower()).first()
    if found is None:
        raise NoSuchConversation
    return CaseId(found.case_id)


def _keep(sealed: bytes, *, on: date, entropy: Entropy) -> None:
    row = Complaint.objects.create(id=new_case_id(entropy), sealed=sealed, made_on=on)
    record(Act.COMPLAINT_MADE, actor=None, subject=f"complaint {row.pk}", detail={})


def _padded(text: bytes) -> bytes:
    """Return the text with line ends up to the next step, so that its length stays untold."""
    return text + b"\n" * (-len(text) % PADDED_TO)
