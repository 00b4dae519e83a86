"""What the staff does with a case; each act checks its permission and writes one audit event."""

from datetime import datetime, timedelta
from typing import NewType

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import BadInput, Refused
from oberih.crypto.message import ReplyKind
from oberih.desk.access import openings
from oberih.desk.access.refusals import NoSuchCase
from oberih.desk.access.visible import visible
from oberih.desk.casework.together import main_of, silent
from oberih.desk.models import Case, Conversation, InternalNote, Reply
from oberih.desk.replying.places import require_filled
from oberih.desk.search import index
from oberih.desk.states import CaseId, ReplyState, VerifiedHow
from oberih.register.family_news import unrelease
from oberih.register.secrecy import refuse_places
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

ReplyId = NewType("ReplyId", int)

TAKE_BACK = timedelta(seconds=10)
LONGEST_TEXT = 100_000
OPERATOR = "operator"
"""The author of what is written on the desk's own machine, whose user is no member."""


class NoSuchMember(BadInput):
    """There is no such member."""


class EmptyText(BadInput):
    """There is nothing written."""


class TextTooLong(BadInput):
    """The text is too long: at most 100,000 characters."""


class NotAlone(Refused):
    """The reporter is not alone: do not write. The desk may write again after the reporter does."""


class ConversationDeleted(Refused):
    """The reporter deleted this conversation. Nothing more can be written into it."""


class WordsMustChange(Refused):
    """The receipt was read out over a phone: the reporter changes her words before a reply."""


class WordsChanged(Refused):
    """The reporter changed her words: the conversation goes on in another case."""


class CaseMerged(Refused):
    """This case is merged into another: reply there. What you wrote is still here."""


class ActedMeanwhile(Refused):
    """Something happened in this case meanwhile: look at it again, then act."""


class TooLateToTakeBack(Refused):
    """The reply has already left the desk."""


def reply(case: CaseId, *, text: str, by: Member, now: datetime) -> ReplyId:
    """Put a reply into the queue; for ten seconds it can be taken back.

    Raises NotAlone, ConversationDeleted, WordsChanged or WordsMustChange when nothing may be
    written, CaseMerged, and Unfilled while a place of a template waits for its words.
    """
    require(by, Permission.CASE_ANSWER)
    with transaction.atomic():
        target = locked(case, by=by)
        if target.merged_into:
            raise CaseMerged
        return _reply(target, text=text, by=by, now=now)


def reply_in_merged(case: CaseId, *, text: str, by: Member, now: datetime) -> ReplyId:
    """Reply into the conversation of a case that is worked on in another; raises as `reply`."""
    require(by, Permission.CASE_ANSWER)
    with transaction.atomic():
        target = locked(case, by=by)
        main = locked(CaseId(target.merged_into), by=by)
        Case.objects.filter(pk=main.pk).update(returned_for="")
        return _reply(target, text=text, by=by, now=now)


def _reply(case: Case, *, text: str, by: Member, now: datetime) -> ReplyId:
    """Put it into the queue and record it; part of the caller's transaction."""
    require_filled(text)
    row = _queue(case, text=text, author=str(by.pk), now=now)
    Case.objects.filter(pk=case.pk).update(returned_for="")
    subject, detail = f"case {case.pk}", {"reply": row.pk}
    record(Act.CASE_ANSWERED, actor=by.member_id, subject=subject, detail=detail)
    return ReplyId(row.pk)


def reply_as_operator(case: CaseId, *, text: str, now: datetime) -> ReplyId:
    """Put a reply into the queue that was given on the desk's own machine; it leaves at once."""
    with transaction.atomic():
        row = _queue(_any(case), text=text, author=OPERATOR, now=now)
        Reply.objects.filter(pk=row.pk).update(due_at=now)
        record(
            Act.CASE_ANSWERED,
            actor=None,
            subject=f"case {case}",
            detail={"reply": row.pk, "by": OPERATOR},
        )
    return ReplyId(row.pk)


def take_back(reply_id: ReplyId, *, by: Member, now: datetime) -> CaseId:
    """Withdraw a reply that has not left; news of the register waits again, if it was that.

    Raises TooLateToTakeBack.
    """
    require(by, Permission.CASE_ANSWER)
    with transaction.atomic():
        case = case_of_reply(reply_id, by=by)
        withdrawn = Reply.objects.filter(
            pk=reply_id, kind=ReplyKind.REPLY, state=ReplyState.WAITING, due_at__gt=now
        ).update(state=ReplyState.WITHDRAWN)
        if not withdrawn:
            raise TooLateToTakeBack
        unrelease(reply_id, now=now)
        record(
            Act.REPLY_TAKEN_BACK,
            actor=by.member_id,
            subject=f"case {case}",
            detail={"reply": reply_id},
        )
    return case


