"""Room on the disk: names a full one, and keeps a fifth of the budget for text."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC

from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError

from oberih.front.limits import CHUNK_BYTES
from oberih.front.models import Part
from oberih.front.refusals import DiskFull

SQLITE_FULL = "SQLITE_FULL"
POSTGRESQL_FULL = "53100"


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
    """Raise DiskFull when PostgreSQL holds its budget; SQLite counts its own pages itself."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('front_envelope')")
        row = cursor.fetchone()
    if row is not None and row[0] > settings.TEXT_BYTES:
        raise DiskFull


def require_room_for_chunk() -> None:
    """Raise DiskFull when attachments fill their share, or the disk has less than text may need."""
    if (Part.objects.count() + 1) * CHUNK_BYTES > settings.PARTS_BYTES:
        raise DiskFull
    state = os.statvfs(settings.FRONT)
    if state.f_bavail * state.f_frsize < settings.TEXT_BYTES // 2 + CHUNK_BYTES:
        raise DiskFull
