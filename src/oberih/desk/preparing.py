"""Makes the desk ready in this process: its key kept for children, its tables made once."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections

KEY_SETTING = "OBERIH_DESK_KEY_FD"
KEY_SIZE = 32


def prepare() -> None:
    """Set Django up and make the tables; safe in several processes at once."""
    keep_key()
    django.setup(set_prefix=False)
    make_tables()
    connections.close_all()


def make_tables() -> None:
    """Bring the desk's tables up to date, one process after the other."""
    with one_at_a_time(settings.DESK):
        call_command("migrate", interactive=False, verbosity=0)


def keep_key() -> None:
    """Move the key from the inherited pipe, which can be read once, into nameless memory.

    Processes that this one starts read it there again.
    """
    descriptor = int(os.environ.get(KEY_SETTING, "-1"))
    if descriptor < 0 or _is_seekable(descriptor):
        return
    kept = os.memfd_create("oberih", 0)
    os.write(kept, os.read(descriptor, KEY_SIZE + 1))
    os.set_inheritable(kept, True)  # noqa: FBT003  # the standard library's signature
    os.close(descriptor)
    os.environ[KEY_SETTING] = str(kept)


def _is_seekable(descriptor: int) -> bool:
    try:
        os.lseek(descriptor, 0, os.SEEK_CUR)
    except OSError:
        return False
    return True


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let the desk's processes make the tables one after the other."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".preparing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
