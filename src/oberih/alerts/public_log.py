"""The public log as the desk keeps it: which signed files were published, in which order.

An entry is canonical JSON: path, SHA-256 of the file, day. It holds nothing that the published
file does not show. A head is computed in n hashes, n being all entries: a few thousand a year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction

from oberih.alerts.models import LogEntry
from oberih.core import canonical
from oberih.core.canonical import Json, NotCanonical
from oberih.crypto.fields import Fields
from oberih.crypto.notes import Malformed
from oberih.crypto.tree import Hash, Head, leaf_hash, root_of

LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class Logged:
    """What one entry says."""

    path: str
    sha256: str
    day: date

    def encoded(self) -> bytes:
        """Return the entry as it is hashed."""
        fields: dict[str, Json] = {"path": self.path, "sha256": self.sha256}
        return canonical.encode({"v": 1, "day": self.day.isoformat(), **fields})


def read_entry(entry: bytes) -> Logged:
    """Return what an entry says; raises Malformed."""
    try:
        fields = Fields(canonical.decode(entry), error=Malformed)
    except NotCanonical:
        raise Malformed from None
    fields.require(fields.number("v") == 1)
    logged = Logged(
        path=fields.text("path", longest=LONGEST_PATH),
        sha256=fields.hexadecimal("sha256", length=32).hex(),
        day=fields.day("day"),
    )
    fields.close()
    return logged


def append(path: str, *, content: bytes, day: date) -> None:
    """Log that a file of this content is published; what is logged already stays as it is."""
    logged = Logged(path, sha256(content).hexdigest(), day)
    with transaction.atomic():
        if not LogEntry.objects.filter(path=path, sha256=logged.sha256).exists():
            _add(logged, position=LogEntry.objects.count())


def restore(entries: Sequence[bytes]) -> int:
    """Take over entries that were published and are missing here; return how many.

    Raises Malformed, and changes nothing, when the entries here are not the first of these.
    """
    with transaction.atomic():
        own = all_entries()
        if list(entries[: len(own)]) != own:
            raise Malformed
        missing = list(enumerate(entries))[len(own) :]
        for position, entry in missing:
            _add(read_entry(entry), position=position)
    return len(missing)


def all_entries() -> list[bytes]:
    """Return every entry in the log's order."""
    rows = LogEntry.objects.order_by("position").values_list("entry", flat=True)
    return [bytes(entry) for entry in rows]


def leaves_of(entries: Sequence[bytes]) -> list[Hash]:
    """Return the entries' leaf hashes."""
    return [leaf_hash(entry) for entry in entries]


def head_of(leaves: Sequence[Hash]) -> Head:
    """Return the head over the leaves."""
    return Head(len(leaves), root_of(leaves))


def _add(logged: Logged, *, position: int) -> None:
    LogEntry.objects.create(
        position=position, path=logged.path, sha256=logged.sha256, entry=logged.encoded()
    )
