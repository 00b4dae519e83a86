"""The published folder: signed files written whole or not at all, and the recipients among them.

The front checks signatures only of what it acts on itself, the recipients; readers check the rest.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]  # it ships no types

from oberih.core.time import epoch_of
from oberih.crypto import trust
from oberih.crypto.notes import NoteRefused, Purpose
from oberih.front.refusals import NotPublished, NotReady

NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*", re.ASCII)
MOST_SEGMENTS = 4
LOG = "log"
LOG_SEGMENTS = 8
PARTIAL = ".p"
KEPT_PARTIALS = 16
LOG_NAME = re.compile(r"[a-z]+|x?[0-9]{1,3}(\.p)?", re.ASCII)
"""Below `log` stand the files of the public log, whose names another specification gives."""
TYPES = {
    ".note": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".bin": "application/octet-stream",
    ".bucket": "application/octet-stream",
}
"""What may be published: nothing that a browser would run."""

NEVER_PACKED = {".bucket"}
"""Parts of a list that are told apart by nothing but their names: packed, their lengths differ."""


class Sources(NamedTuple):
    """Where the trust in recipients comes from."""

    root_key: Path
    delegations: Path
    recipients: Path


@dataclass(frozen=True, slots=True)
class PublishedPath:
    """A checked path below the published folder: it cannot lead outside."""

    segments: tuple[str, ...]

    @property
    def content_type(self) -> str:
        """The Content-Type that its suffix stands for; the log's files without one are bytes."""
        return TYPES.get(Path(self.segments[-1]).suffix, TYPES[".bin"])

    @property
    def is_packed(self) -> bool:
        """Tell whether there is a brotli form of it."""
        return Path(self.segments[-1]).suffix not in NEVER_PACKED

    def below(self, folder: Path) -> Path:
        """Return the file's place."""
        return folder.joinpath(*self.segments)


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file as it is served: its bytes, or their brotli form, and the tag of exactly these."""

    content: bytes
    etag: str
    is_brotli: bool


@dataclass(frozen=True, slots=True)
class Recipient:
    """A published weekly recipient that may be sealed to now."""

    epoch: int
    note: str


def read_path(text: str) -> PublishedPath:
    """Return the path, checked; raises NotPublished for anything but plain lower-case names."""
    segments = tuple(text.split("/"))
    if segments[0] == LOG and _is_of_the_log(segments[1:]):
        return PublishedPath(segments)
    if len(segments) > MOST_SEGMENTS or not all(NAME.fullmatch(one) for one in segments):
        raise NotPublished
    if Path(segments[-1]).suffix not in TYPES:
        raise NotPublished
    return PublishedPath(segments)


def _is_of_the_log(names: tuple[str, ...]) -> bool:
    return 0 < len(names) < LOG_SEGMENTS and all(LOG_NAME.fullmatch(one) for one in names)


def publish(path: PublishedPath, *, content: bytes, folder: Path) -> str:
    """Write the file and its brotli form so that a reader sees the old or the new, never a half.

    Returns the entity tag of the plain form. The bytes are on the disk when it returns.
    """
    target = path.below(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_packed:
        write_whole(target.with_name(target.name + ".br"), content=brotli.compress(content))
    write_whole(target, content=content)
    if target.parent.suffix == PARTIAL:
        _forget_narrower(target)
    return tag_of(content)


def _forget_narrower(tile: Path) -> None:
    """Keep the widest partial tiles of the log: readers of the last heads still find theirs."""
    widths = sorted((file for file in tile.parent.iterdir() if file.name.isdigit()), key=_width)
    for file in widths[:-KEPT_PARTIALS]:
        file.with_name(f"{file.name}.br").unlink(missing_ok=True)
        file.unlink(missing_ok=True)


def _width(tile: Path) -> int:
    return int(tile.name)


def write_whole(target: Path, *, content: bytes) -> None:
    """Write a file under another name, flush it to the disk, then give it its name."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    flush_folder(target.parent)


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(path: PublishedPath, *, folder: Path, takes_brotli: bool) -> PublishedFile:
    """Return a published file in the wanted form; raises NotPublished."""
    plain = path.below(folder)
    packed = plain.with_name(plain.name + ".br")
    chosen, is_brotli = (packed, True) if takes_brotli and packed.exists() else (plain, False)
    try:
        content = chosen.read_bytes()
    except OSError as error:
        raise NotPublished from error
    return PublishedFile(content, tag_of(content), is_brotli)


def tag_of(content: bytes) -> str:
    """Return the strong entity tag of these bytes (RFC 9110, section 8.8.3)."""
    return f'"{hashlib.sha256(content).hexdigest()}"'


def recipients(folder: Path, *, root_key: Path, now: datetime) -> dict[int, Recipient]:
    """Return the recipients that may be sealed to at this minute, by epoch; raises NotReady.

    Verified from the offline root on: root, delegations, recipients. A note that does not verify
    or whose days are over is not among them. A change shows at once, or (two files replaced within
    the clock tick of one read) at the next minute.
    """
    sources = Sources(root_key, folder / "delegations.note", folder / "recipients")
    return verified_recipients(sources, states(sources), now.replace(second=0, microsecond=0))


def current(valid: dict[int, Recipient], *, now: datetime) -> Recipient | None:
    """Return the recipient of this week, or the next valid one; None when there is none."""
    this_week = epoch_of(now.date())
    return valid.get(this_week) or next((valid[epoch] for epoch in sorted(valid)), None)


def states(sources: Sources) -> tuple[tuple[int, int], ...]:
    """Return what changes when a key or note is replaced; raises NotReady when one is missing."""
    try:
        found = [os.stat(path) for path in sources]  # noqa: PTH116  # half the time, in each request
    except FileNotFoundError as error:
        raise NotReady from error
    return tuple((state.st_ino, state.st_mtime_ns) for state in found)


@lru_cache(maxsize=4)
def verified_recipients(
    sources: Sources, _states: tuple[tuple[int, int], ...], minute: datetime
) -> dict[int, Recipient]:
    """Return the recipients that verify in this minute (kept: the files' states are arguments)."""
    key = delegated_key(sources.root_key, delegations=sources.delegations, now=minute)
    places = sorted(sources.recipients.glob("*.note"))
    found = (read_recipient(place, key=key, now=minute) for place in places)
    return {recipient.epoch: recipient for one in found for recipient in one}


def delegated_key(root_key: Path, *, delegations: Path, now: datetime) -> bytes:
    """Return the key that signs recipients, as the root says; raises NotReady."""
    try:
        root = bytes.fromhex(root_key.read_text().strip())
        delegated = trust.verify_delegations(delegations.read_bytes(), root=root, now=now)
        return delegated.key(Purpose.RECIPIENTS)
    except (NoteRefused, ValueError, OSError) as error:
        raise NotReady from error


def read_recipient(place: Path, *, key: bytes, now: datetime) -> Iterator[Recipient]:
    """Yield the recipient of a note that is valid now, else nothing."""
    try:
        note = place.read_bytes()
        weekly = trust.verify_recipients(note, key=key, now=now)
    except (NoteRefused, OSError):
        return
    yield Recipient(epoch=weekly.epoch, note=note.decode())
