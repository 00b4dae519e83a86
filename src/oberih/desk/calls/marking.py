"""What a case takes over from its call when it is filed: the words were read out, the danger."""

from collections.abc import Mapping

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.calls.models import Call
from oberih.desk.models import Conversation

DANGER = "danger-now"
"""The answer that says "in immediate danger"; no rule of the check has this code."""


def mark_read_out(conversation: Conversation) -> None:
    """Let no personal reply leave until the words are changed, when they were read out."""
    if not Call.objects.filter(pk=conversation.mailbox).exists():
        return
    conversation.words_must_change = True
    conversation.save(update_fields=["words_must_change"])
    subject = f"case {conversation.case_id}"
    record(Act.WORDS_DECLARED_KNOWN, actor=None, subject=subject, detail={"by": "call"})


def says_danger(answers: Mapping[str, object]) -> bool:
    """Tell whether somebody said on a call that danger is immediate."""
    return answers.get(DANGER) is True
