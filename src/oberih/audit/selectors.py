"""Reads of the chain: verification, and what a case or the auditor sees."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from oberih.audit.models import About, Entry, Head
from oberih.core import chain
from oberih.core.canonical import Json
from oberih.core.errors import OberihError

BATCH = 5000


class ChainBroken(OberihError):
    """The audit is broken: an entry was changed, removed or put in."""

    def __init__(self, position: int) -> None:
        """Name the first position that does not follow from the ones before."""
        super().__init__(f"The audit is broken at position {position}.")
        self.position = position


@dataclass(frozen=True, slots=True)
class Verified:
    """A whole chain: its length, how many entries were erased, and its last digest."""

    entries: int
    erased: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Event:
    """One entry as it is shown; `fields` is None when it was erased."""

    position: int
    fields: dict[str, Json] | None


def verify_chain() -> Verified:
    """Follow the chain from its start; raises ChainBroken with the first wrong position.

    It finds every change made without recomputing all that follows. Who can rewrite the whole
    database can rewrite the whole chain: keep `digest` somewhere else and compare.
    """
    digest, position, erased = chain.START, 0, 0
    for row in _rows():
        position += 1
        digest = _followed(row, digest=digest, position=position)
        erased += row[1] is None
    head = Head.objects.get(id=1)
    if (head.position, bytes(head.digest)) != (position, digest):
        raise ChainBroken(position + 1)
    return Verified(position, erased, digest)


def events_about(subject: str, *, newest: int = 200) -> list[Event]:
    """Return the newest events of a subject, oldest first."""
    about = About.objects.filter(subject=subject).order_by("-position")
    positions = list(about.values_list("position", flat=True)[:newest])
    rows = Entry.objects.filter(position__in=positions).order_by("-position")
    found = rows.values_list("position", "event")
    return [_event(position, text) for position, text in reversed(found)]


def newest_events(count: int = 200) -> list[Event]:
    """Return the newest events, newest first."""
    rows = Entry.objects.order_by("-position").values_list("position", "event")
    return [_event(position, text) for position, text in rows[:count]]


Row = tuple[int, str | None, bytes | None, bytes, bytes]


def _followed(row: Row, *, digest: bytes, position: int) -> bytes:
    """Return the digest after this row; raises ChainBroken when the row is not what it says."""
    stored_position, event, salt, leaf, stored = row
    if (event is None) != (salt is None):
        raise ChainBroken(position)
    if event is not None and salt is not None and chain.leaf(event.encode(), salt=salt) != leaf:
        raise ChainBroken(position)
    expected = chain.link(digest, position=position, leaf=leaf)
    if stored_position != position or stored != expected:
        raise ChainBroken(position)
    return expected


def _rows() -> Iterator[Row]:
    """Yield the entries in order, a batch at a time, without building model objects."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT position, event, salt, leaf, digest FROM audit_entry ORDER BY position"
        )
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def _event(position: int, text: str | None) -> Event:
    return Event(position, None if text is None else json.loads(text))
