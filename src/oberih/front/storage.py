"""Room on the disk: names a full one, and keeps a fifth of the budget for text."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC

from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError

from oberih.front import limits
from oberih.front.models import Part
from oberih.front.refusals import DiskFull

SQLITE_FULL = "SQLITE_FULL"
POSTGRESQL_FULL = "53100"
ALLOCATED = "SELECT pg_total_relation_size('front_envelope')"
ROWS = "SELECT count(*) FROM front_envelope"
ROOM_BYTES = 4 * limits.ENVELOPE_BYTES
"""What a few envelopes need."""


@contextmanager
def full_disk_named() -> Iterator[None]:
    """Turn the databases' and the system's ways of saying "no room" into DiskFull."""
    try:
        yield
    except DatabaseError as error:
        if is_full(error.__cause__):
            raise DiskFull from error
        raise
    except OSError as error:
        if error.errno in {ENOSPC, EDQUOT}:
            raise DiskFull from error
        raise


def is_full(cause: BaseException | None) -> bool:
    """Tell whether a driver's error means that there is no room."""
    if getattr(cause, "sqlstate", None) == POSTGRESQL_FULL:
        return True
    return str(getattr(cause, "sqlite_errorname", "")) == SQLITE_FULL


def require_room_for_text() -> None:
    """Raise DiskFull when text fills its budget, or the disk is so full that the rest is needed.

    The rest is the courier's: it must be able to collect and acknowledge when nobody else can
    write, or a full front would never empty.
    """
    has_room = has_room_in_tables if connection.vendor == "postgresql" else has_room_in_file
    if not has_room():
        raise DiskFull


def has_room_in_tables() -> bool:
    """Tell whether PostgreSQL may take more; emptied pages it keeps, so rows count in the end."""
    if ask(ALLOCATED) + ROOM_BYTES <= settings.TEXT_BYTES:
        return True
    return ask(ROWS) * limits.ENVELOPE_BYTES + ROOM_BYTES <= settings.TEXT_BYTES


def has_room_in_file() -> bool:
    """Tell whether SQLite has pages to use again, or may grow.

    On the public listener SQLite itself refuses to grow beyond the budget; the courier's may.
    """
    if free_bytes() >= limits.COURIER_RESERVE and settings.LISTENER == "public":
        return True
    unused = ask("PRAGMA freelist_count") * settings.PAGE_BYTES
    if free_bytes() < limits.COURIER_RESERVE:
        return unused > ROOM_BYTES
    used = ask("PRAGMA page_count") * settings.PAGE_BYTES - unused
    return used + ROOM_BYTES <= settings.TEXT_BYTES


def free_bytes() -> int:
    """Return the room that is left on the front's disk."""
    state = os.statvfs(settings.FRONT)
    return state.f_bavail * state.f_frsize


def ask(question: str) -> int:
    """Return the one number that a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        (number,) = cursor.fetchone()
    return int(number)


def require_room_for_chunk() -> None:
    """Raise DiskFull when attachments fill their share, or the disk has less than text may need."""
    if (Part.objects.count() + 1) * limits.CHUNK_BYTES > settings.PARTS_BYTES:
        raise DiskFull
    if free_bytes() < settings.TEXT_BYTES // 2 + limits.CHUNK_BYTES:
        raise DiskFull
