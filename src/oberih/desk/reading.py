"""Exported chats among the attachments: read by the sandbox, then assessed with their case."""

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import BadInput
from oberih.desk import threads
from oberih.desk.assessing import apply_assessment
from oberih.desk.attachments import content_of
from oberih.desk.campaigns import pictures
from oberih.desk.campaigns.gathering import link_again
from oberih.desk.filing import keep_identifiers
from oberih.desk.models import Attachment, Case, Message
from oberih.desk.search import index
from oberih.desk.states import AttachmentState
from oberih.sandbox.client import ReadChat, Sandbox
from oberih.sandbox.refusals import JobDied

ENDINGS = (".json", ".html", ".htm", ".txt", ".xml", ".csv", ".zip")
LARGEST = 15 * 1024 * 1024
MOST_LINES = 5_000


def read_waiting(sandbox: Sandbox, *, folder: Path) -> int:
    """Read every stored attachment that may be an exported chat; return how many were chats.

    Raises SandboxAway; a file that is no chat, or breaks its reader, is not tried again.
    """
    waiting = Attachment.objects.filter(state=AttachmentState.STORED, is_read=False)
    return sum(_read(row, sandbox=sandbox, folder=folder) for row in waiting)


def _read(row: Attachment, *, sandbox: Sandbox, folder: Path) -> bool:
    lines: list[dict[str, str]] = []
    if row.size <= LARGEST and row.name.lower().endswith(ENDINGS):
        try:
            lines = list(_lines(sandbox.read_chat(content_of(row, folder=folder))))
        except (BadInput, JobDied):
            lines = []
    if row.size <= LARGEST and row.type.startswith("image/"):
        pictures.note(row, content=content_of(row, folder=folder), sandbox=sandbox)
    _keep(row, lines=lines)
    return bool(lines)


def _lines(chats: Iterable[ReadChat]) -> Iterable[dict[str, str]]:
    every = [message for chat in chats for message in chat.messages]
    for message in every[:MOST_LINES]:
        at = message.at.isoformat() if message.at else ""
        yield {"from": message.sender, "at": at, "text": message.text}


def _keep(row: Attachment, *, lines: list[dict[str, str]]) -> None:
    with transaction.atomic():
        Attachment.objects.filter(pk=row.pk).update(is_read=True)
        if not lines:
            link_again(row)
            return
        message = Message.objects.select_related("conversation").get(pk=row.message_id)
        message.chat = [*message.chat, *lines]
        message.save(update_fields=["chat"])
        case = Case.objects.select_for_update().get(pk=message.conversation.case_id)
        said = [line["text"] for line in lines if line["from"] == "them"]
        keep_identifiers(said, case=case, on=message.day)
        apply_assessment(case, thread=threads.entries(message.conversation.messages.all()))
        case.version += 1
        case.save()
        index.add(case, texts=[line["text"] for line in lines])
        link_again(row)
        record(
            Act.ATTACHMENT_FILED,
            actor=None,
            subject=f"case {case.pk}",
            detail={"attachment": row.pk, "lines": len(lines)},
        )
