"""What may be read at the front: a mailbox by its token, and by the courier what waits for it.

An absent mailbox and a wrong token take the same queries and give the same bytes as an empty one.
"""

import os
from collections.abc import Iterator

from oberih.core import canonical
from oberih.crypto.envelope import Direction, EnvelopeId
from oberih.front import limits, parts
from oberih.front.forms import Access, AttachmentId
from oberih.front.models import Attachment, Envelope, Mailbox, Progress
from oberih.front.refusals import NoSuchAttachment

NOBODY = "0" * 64
"""No mailbox has this id: it stands for "not allowed" in queries that must run all the same."""

NONE_MARK = bytes(16)
"""An envelope never begins so; random bytes after it keep the size and resist compression."""

ENVELOPE_RECORD, ATTACHMENT_RECORD, TOMBSTONE_RECORD = 1, 2, 3


def allowed(access: Access) -> str:
    """Return the mailbox's id, or NOBODY when there is none or the token does not open it."""
    stored = Mailbox.objects.filter(id=access.mailbox, is_deleted=False)
    token_hash = stored.values_list("token_hash", flat=True).first() or NOBODY
    return access.mailbox if access.opens(token_hash) else NOBODY


def listing(access: Access) -> bytes:
    """Return the list of a mailbox's envelopes, always 16,384 bytes; the desk's replies first."""
    rows = Envelope.objects.filter(mailbox_id=allowed(access)).order_by("-direction", "-day", "id")
    names = {direction.value: direction.name.lower() for direction in Direction}
    listed: list[canonical.Json] = [
        {"id": identifier, "direction": names[direction], "day": day.isoformat()}
        for identifier, direction, day in rows.values_list("id", "direction", "day")[
            : limits.MOST_LISTED
        ]
    ]
    text = canonical.encode({"v": 1, "envelopes": listed})
    return text.ljust(limits.ENVELOPE_BYTES)


def envelope(access: Access, *, wanted: EnvelopeId) -> bytes:
    """Return the envelope, or as many bytes that begin with sixteen zeros when there is none."""
    none = NONE_MARK + os.urandom(limits.ENVELOPE_BYTES - len(NONE_MARK))
    rows = Envelope.objects.filter(id=wanted, mailbox_id=allowed(access))
    body = rows.values_list("body", flat=True).first()
    return none if body is None else bytes(body)


def waiting(limit: int) -> bytes:
    """Return records for the courier, in no particular order within a day (docs/protocol.md)."""
    records = [
        *envelope_records(limit),
        *attachment_records(limit),
        *tombstone_records(limit),
    ]
    return b"".join(bytes([kind]) + len(content).to_bytes(4) + content for kind, content in records)


def envelope_records(limit: int) -> Iterator[tuple[int, bytes]]:
    """Yield envelopes that the desk has not filed: id || envelope."""
    rows = Envelope.objects.filter(direction=Direction.REPORT.value, progress=Progress.WAITING)
    for identifier, body in rows.order_by("day", "id").values_list("id", "body")[:limit]:
        yield ENVELOPE_RECORD, bytes.fromhex(identifier) + bytes(body)


def attachment_records(limit: int) -> Iterator[tuple[int, bytes]]:
    """Yield complete attachments that the desk has not filed: mailbox || id || chunks."""
    rows = Attachment.objects.filter(is_complete=True, progress=Progress.WAITING)
    wanted = rows.order_by("day", "key").values_list("mailbox_id", "content_hash", "chunks")
    for mailbox, content_hash, chunks in wanted[:limit]:
        names = bytes.fromhex(mailbox) + bytes.fromhex(content_hash)
        yield ATTACHMENT_RECORD, names + chunks.to_bytes(4)


def tombstone_records(limit: int) -> Iterator[tuple[int, bytes]]:
    """Yield mailboxes that their owners deleted."""
    rows = Mailbox.objects.filter(is_deleted=True, progress=Progress.WAITING)
    for identifier in rows.order_by("id").values_list("id", flat=True)[:limit]:
        yield TOMBSTONE_RECORD, bytes.fromhex(identifier)


def attachment_chunk(wanted: AttachmentId, *, number: int) -> bytes:
    """Return one chunk of a complete attachment; raises NoSuchAttachment."""
    rows = Attachment.objects.filter(content_hash=wanted, is_complete=True)
    key = rows.values_list("key", flat=True).first()
    if key is None:
        raise NoSuchAttachment
    try:
        return parts.read(key, number=number)
    except FileNotFoundError as error:
        raise NoSuchAttachment from error
