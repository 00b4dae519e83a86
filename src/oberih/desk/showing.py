"""Attachments as officers see them: what the sandbox made of a file, blurred until asked."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import Refused
from oberih.desk.access.refusals import NoSuchCase
from oberih.desk.access.visible import may_see
from oberih.desk.attachments import content_of
from oberih.desk.models import Attachment
from oberih.desk.states import AttachmentState
from oberih.desk.wiring import places_of_desk
from oberih.sandbox.client import Sandbox
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


class NotStored(Refused):
    """This attachment is not on the desk: it has not arrived whole, or it was refused."""


@dataclass(frozen=True, slots=True)
class ShownAttachment:
    """What a page tells of an attachment before anything of it is looked at."""

    row: Attachment
    case: str
    is_stored: bool
    is_image: bool
    is_clear: bool


def shown_attachment(attachment: str, *, by: Member, is_clear: bool) -> ShownAttachment:
    """Return what is known of an attachment; raises NoSuchCase, NotPermitted."""
    row = _found(attachment, by=by)
    return ShownAttachment(
        row=row,
        case=str(row.message.conversation.case_id),
        is_stored=row.state == AttachmentState.STORED,
        is_image=row.type.startswith("image/"),
        is_clear=is_clear,
    )


def picture_of(attachment: str, *, by: Member, is_clear: bool) -> bytes:
    """Return the sandbox's picture of an attachment; the audit keeps who looked at it.

    Raises NotStored, and what the sandbox raises for a file that is no picture.
    """
    row = _found(attachment, by=by)
    if row.state != AttachmentState.STORED:
        raise NotStored
    content = content_of(row, folder=places_of_desk().attachments)
    rendered = Sandbox(settings.SANDBOX_SOCKET).render_image(content)
    with transaction.atomic():
        record(
            Act.ATTACHMENT_SHOWN,
            actor=by.member_id,
            subject=f"case {row.message.conversation.case_id}",
            detail={"attachment": row.pk, "clear": is_clear},
        )
    return rendered.png if is_clear else rendered.blurred


def _found(attachment: str, *, by: Member) -> Attachment:
    require(by, Permission.ATTACHMENT_SEE)
    rows = Attachment.objects.select_related("message__conversation")
    seen = may_see(by, through="message__conversation__case__")
    row = rows.filter(seen, pk=attachment).first()
    if row is None:
        raise NoSuchCase
    return row
