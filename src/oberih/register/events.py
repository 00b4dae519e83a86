"""The chain of events: added at the end, verified from the start.

Each event's audit act carries its position and digest, so that neither the end nor the whole can
be cut off or written anew without breaking the audit's chain too.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge

from django.db import connection, transaction
from django.utils.timezone import localdate

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core import canonical, chain
from oberih.register.models import ErasedEvent, Event
from oberih.register.refusals import AlreadyReplaced, DaysReversed, EventsBroken, NotYet
from oberih.register.states import EventType, PersonId
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

LOCK = 0x0BE719
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Happening:
    """What a source says has happened; a day that is not known is None."""

    person: PersonId
    source: int
    type: EventType
    learned_on: date
    occurred_from: date | None = None
    occurred_to: date | None = None
    place: str = ""
    note: str = ""
    credibility: int = 6
    supersedes: int | None = None


def add(happening: Happening, *, by: Member, now: datetime) -> Event:
    """Record one event; raises DaysReversed, NotYet, AlreadyReplaced."""
    require(by, Permission.REGISTER_CHANGE)
    with transaction.atomic():
        row = append([happening], now=now)[0]
        detail: canonical.Json = {"event": row.position, "digest": bytes(row.digest).hex()}
        subject = f"person {happening.person}"
        record(Act.EVENT_RECORDED, actor=by.member_id, subject=subject, detail=detail)
    return row


def append(happenings: Sequence[Happening], *, now: datetime) -> list[Event]:
    """Put the events at the end of the chain; the caller records the act in its transaction."""
    for one in happenings:
        _require_possible(one, today=localdate(now))
    _lock()
    position, digest = _end()
    rows = []
    for one in happenings:
        position += 1
        row = _row(one, now=now)
        row.position, row.salt = position, os.urandom(chain.SALT_SIZE)
        row.leaf = chain.leaf(spelled(row), salt=row.salt)
        digest = row.digest = chain.link(digest, position=position, leaf=row.leaf)
        rows.append(row)
    Event.objects.bulk_create(rows, batch_size=BATCH)
    return rows


def verify() -> int:
    """Walk the whole chain and return how many events it has; raises EventsBroken.

    Of an erased event only its leaf is left, and the chain goes over it.
    """
    return verify_rows(_links())


def _links() -> Iterator[Event | ErasedEvent]:
    """Yield events and what is left of erased ones, in their order."""
    kept = Event.objects.order_by("position").iterator(BATCH)
    erased = ErasedEvent.objects.order_by("position").iterator(BATCH)
    return merge(kept, erased, key=lambda one: one.position)


def verify_rows(rows: Iterable[Event | ErasedEvent]) -> int:
    """Verify the rows from the first on; raises EventsBroken at the first that does not fit."""
    digest, count = chain.START, 0
    for count, row in enumerate(rows, 1):
        leaf = bytes(row.leaf)
        if isinstance(row, Event):
            leaf = chain.leaf(spelled(row), salt=bytes(row.salt))
        digest = chain.link(digest, position=count, leaf=leaf)
        if (row.position, bytes(row.leaf), bytes(row.digest)) != (count, leaf, digest):
            raise EventsBroken(count)
    return count


def spelled(row: Event) -> bytes:
    """Return the canonical text of an event, which its leaf is the hash of."""
    return canonical.encode(
        {
            "v": 1,
            "person": row.person_id,
            "source": row.source_id,
            "type": str(row.type),
            "from": _day(row.occurred_from),
            "to": _day(row.occurred_to),
            "learned": _day(row.learned_on),
            "recorded": row.recorded_at.isoformat(),
            "place": row.place,
            "note": row.note,
            "credibility": row.credibility,
            "supersedes": row.supersedes_id,
        }
    )


def _row(one: Happening, *, now: datetime) -> Event:
    return Event(
        person_id=one.person,
        source_id=one.source,
        type=one.type.value,
        occurred_from=one.occurred_from,
        occurred_to=one.occurred_to,
        learned_on=one.learned_on,
        recorded_at=now,
        place=one.place,
        note=one.note,
        credibility=one.credibility,
        supersedes_id=one.supersedes,
    )


def _require_possible(one: Happening, *, today: date) -> None:
    days = [day for day in (one.occurred_from, one.occurred_to) if day is not None]
    if days != sorted(days):
        raise DaysReversed
    if any(day > today for day in (*days, one.learned_on)):
        raise NotYet
    if one.supersedes is not None and not _is_replaceable(one.supersedes, person=one.person):
        raise AlreadyReplaced


def _is_replaceable(position: int, *, person: PersonId) -> bool:
    same = Event.objects.filter(position=position, person=person)
    return same.exists() and not Event.objects.filter(supersedes=position).exists()


def _end() -> tuple[int, bytes]:
    """Return the position and the digest of the last event, erased or not."""
    ends = [
        one.objects.order_by("-position").values_list("position", "digest").first()
        for one in (Event, ErasedEvent)
    ]
    return max(((at, bytes(digest)) for at, digest in filter(None, ends)), default=(0, chain.START))


def _lock() -> None:
    """Let one at a time write: SQLite's transactions are IMMEDIATE, PostgreSQL needs a lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
