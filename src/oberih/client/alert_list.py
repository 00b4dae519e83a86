"""An alert against the operator's signed list: shown again, held back, or changed on the way.

Pure: no network, no disk. The list is in date for a week, so that an old one shown again is noticed
within that week, and at once by whoever has seen a newer one (`Seen`).
"""

from dataclasses import dataclass
from hashlib import sha256

from oberih.core.errors import Refused
from oberih.crypto.fields import Fields
from oberih.crypto.notes import Document, Malformed

LONGEST = 200


class HeldBack(Refused):
    """The signed list names this, and it is not there: it was held back."""


class NotListed(Refused):
    """The operator's signed list does not name this alert."""


class ShownAgain(Refused):
    """A newer state of this alert was published: an old one is shown again."""


class Changed(Refused):
    """This is not the file that was signed."""


class OldList(Refused):
    """This list is older than one that was seen here before, or tells another past."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: where an alert's note lies, its number and its hash."""

    id: str
    path: str
    sequence: int
    sha256: str
    status: str


@dataclass(frozen=True, slots=True)
class AlertList:
    """The list as it was signed."""

    sequence: int
    lines: tuple[Listed, ...]
    files: dict[str, str]
    head: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader remembers of the newest list."""

    sequence: int
    head: str


def read_list(document: Document) -> AlertList:
    """Return the list; raises Malformed."""
    body = Fields(document.body, error=Malformed)
    lines = body.take("alerts")
    files = body.take("files")
    if not isinstance(lines, list) or not isinstance(files, dict):
        raise Malformed
    return AlertList(
        sequence=document.sequence,
        lines=tuple(_line(Fields(one, error=Malformed)) for one in lines),
        files={str(name): str(digest) for name, digest in files.items()},
        head=body.text("head", longest=LONGEST),
    )


def check_note(note: bytes, *, document: Document, listed: AlertList) -> None:
    """Hold a genuine note against the list; raises NotListed, ShownAgain, Changed."""
    name = Fields(document.body, error=Malformed).text("id", longest=LONGEST)
    line = next((one for one in listed.lines if one.id == name), None)
    if line is None:
        raise NotListed
    if document.sequence < line.sequence:
        raise ShownAgain
    check_file(note, digest=line.sha256)


def check_file(content: bytes, *, digest: str) -> None:
    """Hold a file against the hash that was signed; raises Changed."""
    if sha256(content).hexdigest() != digest:
        raise Changed


def check_seen(listed: AlertList, *, seen: Seen | None) -> None:
    """Hold a list against the newest one seen before; raises OldList."""
    if seen is None or listed.sequence > seen.sequence:
        return
    if listed.sequence < seen.sequence or listed.head != seen.head:
        raise OldList


def _line(fields: Fields) -> Listed:
    return Listed(
        id=fields.text("id", longest=LONGEST),
        path=fields.text("path", longest=LONGEST),
        sequence=fields.number("sequence"),
        sha256=fields.text("sha256", longest=LONGEST),
        status=fields.text("status", longest=LONGEST),
    )
