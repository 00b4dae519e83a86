"""The numbers that the desk has signed and published; before there are any, those shipped here.

The front verifies from the operator's root on, as it does for recipients; the visitor's browser
verifies again, since it need not believe the front.
"""

import os
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from oberih.core.official import numbers_file
from oberih.crypto import notes, trust
from oberih.crypto.notes import NoteRefused, Purpose

VERSION = 1
Numbers = Mapping[str, Any]


def current(folder: Path, *, root_key: Path, now: datetime) -> Numbers:
    """Return the signed numbers that are valid in this minute, else the shipped ones."""
    sources = (root_key, folder / "delegations.note", folder / "numbers.note")
    try:
        states = tuple(os.stat(path).st_mtime_ns for path in sources)  # noqa: PTH116  # in each request
    except FileNotFoundError:
        return numbers_file()
    return _verified(sources, states, now.replace(second=0, microsecond=0))


@lru_cache(maxsize=4)
def _verified(
    sources: tuple[Path, Path, Path], _states: tuple[int, ...], minute: datetime
) -> Numbers:
    """Return what verifies in this minute (kept: the files' states are arguments)."""
    root_key, delegations, note = sources
    try:
        root = bytes.fromhex(root_key.read_text().strip())
        delegated = trust.verify_delegations(delegations.read_bytes(), root=root, now=minute)
        key = delegated.key(Purpose.NUMBERS)
        document = notes.verify(note.read_bytes(), key=key, purpose=Purpose.NUMBERS, now=minute)
    except (NoteRefused, ValueError, OSError):
        return numbers_file()
    body = document.body
    is_known = isinstance(body, dict) and body.get("v") == VERSION and "dated" in body
    return body if is_known and isinstance(body, dict) else numbers_file()
