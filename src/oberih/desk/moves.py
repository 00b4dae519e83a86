"""Conversations whose words were changed: joined, and the old mailbox emptied, when both agree."""

from datetime import date

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.crypto.message import ReportBody
from oberih.desk.courier_models import Taken
from oberih.desk.models import Conversation
from oberih.desk.states import Outcome


def joined(conversation: Conversation) -> list[Conversation]:
    """Return the conversation from which this one came and the one in which it goes on.

    The old one must name the new one and the new one the old one: whoever knows only one set of
    words joins nothing.
    """
    if not conversation.moved_from and not conversation.moved_to:
        return []  # never moved: the common case asks the database nothing
    mailbox, rows = conversation.mailbox, Conversation.objects.exclude(pk=conversation.mailbox)
    before = rows.filter(mailbox=conversation.moved_from, moved_to=mailbox)
    after = rows.filter(mailbox=conversation.moved_to, moved_from=mailbox)
    return [*before, *after]


def follow(body: ReportBody, *, conversation: Conversation) -> None:
    """Note on the conversation where it moves; what both sides have agreed on is never changed.

    So nobody who still has the old words can lead a conversation away a second time. The caller
    saves.
    """
    agreed = {one.mailbox for one in joined(conversation)}
    if conversation.moved_to not in agreed:
        conversation.moved_to = body.move_to or conversation.moved_to
    if conversation.moved_from not in agreed:
        conversation.moved_from = body.move_from or conversation.moved_from


def close_old(conversation: Conversation, *, on: date) -> None:
    """Let the courier empty the old mailbox of each agreed move that the conversation is part of.

    Part of the caller's transaction; once is enough, however often it is called.
    """
    for other in joined(conversation):
        old = conversation if other.mailbox == conversation.moved_to else other
        _row, is_new = Taken.objects.get_or_create(
            id=old.mailbox,
            defaults={"mailbox": old.mailbox, "outcome": Outcome.EMPTIED, "day": on},
        )
        if is_new:
            subject = f"case {old.case_id}"
            record(Act.CONVERSATION_MOVED, actor=None, subject=subject, detail={})
