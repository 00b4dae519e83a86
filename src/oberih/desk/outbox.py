"""What goes out: replies sealed by the ring when they are due, kept until the front took them."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db import transaction
from django.db.models import F, Q

from oberih.core import canonical
from oberih.core.errors import Refused
from oberih.core.time import epoch_of
from oberih.crypto.age import Recipient
from oberih.crypto.envelope import envelope_id
from oberih.crypto.message import (
    MailboxId,
    Place,
    Received,
    ReplyBody,
    ReplyKind,
    ReplyMessage,
)
from oberih.desk.casework.together import main_of, silent
from oberih.desk.models import Case, Conversation, Message, Reply, SealedReply
from oberih.desk.states import CaseState, Direction, ReplyState

LOG = logging.getLogger(__name__)
PART_BYTES = 9_000
MOST_AT_ONCE = 64
MOST_LINES = 100
AT_ONCE = 4


class Sealer(Protocol):
    """What the outbox needs of the ring: a reply authenticated and sealed, no key given out."""

    def reply(self, message: ReplyMessage, *, wrapped: bytes, recipient: Recipient) -> bytes:
        """Return the sealed envelope of one inner message."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One envelope's worth of a reply, numbered."""

    reply: Reply
    conversation: Conversation
    message: ReplyMessage


def seal_due(ring: Sealer, *, now: datetime) -> int:
    """Seal every reply whose time to take it back has passed; return how many.

    A reply is claimed under a lock, so that two couriers never seal it twice; sealing, the thread's
    row and the conversation's sequence stand in one transaction.
    """
    due = Reply.objects.filter(state=ReplyState.WAITING, due_at__lte=now).order_by("pk")
    keys = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
    try:
        return _seal(keys, ring=ring, now=now)
    except Refused:
        return sum(_seal_or_leave(key, ring=ring, now=now) for key in keys)


def waiting_envelopes(*, limit: int = MOST_AT_ONCE) -> list[SealedReply]:
    """Return the oldest envelopes that the front has not accepted."""
    return list(SealedReply.objects.order_by("reply_id", "position")[:limit])


def mark_delivered(envelopes: Sequence[str]) -> None:
    """Forget envelopes that the front accepted; a reply without any left is delivered."""
    if not envelopes:
        return
    with transaction.atomic():
        SealedReply.objects.filter(pk__in=envelopes).delete()
        Reply.objects.filter(state=ReplyState.SEALED, sealed__isnull=True).update(
            state=ReplyState.DELIVERED
        )


def mark_undeliverable(envelopes: Sequence[str]) -> None:
    """Forget envelopes whose mailbox is gone from the front: the reporter deleted it."""
    if not envelopes:
        return
    with transaction.atomic():
        gone = SealedReply.objects.filter(pk__in=envelopes)
        Reply.objects.filter(sealed__in=gone).update(state=ReplyState.WITHDRAWN)
        gone.delete()


def split(text: str, *, size: int = PART_BYTES) -> list[str]:
    """Return pieces of at most `size` UTF-8 bytes that join to the text; at least one."""
    pieces: list[str] = []
    piece: list[str] = []
    weight = 0
    for letter in text:
        cost = len(canonical.encode(letter)) - 2
        if weight + cost > size:
            pieces.append("".join(piece))
            piece, weight = [], 0
        piece.append(letter)
        weight += cost
    return [*pieces, "".join(piece)]


def _seal_or_leave(key: int, *, ring: Sealer, now: datetime) -> int:
    """Seal one reply; one that the ring refuses stays and does not keep the others back."""
    try:
        return _seal([key], ring=ring, now=now)
    except Refused as error:
        LOG.warning("A reply could not be sealed: %s", type(error).__name__)
        return 0


def _seal(keys: Sequence[int], *, ring: Sealer, now: datetime) -> int:
    if not keys:
        return 0
    with transaction.atomic():
        claimed = _claimed(keys)
        replies = Reply.objects.select_related("conversation__case").filter(pk__in=claimed)
        letters = _letters(list(replies.order_by("pk")), now=now)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            envelopes = list(pool.map(lambda one: _sealed(one, ring=ring), letters))
        _keep(letters, envelopes=envelopes, now=now)
    return len({letter.reply.pk for letter in letters})


def _claimed(keys: Sequence[int]) -> list[int]:
    """Claim those that still wait; PostgreSQL locks their rows, SQLite the whole database."""
    waiting = Reply.objects.select_for_update().filter(pk__in=keys, state=ReplyState.WAITING)
    claimed = list(waiting.order_by("pk").values_list("pk", flat=True))
    Reply.objects.filter(pk__in=claimed).update(state=ReplyState.SEALED)
    return claimed


