"""What the desk's courier changes at the front: fence, acknowledge, deliver, publish."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from oberih.crypto.courier_requests import CourierRequest, NotTheCourier, verify_request
from oberih.crypto.envelope import Direction
from oberih.front import limits, published
from oberih.front.emptying import empty
from oberih.front.forms import Acknowledgement, Sealed
from oberih.front.models import Attachment, Courier, Envelope, Mailbox, Nonce, Progress
from oberih.front.published import PublishedPath
from oberih.front.refusals import Fenced, NotReady
from oberih.front.services import store
from oberih.front.storage import full_disk_named, require_room_for_text


def authorise(request: CourierRequest, *, signature: str, now: datetime) -> None:
    """Let exactly this request through, once; raises NotTheCourier, Fenced or NotReady.

    A higher fencing number is a new desk: whatever the old one had not backed up is offered again.
    """
    verify_request(request, signature=signature, key=courier_key(settings.COURIER_KEY))
    if abs(now - datetime.fromtimestamp(request.time, tz=UTC)) > limits.COURIER_SKEW:
        raise NotTheCourier
    with full_disk_named(), transaction.atomic():
        _, is_new = Nonce.objects.get_or_create(
            nonce=request.nonce, defaults={"day": now.astimezone(UTC).date()}
        )
        if not is_new:
            raise NotTheCourier
        raise_fence(request.fence)


def courier_key(path: Path) -> bytes:
    """Return the desk's public key from the front's settings; raises NotReady."""
    try:
        return bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError) as error:
        raise NotReady from error


def raise_fence(fence: int) -> None:
    """Remember the highest fencing number; raises Fenced for a lower one."""
    Courier.objects.get_or_create(id=1)
    stored = Courier.objects.select_for_update().get(id=1).fence
    if fence < stored:
        raise Fenced(stored)
    if fence > stored:
        Courier.objects.filter(id=1).update(fence=fence)
        offer_again()


def offer_again() -> None:
    """Let the new desk collect what the old one filed and no backup has."""
    for rows in (Envelope.objects, Attachment.objects, Mailbox.objects):
        rows.filter(progress=Progress.FILED).update(progress=Progress.WAITING)


def acknowledge(acknowledgement: Acknowledgement) -> None:
    """Mark what the desk has filed and its backup has, and empty; unknown ids are no error."""
    with full_disk_named(), transaction.atomic():
        mark(acknowledgement.filed, progress=Progress.FILED)
        mark(acknowledgement.backed_up, progress=Progress.BACKED_UP)
        empty(acknowledgement.emptied)


def mark(ids: tuple[str, ...], *, progress: Progress) -> None:
    """Move envelopes, attachments and tombstones forward, never back."""
    Envelope.objects.filter(
        id__in=ids, direction=Direction.REPORT.value, progress__lt=progress
    ).update(progress=progress)
    Attachment.objects.filter(content_hash__in=ids, is_complete=True, progress__lt=progress).update(
        progress=progress
    )
    Mailbox.objects.filter(id__in=ids, is_deleted=True, progress__lt=progress).update(
        progress=progress
    )


def deliver(replies: list[Sealed], *, now: datetime) -> tuple[list[str], list[str]]:
    """Put replies into their mailboxes; return the ids of those put there, and of those refused.

    A reply is refused for good when its mailbox is not there or was deleted. Raises DiskFull.
    """
    with full_disk_named(), transaction.atomic():
        require_room_for_text()
        wanted = {reply.mailbox for reply in replies}
        rows = Mailbox.objects.filter(id__in=wanted, is_deleted=False)
        known = set(rows.values_list("id", flat=True))
        store(
            [reply for reply in replies if reply.mailbox in known],
            direction=Direction.REPLY,
            day=now.astimezone(UTC).date(),
        )
    delivered = [str(reply.id) for reply in replies if reply.mailbox in known]
    refused = [str(reply.id) for reply in replies if reply.mailbox not in known]
    return delivered, refused


def publish(path: PublishedPath, *, content: bytes) -> str:
    """Publish a file; return its entity tag; raises DiskFull."""
    with full_disk_named():
        return published.publish(path, content=content, folder=settings.PUBLISHED)
