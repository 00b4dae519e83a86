"""The desk's backup: an encrypted copy of the database and its attachments, on the disk for sure.

The copy is opened by the same key as the database: it is worth nothing without the ring's backup.
On PostgreSQL the operator's own backup does this; `oberih desk courier --backed-up` says so.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from oberih.core.errors import CouldNot

KEPT = 3


class BackupFailed(CouldNot):
    """The backup could not be written; nothing was acknowledged for it."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where attachments lie and where backups go."""

    attachments: Path
    backups: Path


def is_ours() -> bool:
    """Tell whether the desk's database is a file that Oberih itself copies."""
    return connection.vendor == "sqlite"


def back_up(places: Places, *, now: datetime) -> Path:
    """Copy database and attachments, flushed to the disk; return the copy's path.

    Never inside a transaction, which the copy would wait for. Raises BackupFailed.
    """
    if connection.in_atomic_block:
        raise BackupFailed
    target = places.backups / f"desk-{now:%Y%m%dT%H%M%S%f}.sqlite3"
    try:
        places.backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        _copy_attachments(places)
        _copy_database(target)
    except OSError as error:
        raise BackupFailed from error
    _forget_old(places.backups)
    return target


def _copy_database(target: Path) -> None:
    draft = target.with_suffix(".part")
    draft.unlink(missing_ok=True)
    connection.ensure_connection()
    source: Any = connection.connection
    copy: Any = type(source)(str(draft))
    try:
        copy.execute(connection.settings_dict["OPTIONS"]["key"].pragma())
        source.backup(copy)
    finally:
        copy.close()
    _flush(draft)
    draft.replace(target)
    _flush(target.parent)


def _copy_attachments(places: Places) -> None:
    target = places.backups / "attachments"
    target.mkdir(mode=0o700, exist_ok=True)
    for path in places.attachments.glob("[0-9a-f]*"):
        copy = target / path.name
        if not copy.exists():
            draft = target / f".{path.name}"
            shutil.copyfile(path, draft)
            _flush(draft)
            draft.replace(copy)
    _flush(target)


def _forget_old(backups: Path) -> None:
    for path in sorted(backups.glob("desk-*.sqlite3"))[:-KEPT]:
        path.unlink()


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
