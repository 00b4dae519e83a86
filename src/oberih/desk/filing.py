"""Filing what the courier brings: a report becomes a case or a message of one, exactly once."""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.canonical import Json
from oberih.core.errors import Refused
from oberih.core.identifiers import Identifier as FoundIdentifier
from oberih.core.identifiers import find
from oberih.core.shown import shown_name
from oberih.crypto.envelope import EnvelopeId, MailboxId
from oberih.crypto.message import (
    FirstIsMissing,
    ReplyKind,
    ReportBody,
    ReportKind,
    ReportMessage,
)
from oberih.desk import families, moves, threads
from oberih.desk.assessing import apply_assessment
from oberih.desk.calls.marking import mark_read_out
from oberih.desk.campaigns.gathering import link
from oberih.desk.casework import passing_on
from oberih.desk.courier_models import HeldEnvelope, Taken
from oberih.desk.models import (
    Attachment,
    Case,
    CaseIdentifier,
    Conversation,
    Identifier,
    Message,
    Reply,
)
from oberih.desk.search import index
from oberih.desk.states import CaseId, CaseState, Direction, Outcome, ReplyState

FEW_PARTS = 8
LONGEST_IDENTIFIER = 2048
Entropy = Callable[[int], bytes]


class AlreadyFiled(Refused):
    """This envelope was filed before."""


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """One envelope, opened, its signature verified; the MAC key of a first one is wrapped."""

    envelope: EnvelopeId
    message: ReportMessage
    wrapped_mac: bytes


@dataclass(frozen=True, slots=True)
class Clock:
    """The time and the randomness of one act."""

    now: datetime
    entropy: Entropy


def file_report(report: OpenedReport, *, clock: Clock) -> CaseId:
    """File one message and everything that follows from it, in one transaction.

    Raises AlreadyFiled for an envelope that was filed, FirstIsMissing for a lone later message.
    """
    try:
        with transaction.atomic():
            return _file(report, clock=clock)
    except IntegrityError as error:
        raise AlreadyFiled from error


def refuse_envelope(
    envelope: EnvelopeId, *, mailbox: MailboxId, outcome: Outcome, on: date
) -> None:
    """Keep that an envelope came and why it was not filed; nothing of its content."""
    with transaction.atomic():
        _row, is_new = Taken.objects.get_or_create(
            id=envelope, defaults={"mailbox": mailbox, "outcome": outcome, "day": on}
        )
        if is_new:
            record(
                Act.REPORT_REFUSED,
                actor=None,
                subject=f"envelope {envelope}",
                detail={"why": outcome},
            )


def hold_envelope(envelope: EnvelopeId, *, sealed: bytes, mailbox: MailboxId, on: date) -> None:
    """Keep an envelope sealed until the first one of its conversation has come."""
    with transaction.atomic():
        _row, is_new = Taken.objects.get_or_create(
            id=envelope, defaults={"mailbox": mailbox, "outcome": Outcome.HELD, "day": on}
        )
        if is_new:
            HeldEnvelope.objects.create(id=envelope, mailbox=mailbox, day=on, envelope=sealed)
            record(Act.REPORT_HELD, actor=None, subject=f"envelope {envelope}", detail={})


def close_deleted(mailbox: MailboxId, *, on: date) -> None:
    """Honour the reporter's deletion: nothing more is written into this conversation."""
    with transaction.atomic():
        Taken.objects.get_or_create(
            id=mailbox, defaults={"mailbox": mailbox, "outcome": Outcome.TOMBSTONE, "day": on}
        )
        conversation = Conversation.objects.filter(mailbox=mailbox, is_deleted=False).first()
        if conversation is None:
            return
        conversation.is_deleted = True
        conversation.save(update_fields=["is_deleted"])
        _withdraw_replies(conversation)
        record(
            Act.CONVERSATION_DELETED,
            actor=None,
            subject=f"case {conversation.case_id}",
            detail={},
        )


def _file(report: OpenedReport, *, clock: Clock) -> CaseId:
    place = report.message.place
    known = Conversation.objects.select_related("case").select_for_update()
    conversation = known.filter(mailbox=place.mailbox).first()
    if conversation is None:
        conversation = _open_case(report, clock=clock)
    outcome = _outcome(report.message, conversation=conversation)
    _keep_outcome(report, outcome=outcome, on=clock.now.date())
    if outcome is Outcome.FILED:
        _take_in(report, conversation=conversation, at=clock.now)
    else:
        _leave_out(report, conversation=conversation, outcome=outcome)
    return CaseId(conversation.case_id)


