"""Chunks of sealed attachments as files: whole or absent, their dates without time of arrival."""

import hashlib
import os
import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path

from django.conf import settings

from oberih.front.published import flush_folder


def key_of(mailbox: str, *, attachment: str) -> str:
    """Return the name of an attachment's folder: a hash, so that it tells nothing."""
    return hashlib.sha256(bytes.fromhex(mailbox) + bytes.fromhex(attachment)).hexdigest()


def folder_of(key: str) -> Path:
    """Return the folder of an attachment's chunks."""
    parts: Path = settings.PARTS
    return parts / key


def write(key: str, *, number: int, content: bytes, day: date) -> None:
    """Write one chunk to the disk, dated with the day alone."""
    folder = folder_of(key)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{number}.{os.urandom(4).hex()}"
    try:
        draft.write_bytes(content)
        flush_file(draft, day=day)
        draft.replace(folder / str(number))
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    flush_folder(folder)


def flush_file(path: Path, *, day: date) -> None:
    """Set the file's dates to midnight of the day and flush it."""
    midnight = datetime.combine(day, time(), tzinfo=UTC).timestamp()
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.utime(descriptor, (midnight, midnight))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(key: str, *, number: int) -> bytes:
    """Return one chunk; raises FileNotFoundError."""
    return (folder_of(key) / str(number)).read_bytes()


def hash_of(key: str, *, chunks: int) -> str:
    """Return the hash over all chunks in order, in hex."""
    total = hashlib.sha256()
    for number in range(chunks):
        total.update(read(key, number=number))
    return total.hexdigest()


def remove(key: str) -> None:
    """Remove an attachment's chunks; absent ones are no error."""
    shutil.rmtree(folder_of(key), ignore_errors=True)


def stored() -> set[str]:
    """Return the keys of all folders on the disk."""
    parts: Path = settings.PARTS
    return {folder.name for folder in parts.iterdir()} if parts.exists() else set()
