"""What a case takes over from its call when it is filed: words read out, the danger, the day."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.utils.timezone import get_default_timezone

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.calls.models import Call
from oberih.desk.models import Case, Conversation

DANGER = "danger-now"
"""The answer that says "in immediate danger"; no rule of the check has this code."""


def mark_read_out(conversation: Conversation) -> None:
    """Let no personal reply leave until the words are changed, when they were read out."""
    call = Call.objects.filter(pk=conversation.mailbox).first()
    if call is None:
        return
    if call.paper_on is not None:
        _wait_since(call.paper_on, case=conversation.case)
    conversation.words_must_change = True
    conversation.save(update_fields=["words_must_change"])
    subject = f"case {conversation.case_id}"
    record(Act.WORDS_DECLARED_KNOWN, actor=None, subject=subject, detail={"by": "call"})


def _wait_since(day: date, *, case: Case) -> None:
    """Let who talked before there was power wait since that day's end; the caller saves."""
    ended = datetime.combine(day, time.max, tzinfo=get_default_timezone())
    case.waiting_since = min(ended, case.filed_at)


def says_danger(answers: Mapping[str, object]) -> bool:
    """Tell whether somebody said on a call that danger is immediate."""
    return answers.get(DANGER) is True