def _outcome(message: ReportMessage, *, conversation: Conversation) -> Outcome:
    """Return what becomes of a message: new, there already, or another with a number in use."""
    if not conversation.last_report:
        return Outcome.FILED  # it has just been opened: there is nothing to ask the database
    there = conversation.messages.filter(
        direction=Direction.REPORT, sequence=message.place.sequence
    ).first()
    if there is None:
        return Outcome.FILED
    if there.digest == message.digest or _says_the_same(message.body, there=there):
        return Outcome.REPEATED
    return Outcome.NUMBER_TWICE


def _says_the_same(body: ReportBody, *, there: Message) -> bool:
    """Tell whether it is the same message on another day: sealed again its hash differs."""
    said = (body.kind, body.text, body.chat_part, body.part, body.parts)
    files = {one.sha256 for one in body.attachments}
    return (
        body.kind is not ReportKind.MOVE
        and said == (there.kind, there.text, there.chat_part, there.part, there.parts)
        and files == set(there.attachments.values_list("sha256", flat=True))
    )


def _leave_out(report: OpenedReport, *, conversation: Conversation, outcome: Outcome) -> None:
    """Keep it out of the thread; "do not write" counts all the same: she signed it."""
    body = report.message.body
    if body.not_alone or body.kind is ReportKind.STOP_WRITING:
        Conversation.objects.filter(pk=conversation.pk).update(is_alone=False)
        _withdraw_replies(conversation)
    if outcome is Outcome.NUMBER_TWICE:
        record(
            Act.REPORT_REFUSED,
            actor=None,
            subject=f"envelope {report.envelope}",
            detail={"why": outcome},
        )


def _keep_outcome(report: OpenedReport, *, outcome: Outcome, on: date) -> None:
    """Note what became of the envelope; one that was held until now is filed at last."""
    held = Taken.objects.filter(pk=report.envelope, outcome=Outcome.HELD)
    if held.update(outcome=outcome):
        HeldEnvelope.objects.filter(pk=report.envelope).delete()
        return
    Taken.objects.create(
        id=report.envelope, mailbox=report.message.place.mailbox, outcome=outcome, day=on
    )


def _open_case(report: OpenedReport, *, clock: Clock) -> Conversation:
    message = report.message
    if message.first is None:
        raise FirstIsMissing
    case = Case.objects.create(
        id=new_case_id(clock.entropy),
        filed_at=clock.now,
        language=message.body.language,
        region=message.body.region,
    )
    conversation = Conversation.objects.create(
        mailbox=message.place.mailbox,
        case=case,
        recipient=str(message.first.recipient),
        verify_key=message.first.verify.hex(),
        wrapped_mac=report.wrapped_mac,
    )
    mark_read_out(conversation)
    return conversation


def new_case_id(entropy: Entropy) -> CaseId:
    """Return eight letters and digits that can be read out over a phone: "K7QF-2XMA"."""
    letters = base64.b32encode(entropy(5)).decode()
    return CaseId(f"{letters[:4]}-{letters[4:]}")


def _take_in(report: OpenedReport, *, conversation: Conversation, at: datetime) -> None:
    message, is_opened_now = report.message, not conversation.last_report
    row = _add_message(message, conversation=conversation, at=at)
    _follow_wishes(message, conversation=conversation)
    moves.close_old(conversation, on=at.date())
    rows = [row] if is_opened_now else list(conversation.messages.all())
    thread = threads.entries(rows)
    _update_case(message, case=conversation.case, thread=thread, at=at)
    families.join(conversation)
    fold = index.begin if is_opened_now else index.add
    fold(conversation.case, texts=_spoken(row, thread=thread))
    link(conversation, thread=thread)
    waiting = None if is_opened_now else waiting_receipt(conversation)
    line: Json = {"sequence": message.place.sequence, "day": message.place.day.isoformat()}
    promise_receipt([line], conversation=conversation, waiting=waiting, at=at)
    record(
        Act.REPORT_FILED if message.first else Act.NOTE_FILED,
        actor=None,
        subject=f"case {conversation.case_id}",
        detail={"envelope": report.envelope, "sequence": message.place.sequence},
    )


