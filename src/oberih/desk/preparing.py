"""Makes the desk ready in this process: its settings read, its tables made once."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections


def prepare() -> None:
    """Set Django up and make the tables; safe in several processes at once.

    Reading the settings also moves the database key to where children read it again.
    """
    django.setup(set_prefix=False)
    make_tables()
    connections.close_all()


def make_tables() -> None:
    """Bring the desk's tables up to date, one process after the other."""
    with one_at_a_time(settings.DESK):
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let the desk's processes make the tables one after the other."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".preparing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
