"""Attachments as officers see them: what the sandbox made of a file, blurred until asked."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.canonical import Json
from oberih.core.errors import Refused
from oberih.desk.access.refusals import NoSuchCase
from oberih.desk.access.visible import may_see, takes_originals
from oberih.desk.attachments import content_of
from oberih.desk.models import Attachment
from oberih.desk.states import AttachmentState, CaseId
from oberih.desk.wiring import places_of_desk
from oberih.sandbox.client import Picture, Sandbox
from oberih.sandbox.kinds import Kind, kind_of
from oberih.sandbox.refusals import JobDied, NotShown, TooLarge
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


class NotStored(Refused):
    """This attachment is not on the desk: it has not arrived whole, or it was refused."""


class NoOriginal(Refused):
    """The original leaves the desk only by an access that a lead gave you."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What of an attachment is asked for: which page, clearly or blurred."""

    is_clear: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShownAttachment:
    """What a page tells of an attachment before anything of it is looked at."""

    row: Attachment
    case: str
    is_stored: bool
    kind: str
    is_clear: bool
    page: int
    pages: int
    takes_original: bool

    @property
    def is_drawn(self) -> bool:
        """Tell whether there is a picture of it: itself, a page, or stills."""
        return self.kind in {Kind.IMAGE, Kind.PDF, Kind.VIDEO}

    @property
    def is_heard(self) -> bool:
        """Tell whether there may be something to hear."""
        return self.kind in {Kind.AUDIO, Kind.VIDEO}


def shown_attachment(attachment: str, *, by: Member, wish: Wish) -> ShownAttachment:
    """Return what is known of an attachment; raises NoSuchCase, NotPermitted.

    What it is, its first bytes say; the name and type that came with it are never believed.
    """
    row = _found(attachment, by=by)
    is_stored = row.state == AttachmentState.STORED
    content = _content(row) if is_stored else b""
    kind = kind_of(content) if is_stored else Kind.OTHER
    pages = _pages(content, page=wish.page) if kind is Kind.PDF else 1
    if not pages:
        kind = Kind.OTHER
    case = str(row.message.conversation.case_id)
    return ShownAttachment(
        row=row,
        case=case,
        is_stored=is_stored,
        kind=kind.value,
        is_clear=wish.is_clear,
        page=wish.page,
        pages=pages,
        takes_original=is_stored and takes_originals(CaseId(case), by=by),
    )


def picture_of(attachment: str, *, by: Member, wish: Wish) -> bytes:
    """Return the sandbox's picture of an attachment; the audit keeps who looked at it.

    Raises NotStored, and what the sandbox raises for a file that is not shown.
    """
    row = _found(attachment, by=by)
    content = _content(row)
    rendered = _drawn(content, page=wish.page)
    _note(Act.ATTACHMENT_SHOWN, row=row, by=by, detail={"clear": wish.is_clear, "page": wish.page})
    return rendered.png if wish.is_clear else rendered.blurred


def sound_of(attachment: str, *, by: Member) -> bytes:
    """Return what is heard in an attachment as plain samples; the audit keeps who listened."""
    row = _found(attachment, by=by)
    heard = _sandbox().sound(_content(row))
    _note(Act.ATTACHMENT_SHOWN, row=row, by=by, detail={"sound": True})
    return heard


def original_of(attachment: str, *, by: Member) -> bytes:
    """Return the file as it came, by a grant alone; raises NoOriginal, NotStored."""
    row = _found(attachment, by=by)
    if not takes_originals(CaseId(row.message.conversation.case_id), by=by):
        raise NoOriginal
    content = _content(row)
    _note(Act.ORIGINAL_TAKEN, row=row, by=by, detail={})
    return content


def _drawn(content: bytes, *, page: int) -> Picture:
    kind = kind_of(content)
    if kind is Kind.PDF:
        return _sandbox().render_page(content, number=page).picture
    return _sandbox().stills(content) if kind is Kind.VIDEO else _sandbox().render_image(content)


def _pages(content: bytes, *, page: int) -> int:
    """Return how many pages a PDF has; none when it cannot be drawn, so that it can be taken."""
    try:
        return _sandbox().render_page(content, number=page).pages
    except (NotShown, TooLarge, JobDied):
        return 0


def _note(act: Act, *, row: Attachment, by: Member, detail: dict[str, Json]) -> None:
    with transaction.atomic():
        subject = f"case {row.message.conversation.case_id}"
        record(act, actor=by.member_id, subject=subject, detail={"attachment": row.pk, **detail})


def _content(row: Attachment) -> bytes:
    if row.state != AttachmentState.STORED:
        raise NotStored
    return content_of(row, folder=places_of_desk().attachments)


def _sandbox() -> Sandbox:
    return Sandbox(settings.SANDBOX_SOCKET)


def _found(attachment: str, *, by: Member) -> Attachment:
    require(by, Permission.ATTACHMENT_SEE)
    rows = Attachment.objects.select_related("message__conversation")
    seen = may_see(by, through="message__conversation__case__")
    row = rows.filter(seen, pk=attachment).first()
    if row is None:
        raise NoSuchCase
    return row