def _add_message(message: ReportMessage, *, conversation: Conversation, at: datetime) -> Message:
    place, body = message.place, message.body
    row = Message.objects.create(
        conversation=conversation,
        direction=Direction.REPORT,
        sequence=place.sequence,
        day=place.day,
        at=at,
        kind=body.kind,
        text=body.text,
        chat_part=body.chat_part,
        part=body.part,
        parts=body.parts,
        epoch=place.epoch,
        previous=place.previous,
        digest=message.digest,
    )
    conversation.last_report = max(conversation.last_report, place.sequence)
    _announce(message, row=row)
    return row


def _announce(message: ReportMessage, *, row: Message) -> None:
    announced = [
        Attachment(
            id=one.id,
            message=row,
            name=shown_name(one.name),
            type=shown_name(one.type),
            size=one.size,
            sha256=one.sha256,
            chunks=one.chunks,
        )
        for one in message.body.attachments
    ]
    Attachment.objects.bulk_create(announced, ignore_conflicts=True)


def _follow_wishes(message: ReportMessage, *, conversation: Conversation) -> None:
    body = message.body
    conversation.is_alone = not (body.not_alone or body.kind is ReportKind.STOP_WRITING)
    conversation.is_deleted = conversation.is_deleted or body.kind is ReportKind.DELETE
    moves.follow(body, conversation=conversation)
    conversation.save(
        update_fields=["is_alone", "is_deleted", "moved_to", "moved_from", "last_report"]
    )
    if not conversation.may_be_written:
        _withdraw_replies(conversation)


def _withdraw_replies(conversation: Conversation) -> None:
    conversation.replies.filter(state=ReplyState.WAITING).update(state=ReplyState.WITHDRAWN)


def _update_case(
    message: ReportMessage, *, case: Case, thread: list[threads.Entry], at: datetime
) -> None:
    body, sequence = message.body, message.place.sequence
    entry = next(one for one in thread if one.holds(Direction.REPORT, sequence=sequence))
    texts = [body.text] if entry.missing else _strangers_texts(entry)
    keep_identifiers(texts, case=case, on=message.place.day)
    case.answers = {**case.answers, **body.answers}
    case.under18 = case.under18 or body.under18
    case.region = body.region or case.region
    case.waiting_since = case.waiting_since or at
    if case.state in {CaseState.WAITING, CaseState.CLOSED}:
        case.state = CaseState.OPEN
    if not entry.missing or body.parts <= FEW_PARTS or body.part == 1:
        apply_assessment(case, thread=thread)
    case.version += 1
    passing_on.to_main(case, at=at)
    case.save()


def _spoken(row: Message, *, thread: list[threads.Entry]) -> list[str]:
    """Return what a message adds to the words by which its case is found."""
    entry = next(one for one in thread if row in one.messages)
    return [row.text, *(line.text for line in entry.chat)]


def _strangers_texts(entry: threads.Entry) -> list[str]:
    return [entry.text, *(line.text for line in entry.chat if line.sender == "them")]


def keep_identifiers(texts: Iterable[str], *, case: Case, on: date) -> None:
    """Note every identifier that stands in the texts as seen in this case."""
    found: set[FoundIdentifier] = {
        one.identifier
        for text in texts
        for one in find(text)
        if len(one.identifier.value) <= LONGEST_IDENTIFIER
    }
    if not found:
        return
    rows = [Identifier(kind=one.kind, value=one.value) for one in sorted(found)]
    Identifier.objects.bulk_create(rows, ignore_conflicts=True)
    CaseIdentifier.objects.bulk_create(
        (CaseIdentifier(case=case, identifier=row, day=on) for row in _named(found)),
        ignore_conflicts=True,
    )


def _named(found: Iterable[FoundIdentifier]) -> list[Identifier]:
    values = {(one.kind.value, one.value) for one in found}
    rows = Identifier.objects.filter(value__in={value for _kind, value in values})
    return [row for row in rows if (row.kind, row.value) in values]


def waiting_receipt(conversation: Conversation) -> Reply | None:
    """Return the receipt that has not left yet and takes another line."""
    return conversation.replies.filter(kind=ReplyKind.RECEIVED, state=ReplyState.WAITING).first()


def promise_receipt(
    lines: list[Json], *, conversation: Conversation, waiting: Reply | None, at: datetime
) -> None:
    """Have the desk say that it has these messages, unless nothing may be written there."""
    if not conversation.may_be_written:
        return
    if waiting is None:
        Reply.objects.create(
            conversation=conversation,
            kind=ReplyKind.RECEIVED,
            received=lines,
            written_at=at,
            due_at=at,
        )
        return
    waiting.received = [*waiting.received, *lines]
    waiting.save(update_fields=["received"])
