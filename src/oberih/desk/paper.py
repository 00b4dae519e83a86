"""Paper is drawn by a program of its own: neither time nor memory of the process of pages."""

import os
import subprocess
import sys

from oberih.core.errors import CouldNot
from oberih.desk.leaflets import can_draw

LONGEST_SECONDS = 90


class CannotPrint(CouldNot):
    """This machine has nothing to draw paper with: print the page from the browser."""


def require_printer() -> None:
    """Raise CannotPrint on a machine that has nothing to draw text with."""
    if not can_draw():
        raise CannotPrint


def drawn(page: bytes, *, program: str) -> bytes:
    """Return the PDF that one of our programs makes of a page; raises CannotPrint."""
    known = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    try:
        made = subprocess.run(  # noqa: S603  # our own program
            (sys.executable, "-m", program),
            input=page,
            env=known,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise CannotPrint from error
    return made.stdout
