"""Deletes, minute by minute: what the desk's backup has, what expired, what nobody owns."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from oberih.crypto.envelope import Direction
from oberih.front import limits, parts
from oberih.front.emptying import NO_TOKEN
from oberih.front.models import Attachment, Envelope, Mailbox, Nonce, Part, Progress

CHANCE = 0.1
"""The chance a sweep that a backed-up row goes: after 10 sweeps on average, without a pattern."""


def sweep(*, now: datetime, draw: Callable[[], float]) -> None:
    """Delete; `draw` gives numbers from 0 up to 1 and must be unpredictable.

    A backed-up row goes with the same small chance in each sweep, so that its end tells little
    about when the desk worked, and no due time needs to be stored.
    """
    today = now.astimezone(UTC).date()
    with transaction.atomic():
        delete_backed_up(draw=draw)
        delete_expired(today)
    for key in parts.stored() - set(Attachment.objects.values_list("key", flat=True)):
        parts.remove(key)
    forget_lists(settings.PUBLISHED / "watch-list", before=now - timedelta(days=limits.LIST_DAYS))


def delete_backed_up(*, draw: Callable[[], float]) -> None:
    """Delete each backed-up envelope, attachment and tombstone with a small chance.

    An emptied mailbox stays, so that its old words never open a new one in its place.
    """
    envelopes = Envelope.objects.filter(progress=Progress.BACKED_UP)
    Envelope.objects.filter(id__in=drawn(envelopes, draw=draw)).delete()
    drop_attachments(drawn(Attachment.objects.filter(progress=Progress.BACKED_UP), draw=draw))
    deleted = Mailbox.objects.filter(is_deleted=True, progress=Progress.BACKED_UP)
    tombstones = deleted.exclude(token_hash=NO_TOKEN)
    Mailbox.objects.filter(id__in=drawn(tombstones, draw=draw)).delete()


def drawn(rows: QuerySet[Any], *, draw: Callable[[], float]) -> list[str]:
    """Return the keys of those rows whose turn it is."""
    return [key for key in rows.values_list("pk", flat=True) if draw() < CHANCE]


def delete_expired(today: date) -> None:
    """Delete unfinished attachments, old replies and old nonces."""
    opened_before = today - timedelta(days=limits.ATTACHMENT_DAYS)
    unfinished = Attachment.objects.filter(is_complete=False, day__lt=opened_before)
    drop_attachments(list(unfinished.values_list("key", flat=True)))
    written_before = today - timedelta(days=limits.REPLY_DAYS)
    replies = Envelope.objects.filter(direction=Direction.REPLY.value)
    replies.filter(day__lt=written_before).delete()
    Nonce.objects.filter(day__lt=today - timedelta(days=limits.NONCE_DAYS)).delete()


def forget_lists(folder: Path, *, before: datetime) -> None:
    """Remove watch lists that nobody is answered by any more; the desk has no call for that."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif path.is_file() and path.stat().st_mtime < before.timestamp():
            path.unlink()


def drop_attachments(keys: list[str]) -> None:
    """Delete the rows of attachments; their files go with the folders that nobody owns."""
    Part.objects.filter(attachment_id__in=keys).delete()
    Attachment.objects.filter(key__in=keys).delete()


def shorten_log() -> None:
    """Empty SQLite's write-ahead log, which keeps what was deleted until then."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
