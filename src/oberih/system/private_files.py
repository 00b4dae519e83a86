"""Files of secrets: 0600 in a 0700 folder, written whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


def make_private_folder(path: Path) -> None:
    """Make the folder (and those above it) so that only its owner enters."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)


def write_whole(path: Path, *, content: bytes) -> None:
    """Replace the file in one step that is on the disk when this returns."""
    make_private_folder(path.parent)
    with appearing_whole(path) as file:
        file.write(content)


def written_once(path: Path, *, content: bytes) -> bytes:
    """Return what the file holds: the content of whoever came first, never half of it."""
    make_private_folder(path.parent)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with appearing_whole(fresh) as file:
        file.write(content)
    with suppress(FileExistsError):
        path.hardlink_to(fresh)
    fresh.unlink()
    return path.read_bytes()


@contextmanager
def appearing_whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write into that takes its name only when the block ends without an error."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
        fresh.replace(path)
        _sync_folder(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def destroy(path: Path) -> None:
    """Overwrite a file, then remove it.

    A journalling or flash disk may keep older copies: the file is also sealed under the
    passphrase, and backups must leave it out.
    """
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.pwrite(descriptor, secrets.token_bytes(path.stat().st_size), 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    path.unlink()
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
