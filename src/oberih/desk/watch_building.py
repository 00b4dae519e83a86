"""Builds an epoch's list into a file: resumable, so that an ended process loses no work.

Everything that is made is decided by the list and the key: built again, it is the same bytes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256, shake_256
from itertools import count, islice
from pathlib import Path

from oberih.crypto import buckets
from oberih.crypto.manifest import bucket_path, whole_path
from oberih.crypto.voprf import Random
from oberih.crypto.watchlist import listed, spelled
from oberih.desk.watch_contents import ChangedMeanwhile, Contents, Listed
from oberih.desk.watch_entries import BUCKET, CHUNK, ROW, Bare, Blinding, Share, blinded
from oberih.system.private_files import make_private_folder, write_whole

STAMP = 32
Progress = Callable[[int, int], None]

_FILLING = b"oberih/1/watch-list-filling\0"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is built: the rows (read once), what they come to, and what blinds them."""

    listed: Iterable[Listed]
    contents: Contents
    blinding: Blinding

    @property
    def stamp(self) -> bytes:
        """Return what a started file begins with: it is resumed for this list and key only."""
        blinding = self.blinding
        drawn = sha256(blinding.secret + blinding.salt + bytes([blinding.bits])).digest()
        return sha256(self.contents.digest.encode() + drawn).digest()


@dataclass(frozen=True, slots=True)
class Built:
    """A finished list: `size` and `sha256` as the manifest says them; `whole` beside buckets."""

    size: int
    sha256: str
    whole: str = ""


def quiet(_done: int, _of: int) -> None:
    """Show no progress."""


def build(plan: Plan, *, at: Path, progress: Progress = quiet) -> Built:
    """Make the list's file, unless it is there; what an earlier try has made is taken up.

    `at` is the finished file: the whole list, or all buckets one after the other. Beside it, while
    it is made, lie the entries made so far; they are as blinded as the list is. Raises
    ChangedMeanwhile when the rows are not those of the plan.
    """
    if not at.exists():
        make_private_folder(at.parent)
        started = at.with_suffix(".part")
        try:
            _blind(plan, into=started, progress=progress)
        except ChangedMeanwhile:
            started.unlink()
            raise
        _finish(plan, started=started, at=at)
        started.unlink()
    return described(at, bits=plan.blinding.bits)


def described(at: Path, *, bits: int) -> Built:
    """Return what the manifest says of a finished file."""
    content = at.read_bytes()
    if bits == 0:
        return Built(len(content), sha256(content).hexdigest())
    one = len(content) >> bits
    beside = at.with_suffix(".whole")
    whole = sha256(beside.read_bytes()).hexdigest() if beside.exists() else ""
    return Built(one - bits * buckets.HASH, buckets.root_of(content[:one], bits=bits).hex(), whole)


def published_files(at: Path, *, epoch: int, bits: int) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of everything that families may fetch of a finished list."""
    content = at.read_bytes()
    if bits == 0:
        yield whole_path(epoch), content
        return
    one = len(content) >> bits
    for bucket in range(1 << bits):
        path = bucket_path(epoch, bits=bits, bucket=bucket)
        yield path, content[bucket * one : (bucket + 1) * one]
    beside = at.with_suffix(".whole")
    if beside.exists():
        yield whole_path(epoch), beside.read_bytes()


def remove(at: Path) -> None:
    """Remove a list's files: its grace is over."""
    for path in (at, at.with_suffix(".whole"), at.with_suffix(".part")):
        path.unlink(missing_ok=True)


def _blind(plan: Plan, *, into: Path, progress: Progress) -> None:
    """Write the rows of every identifier, in the order of the list."""
    done = _begin(into, stamp=plan.stamp)
    progress(done, plan.contents.count)
    shares = _shares(plan, after=done)
    with into.open("ab") as part:
        for rows in blinded(shares, count=plan.contents.count - done):
            part.write(rows)
            part.flush()
            done += len(rows) // ROW
            progress(done, plan.contents.count)
    if done != plan.contents.count:
        raise ChangedMeanwhile


def _shares(plan: Plan, *, after: int) -> Iterator[Share]:
    """Yield the shares that are not made yet; raises ChangedMeanwhile at the end."""
    rows = plan.contents.counted(plan.listed)
    for _ in islice(rows, after):
        pass
    while share := tuple(_bare(one) for one in islice(rows, CHUNK)):
        yield Share(plan.blinding, share)


def _bare(one: Listed) -> Bare:
    return (one.identifier.kind.value, one.identifier.value, spelled(one.verdict))


def _begin(started: Path, *, stamp: bytes) -> int:
    """Return how many rows stand already; anything but whole shares of this list is dropped."""
    content = started.read_bytes() if started.exists() else b""
    done = 0
    if content[:STAMP] == stamp:
        done = (len(content) - STAMP) // ROW // CHUNK * CHUNK
    kept = content[STAMP : STAMP + done * ROW]
    write_whole(started, content=stamp + kept)
    return done


def _finish(plan: Plan, *, started: Path, at: Path) -> None:
    """Put the rows in order, and the finished file in its place; the last step counts."""
    content = started.read_bytes()[STAMP:]
    if plan.blinding.bits == 0:
        write_whole(at, content=listed(_entries(content)))
        return
    if plan.contents.count <= buckets.WHOLE_AS_WELL_UP_TO:
        write_whole(at.with_suffix(".whole"), content=listed(_entries(content)))
    filling = _filling(plan.blinding.secret)
    _root, files = buckets.cut(_placed(content), bits=plan.blinding.bits, random=filling)
    write_whole(at, content=b"".join(files))


def _entries(rows: bytes) -> Iterator[bytes]:
    return (rows[at + BUCKET : at + ROW] for at in range(0, len(rows), ROW))


def _placed(rows: bytes) -> Iterator[tuple[int, bytes]]:
    for at in range(0, len(rows), ROW):
        yield int.from_bytes(rows[at : at + BUCKET], "big"), rows[at + BUCKET : at + ROW]


def _filling(secret: bytes) -> Random:
    """Return what buckets are filled up with: random to everyone without the epoch's key."""
    numbers = count()

    def drawn(size: int) -> bytes:
        return shake_256(_FILLING + secret + next(numbers).to_bytes(4, "big")).digest(size)

    return drawn