def case_of_reply(reply_id: ReplyId, *, by: Member) -> CaseId:
    """Return the case of a reply; raises NoSuchCase."""
    require(by, Permission.CASE_ANSWER)
    found = visible(by).filter(conversation__replies=reply_id)
    row = found.values_list("pk", flat=True).first()
    if row is None:
        raise NoSuchCase
    return CaseId(row)


def note(case: CaseId, *, text: str, by: Member, now: datetime) -> None:
    """Add an internal note: it stays on the desk."""
    require(by, Permission.CASE_NOTE)
    with transaction.atomic():
        row = InternalNote.objects.create(
            case=locked(case, by=by), author=str(by.pk), text=_written(text), at=now
        )
        index.add(row.case, texts=[row.text])
        record(Act.CASE_NOTED, actor=by.member_id, subject=f"case {case}", detail={"note": row.pk})


def verify_requester(case: CaseId, *, how: VerifiedHow, by: Member) -> None:
    """Record that the requester's identity and kinship were verified outside Oberih."""
    require(by, Permission.CASE_ANSWER)
    with transaction.atomic():
        row = locked(case, by=by)
        row.requester_verified, row.verified_how = True, how
        row.save(update_fields=["requester_verified", "verified_how"])
        record(
            Act.REQUESTER_VERIFIED, actor=by.member_id, subject=f"case {case}", detail={"how": how}
        )


def require_new_words(case: CaseId, *, by: Member) -> None:
    """Note that the receipt was read out over a phone: no reply until the words are changed."""
    require(by, Permission.CASE_ANSWER)
    with transaction.atomic():
        conversation = locked(case, by=by).conversation
        conversation.words_must_change = True
        conversation.save(update_fields=["words_must_change"])
        record(Act.WORDS_DECLARED_KNOWN, actor=by.member_id, subject=f"case {case}", detail={})


def open_case(case: CaseId, *, by: Member, now: datetime, act: Act = Act.CASE_OPENED) -> Case:
    """Return a case for reading, and record who opened it; raises NoSuchCase, TooManyOpenings.

    What a page fetches ahead leaves the desk too: it counts, under a name of its own.
    """
    require(by, Permission.CASE_READ)
    with transaction.atomic():
        row = visible(by).select_related("conversation").filter(pk=case).first()
        if row is None:
            raise NoSuchCase
        openings.note(case, by=by, now=now)
        record(act, actor=by.member_id, subject=f"case {case}", detail={})
    return row


def note_opened(case: CaseId, *, by: Member) -> None:
    """Record that a case fetched ahead is on the screen now; raises NoSuchCase."""
    require(by, Permission.CASE_READ)
    with transaction.atomic():
        if not visible(by).filter(pk=case).exists():
            raise NoSuchCase
        record(Act.CASE_OPENED, actor=by.member_id, subject=f"case {case}", detail={})


def _queue(case: Case, *, text: str, author: str, now: datetime) -> Reply:
    conversation = case.conversation
    refuse_unwritable(conversation)
    if not case.requester_verified:
        refuse_places(case.pk, text=text)
    return Reply.objects.create(
        conversation=conversation,
        kind=ReplyKind.REPLY,
        text=_written(text),
        author=author,
        written_at=now,
        due_at=now + TAKE_BACK,
    )


def why_unwritable(conversation: Conversation) -> str:
    """Return the name of what forbids a reply, or nothing when one may be written."""
    try:
        refuse_unwritable(conversation)
    except Refused as refusal:
        return type(refusal).__name__
    return ""


def refuse_unwritable(conversation: Conversation) -> None:
    """Refuse what may not be written; of merged cases one that is not alone silences all."""
    found = forbidding(conversation, silenced=silent([conversation.case]))
    if found is not None:
        raise found


def forbidding(conversation: Conversation, *, silenced: frozenset[str]) -> type[Refused] | None:
    """Return what forbids a reply; `silenced` are the main cases with somebody not alone."""
    if conversation.is_deleted:
        return ConversationDeleted
    if conversation.moved_to:
        return WordsChanged
    if not conversation.is_alone or main_of(conversation.case) in silenced:
        return NotAlone
    return WordsMustChange if conversation.words_must_change else None


def locked(case: CaseId, *, by: Member) -> Case:
    """Return a case that the member may see, for a change; raises NoSuchCase.

    Its version goes on by one, so that of two people who act at once the second is told.
    """
    row = visible(by).select_for_update().filter(pk=case).first()
    if row is None:
        raise NoSuchCase
    row.version += 1
    row.save(update_fields=["version"])
    return row


def _any(case: CaseId) -> Case:
    """Return a case for the operator of the desk's own machine; raises NoSuchCase."""
    row = Case.objects.select_for_update().filter(pk=case).first()
    if row is None:
        raise NoSuchCase
    return row


def _written(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise EmptyText
    if len(text) > LONGEST_TEXT:
        raise TextTooLong
    return text
