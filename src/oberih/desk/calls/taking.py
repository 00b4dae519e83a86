"""Taking a call: a report as the family's own page would send it, with words that are read out.

The ten words are drawn here, shown once and kept nowhere. What this does not protect against:
the officer and whoever hears the call know them, so no personal reply leaves until they change.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.client.front import Front
from oberih.client.report import Report
from oberih.client.reports import PartlySent, Sending, send_report
from oberih.core.errors import OberihError
from oberih.crypto.message import MailboxId
from oberih.crypto.receipt import Receipt
from oberih.desk.access.visible import visible
from oberih.desk.calls.models import Call
from oberih.desk.calls.refusals import CallNotSent, CallTaken
from oberih.desk.models import Conversation
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@dataclass(frozen=True, slots=True)
class Card:
    """How to speak with the family, and the consent that it gave."""

    can_talk: bool
    is_in_danger: bool
    never_call: bool
    best_time: str
    call_word: str = field(repr=False)
    consent_words: str
    consent_said: str = field(repr=False)
    paper_on: date | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """What an officer entered; `once` names the page, so that a page sent twice is one call."""

    report: Report
    card: Card
    once: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is read out; `is_whole` is false when the end of a long text did not arrive."""

    receipt: Receipt
    is_whole: bool


def take_call(entered: Entered, *, by: Member, front: Front, sending: Sending) -> Told:
    """Send a call as a sealed report and return the words to read out, once.

    The card is kept first, so that the case can never come without its mark. Raises CallTaken, and
    CallNotSent when nothing arrived: then nothing is kept.
    """
    require(by, Permission.CALL_TAKE)
    mailbox = sending.receipt.derive().mailbox
    _note(entered, mailbox=mailbox, by=by, at=sending.now)
    try:
        send_report(entered.report, front=front, sending=sending)
    except PartlySent:
        return Told(sending.receipt, is_whole=False)
    except OberihError as error:
        _forget(mailbox, by=by)
        raise CallNotSent from error
    return Told(sending.receipt, is_whole=True)


def call_of(case: CaseId, *, by: Member) -> Call | None:
    """Return the card of the call from which a case came, for whoever may see the case."""
    seen = Conversation.objects.filter(case__in=visible(by).filter(pk=case).values("pk"))
    return Call.objects.filter(pk__in=seen.values("mailbox")).first()


def _note(entered: Entered, *, mailbox: MailboxId, by: Member, at: datetime) -> None:
    """Keep the card; raises CallTaken for a page that was sent before."""
    card = entered.card
    try:
        with transaction.atomic():
            Call.objects.create(
                mailbox=mailbox,
                once=entered.once,
                taken_by=str(by.pk),
                taken_at=at,
                paper_on=card.paper_on,
                can_talk=card.can_talk,
                is_in_danger=card.is_in_danger,
                never_call=card.never_call,
                best_time=card.best_time,
                call_word=card.call_word,
                consent_words=card.consent_words,
                consent_said=card.consent_said,
            )
            _record(Act.CALL_TAKEN, mailbox=mailbox, by=by)
    except IntegrityError as error:
        raise CallTaken from error


def _forget(mailbox: MailboxId, *, by: Member) -> None:
    with transaction.atomic():
        Call.objects.filter(pk=mailbox).delete()
        _record(Act.CALL_NOT_SENT, mailbox=mailbox, by=by)


def _record(act: Act, *, mailbox: MailboxId, by: Member) -> None:
    record(act, actor=by.member_id, subject=f"call {mailbox[:8]}", detail={})