def _letters(replies: Sequence[Reply], *, now: datetime) -> list[Letter]:
    """Return what goes out, numbered in each conversation; withdraw what may not be written."""
    conversations: dict[str, Conversation] = {}
    seen = _last_seen({reply.conversation_id for reply in replies})
    quiet = silent([reply.conversation.case for reply in replies])
    letters: list[Letter] = []
    for reply in replies:
        conversation = conversations.setdefault(reply.conversation_id, reply.conversation)
        if not _may_leave(reply, conversation=conversation, quiet=quiet):
            Reply.objects.filter(pk=reply.pk).update(state=ReplyState.WITHDRAWN)
            continue
        for body in bodies_of(reply):
            place = _next_place(conversation, seen=seen.get(conversation.pk, ""), now=now)
            message = ReplyMessage(place, body)
            conversation.last_reply = message.place.sequence
            conversation.reply_hash = message.digest
            letters.append(Letter(reply, conversation, message))
    return letters


def _may_leave(reply: Reply, *, conversation: Conversation, quiet: frozenset[str]) -> bool:
    """Tell whether it may be sealed now: what was true when it was written may be so no longer."""
    if not conversation.may_be_written or main_of(conversation.case) in quiet:
        return False
    return not (reply.kind == ReplyKind.REPLY and conversation.words_must_change)


def _sealed(letter: Letter, *, ring: Sealer) -> bytes:
    return ring.reply(
        letter.message,
        wrapped=bytes(letter.conversation.wrapped_mac),
        recipient=Recipient.parse(letter.conversation.recipient),
    )


def _keep(letters: Sequence[Letter], *, envelopes: Sequence[bytes], now: datetime) -> None:
    SealedReply.objects.bulk_create(
        SealedReply(
            id=envelope_id(envelope),
            reply=letter.reply,
            position=letter.message.body.part,
            envelope=envelope,
        )
        for letter, envelope in zip(letters, envelopes, strict=True)
    )
    Message.objects.bulk_create(_row(letter, now=now) for letter in letters)
    changed = {one.conversation.pk: one.conversation for one in letters}
    Conversation.objects.bulk_update(changed.values(), ["last_reply", "reply_hash"])
    written: dict[str, datetime] = {}
    for letter in letters:
        if letter.reply.kind == ReplyKind.REPLY:
            case = letter.conversation.case_id
            written[case] = max(written.get(case, letter.reply.written_at), letter.reply.written_at)
    for case, since in written.items():
        _note_answer(case, written=since, at=now)


def _row(letter: Letter, *, now: datetime) -> Message:
    place, body = letter.message.place, letter.message.body
    return Message(
        conversation=letter.conversation,
        direction=Direction.REPLY,
        sequence=place.sequence,
        day=place.day,
        at=now,
        kind=body.kind,
        text=body.text,
        part=body.part,
        parts=body.parts,
        author=letter.reply.author,
        epoch=place.epoch,
        previous=place.previous,
        digest=letter.message.digest,
    )


def _next_place(conversation: Conversation, *, seen: str, now: datetime) -> Place:
    return Place(
        mailbox=MailboxId(conversation.mailbox),
        epoch=epoch_of(now.date()),
        sequence=conversation.last_reply + 1,
        previous=conversation.reply_hash,
        seen=conversation.last_report,
        day=now.date(),
        seen_digest=seen,
    )


def _last_seen(mailboxes: set[str]) -> dict[str, str]:
    """Return the digest of each reporter's last message, so that her next one can follow it."""
    last = Message.objects.filter(
        conversation__in=mailboxes,
        direction=Direction.REPORT,
        sequence=F("conversation__last_report"),
    )
    return dict(last.values_list("conversation_id", "digest"))


def bodies_of(reply: Reply) -> list[ReplyBody]:
    """Return a reply cut into bodies that each fit into one envelope."""
    if reply.kind == ReplyKind.RECEIVED:
        lines = [
            Received(one["sequence"], date.fromisoformat(one["day"])) for one in reply.received
        ]
        starts = range(0, max(1, len(lines)), MOST_LINES)
        shares = [lines[at : at + MOST_LINES] for at in starts]
        return [
            ReplyBody(ReplyKind.RECEIVED, part=part, parts=len(shares), received=tuple(share))
            for part, share in enumerate(shares, start=1)
        ]
    pieces = split(reply.text)
    return [
        ReplyBody(ReplyKind(reply.kind), text=piece, part=part, parts=len(pieces))
        for part, piece in enumerate(pieces, start=1)
    ]


def _note_answer(case: str, *, written: datetime, at: datetime) -> None:
    """Note what was answered: not what the family wrote after the reply was written."""
    row = Case.objects.select_for_update().get(pk=case)
    row.waiting_since = None
    if row.state != CaseState.CLOSED:
        row.waiting_since = _first_after(case, written=written)
        row.state = CaseState.OPEN if row.waiting_since else CaseState.WAITING
    row.answered_at = row.answered_at or at
    row.save(update_fields=["state", "waiting_since", "answered_at"])
    if row.merged_into:
        _note_answer(row.merged_into, written=written, at=at)


def _first_after(case: str, *, written: datetime) -> datetime | None:
    """Return when the first message after it came, into the case or one that is merged into it."""
    whole = Case.objects.filter(Q(pk=case) | Q(merged_into=case)).values("pk")
    later = Message.objects.filter(
        conversation__case__in=whole, direction=Direction.REPORT, at__gt=written
    )
    return later.order_by("at").values_list("at", flat=True).first()
