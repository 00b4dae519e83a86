"""The public log as the desk keeps it: which signed files were published, in which order.

An entry is canonical JSON: path, SHA-256 of the file, day. It holds nothing that the published
file does not show. A head is computed in n hashes, n being all entries: a few thousand a year.
"""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from django.db import transaction

from oberih.alerts.models import LogEntry
from oberih.crypto.log_entry import Logged, read_entry
from oberih.crypto.notes import Malformed
from oberih.crypto.tree import Hash, Head, leaf_hash, root_of


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
