"""Builds an epoch's list into a file: resumable, so that an ended process loses no work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from oberih.crypto.watchlist import ENTRY, listed
from oberih.desk.watch_entries import CHUNK, blinded
from oberih.desk.watch_list import Listed
from oberih.system.private_files import make_private_folder, write_whole

STAMP = 32
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is built: the list, its digest, the key that blinds it."""

    listed: Sequence[Listed]
    contents: str
    secret: bytes = field(repr=False)
    key: str

    @property
    def stamp(self) -> bytes:
        """Return what a started file begins with: it is resumed for this list and key only."""
        return sha256(f"{self.contents} {self.key}".encode()).digest()


def quiet(_done: int, _of: int) -> None:
    """Show no progress."""


def build(plan: Plan, *, at: Path, progress: Progress = quiet) -> bytes:
    """Return the list as it is published; what an earlier try has built is taken up.

    `at` is the finished file. Beside it, while it is built, lie the entries made so far; they are
    as blinded as the list is.
    """
    if at.exists():
        return at.read_bytes()
    make_private_folder(at.parent)
    started = at.with_suffix(".part")
    done = _begin(started, stamp=plan.stamp)
    rows = [(one.identifier, one.verdict) for one in plan.listed]
    progress(done, len(rows))
    with started.open("ab") as part:
        for entries in blinded(rows[done:], secret=plan.secret):
            part.write(entries)
            part.flush()
            done += len(entries) // ENTRY
            progress(done, len(rows))
    whole = listed(_entries(started))
    write_whole(at, content=whole)
    started.unlink()
    return whole


def _begin(started: Path, *, stamp: bytes) -> int:
    """Return how many entries stand already; anything but whole shares of this list is dropped."""
    content = started.read_bytes() if started.exists() else b""
    done = 0
    if content[:STAMP] == stamp:
        done = (len(content) - STAMP) // ENTRY // CHUNK * CHUNK
    kept = content[STAMP : STAMP + done * ENTRY]
    write_whole(started, content=stamp + kept)
    return done


def _entries(started: Path) -> list[bytes]:
    content = started.read_bytes()[STAMP:]
    return [content[place : place + ENTRY] for place in range(0, len(content), ENTRY)]
