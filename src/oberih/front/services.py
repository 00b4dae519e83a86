"""What reporters change at the front: deposit, announce, send parts, delete: a transaction each."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from django.conf import settings
from django.db import connection, transaction

from oberih.crypto.envelope import Direction
from oberih.front import limits, parts, published
from oberih.front.deposits import Dated, Door
from oberih.front.forms import Access, Announcement, Chunk, Deposit, Sealed
from oberih.front.models import Attachment, Envelope, Mailbox, Part, Progress
from oberih.front.refusals import (
    EpochOver,
    Malformed,
    NoSuchAttachment,
    NoSuchMailbox,
    TooManyAttachments,
    WrongAttachment,
)
from oberih.front.storage import full_disk_named, require_room_for_chunk, require_room_for_text

# By hand, because the ORM's own work would take as long as the disk.
ADD_MAILBOX = (
    "INSERT INTO front_mailbox (id, token_hash, is_deleted, progress)"
    " VALUES (%s, %s, false, 0) ON CONFLICT DO NOTHING"
)
READ_TOKEN = "SELECT token_hash FROM front_mailbox WHERE id = %s AND NOT is_deleted"  # noqa: S105  # a query
ADD_ENVELOPE = (
    "INSERT INTO front_envelope (id, mailbox_id, direction, epoch, day, progress, body)"
    " VALUES (%s, %s, %s, %s, %s, 0, %s) ON CONFLICT DO NOTHING"
)


def accept(deposit: Deposit, *, now: datetime) -> None:
    """Keep a report's envelope; it is on the disk when this returns; once more changes nothing.

    Raises EpochOver, NoSuchMailbox (another token than the mailbox's first) or DiskFull.
    """
    require_open_epoch(deposit.sealed.epoch, now=now)
    DOOR.deposit(Dated(deposit, now.astimezone(UTC).date()))


def write_together(waiting: Sequence[Dated]) -> list[Exception | None]:
    """Write deposits in one transaction; a wrong token concerns its own deposit only."""
    with full_disk_named(), transaction.atomic():
        require_room_for_text()
        return [write_one(dated) for dated in waiting]


def write_one(dated: Dated) -> Exception | None:
    """Write one deposit inside the transaction; return what is wrong with it, or None."""
    try:
        claim(dated.deposit.access)
    except NoSuchMailbox as error:
        return error
    store([dated.deposit.sealed], direction=Direction.REPORT, day=dated.day)
    return None


DOOR = Door(write_together)
"""One a process, because a process has one disk to wait for."""


def require_open_epoch(epoch: int, *, now: datetime) -> None:
    """Raise EpochOver with the current recipient unless the desk will open this epoch."""
    valid = published.recipients(settings.PUBLISHED, root_key=settings.ROOT_KEY, now=now)
    if epoch not in valid:
        current = published.current(valid, now=now)
        raise EpochOver(current.note if current else None)


def claim(access: Access) -> None:
    """Give the mailbox to the first token that writes to it; raises NoSuchMailbox for another."""
    with connection.cursor() as cursor:
        cursor.execute(ADD_MAILBOX, [access.mailbox, access.token_hash])
        cursor.execute(READ_TOKEN, [access.mailbox])
        row = cursor.fetchone()
    if row is None or not access.opens(row[0]):
        raise NoSuchMailbox


def require_mailbox(access: Access) -> None:
    """Raise NoSuchMailbox unless it is there, not deleted, and the token opens it."""
    stored = Mailbox.objects.filter(id=access.mailbox, is_deleted=False)
    token_hash = stored.values_list("token_hash", flat=True).first() or ""
    if not access.opens(token_hash):
        raise NoSuchMailbox


def store(sealed: Sequence[Sealed], *, direction: Direction, day: date) -> None:
    """Add envelopes to their mailboxes; those that are there already stay as they are."""
    with connection.cursor() as cursor:
        for one in sealed:
            values = [one.id, one.mailbox, direction.value, one.epoch, day.isoformat(), one.body]
            cursor.execute(ADD_ENVELOPE, values)


def announce(announcement: Announcement, *, now: datetime) -> list[int]:
    """Open an attachment for its chunks; return the numbers of those that are there already.

    Raises NoSuchMailbox before the first accepted envelope, TooManyAttachments, DiskFull, and
    Malformed when the same attachment was announced with another size.
    """
    key = parts.key_of(announcement.access.mailbox, attachment=announcement.attachment)
    with full_disk_named(), transaction.atomic():
        require_mailbox(announcement.access)
        attachment = Attachment.objects.filter(key=key).first()
        if attachment is None:
            attachment = open_attachment(announcement, now=now)
    if attachment.chunks != announcement.chunks:
        raise Malformed
    if attachment.is_complete:
        return list(range(attachment.chunks))
    have = Part.objects.filter(attachment_id=key).order_by("number")
    return list(have.values_list("number", flat=True))


def open_attachment(announcement: Announcement, *, now: datetime) -> Attachment:
    """Add the row of a new attachment; raises TooManyAttachments or DiskFull."""
    waiting = Attachment.objects.filter(
        mailbox_id=announcement.access.mailbox, progress=Progress.WAITING
    )
    if waiting.count() >= limits.MOST_ATTACHMENTS:
        raise TooManyAttachments
    require_room_for_chunk()
    return Attachment.objects.create(
        key=parts.key_of(announcement.access.mailbox, attachment=announcement.attachment),
        mailbox_id=announcement.access.mailbox,
        content_hash=announcement.attachment,
        chunks=announcement.chunks,
        day=now.astimezone(UTC).date(),
    )


def store_chunk(chunk: Chunk) -> None:
    """Keep one chunk; it is on the disk when this returns; the last one completes the attachment.

    Raises NoSuchMailbox, NoSuchAttachment, Malformed (no such number), DiskFull, or
    WrongAttachment when all chunks are there and are not what was announced.
    """
    require_mailbox(chunk.access)
    key = parts.key_of(chunk.access.mailbox, attachment=chunk.attachment)
    attachment = Attachment.objects.filter(key=key).first()
    if attachment is None:
        raise NoSuchAttachment
    if chunk.number >= attachment.chunks:
        raise Malformed
    if attachment.is_complete or is_stored(chunk.number, of=attachment):
        return
    with full_disk_named():
        require_room_for_chunk()
        parts.write(key, number=chunk.number, content=chunk.content, day=attachment.day)
        add_part(chunk.number, of=attachment)
    if Part.objects.filter(attachment_id=key).count() == attachment.chunks:
        complete(attachment)


def is_stored(number: int, *, of: Attachment) -> bool:
    """Tell whether the chunk is on the disk."""
    return Part.objects.filter(attachment_id=of.key, number=number).exists()


def add_part(number: int, *, of: Attachment) -> None:
    """Note that the chunk is on the disk."""
    row = Part(attachment_id=of.key, number=number)
    Part.objects.bulk_create([row], ignore_conflicts=True)


def complete(attachment: Attachment) -> None:
    """Check all chunks against the announced hash; raises WrongAttachment and forgets them."""
    if parts.hash_of(attachment.key, chunks=attachment.chunks) == attachment.content_hash:
        Attachment.objects.filter(key=attachment.key).update(is_complete=True)
        return
    Part.objects.filter(attachment_id=attachment.key).delete()
    parts.remove(attachment.key)
    raise WrongAttachment


def delete_mailbox(access: Access) -> None:
    """Empty the mailbox and leave a tombstone for the desk; an absent one is no error."""
    with full_disk_named(), transaction.atomic():
        opened = Mailbox.objects.filter(
            id=access.mailbox, token_hash=access.token_hash, is_deleted=False
        )
        if not opened.update(is_deleted=True, progress=Progress.WAITING):
            return
        keys = list(Attachment.objects.filter(mailbox_id=access.mailbox).values_list("key"))
        Part.objects.filter(attachment_id__in=[key for (key,) in keys]).delete()
        Attachment.objects.filter(mailbox_id=access.mailbox).delete()
        Envelope.objects.filter(mailbox_id=access.mailbox).delete()
    for (key,) in keys:
        parts.remove(key)
