"""Writes to the chain: inside the caller's transaction, so that no act happens unrecorded."""

import os
from dataclasses import dataclass

from django.db import connection, transaction

from oberih.audit.acts import Act, MemberId
from oberih.audit.models import About, Entry
from oberih.core import canonical, chain, time
from oberih.core.canonical import Json
from oberih.core.errors import BadInput

VERSION = 1
LONGEST_SUBJECT = 120
HEAD = "SELECT position, digest FROM audit_head WHERE id = 1"
LOCKED_HEAD = f"{HEAD} FOR UPDATE"  # SQLite's transactions are IMMEDIATE: locked from their start
INSERT = "INSERT INTO audit_entry (position, event, salt, leaf, digest) VALUES (%s, %s, %s, %s, %s)"
ADVANCE = "UPDATE audit_head SET position = %s, digest = %s WHERE id = 1"


class OutsideTransaction(BadInput):
    """An act is recorded in the transaction that does it."""


class NoSuchEntry(BadInput):
    """The audit has no such entry."""


def record(act: Act, *, actor: MemberId | None, subject: str, detail: Json = None) -> int:
    """Append the act and return its position; raises OutsideTransaction outside `atomic`.

    `subject` is an opaque id ("case 4kq-..."), never a name or a phone. The time is the
    machine's own, so that no caller can date an act back.
    """
    event = canonical.encode(
        {
            "v": VERSION,
            "act": act.value,
            "actor": None if actor is None else str(actor),
            "at": time.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "subject": subject,
            "detail": detail,
        }
    )
    position = append(Event(text=event, salt=os.urandom(chain.SALT_SIZE)))
    About.objects.create(position=position, subject=subject[:LONGEST_SUBJECT])
    return position


@dataclass(frozen=True, slots=True)
class Event:
    """A canonical event and the random bytes that hide it in its leaf."""

    text: bytes
    salt: bytes


def append(event: Event) -> int:
    """Put the event after the head and return its position.

    Plain statements: this runs in every act, and the ORM takes four times as long as the chain.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    with connection.cursor() as cursor:
        cursor.execute(LOCKED_HEAD if connection.vendor == "postgresql" else HEAD)
        position, previous = cursor.fetchone()
        position += 1
        leaf = chain.leaf(event.text, salt=event.salt)
        digest = chain.link(bytes(previous), position=position, leaf=leaf)
        cursor.execute(INSERT, [position, event.text.decode(), event.salt, leaf, digest])
        cursor.execute(ADVANCE, [position, digest])
    return int(position)


@transaction.atomic
def erase(position: int, *, actor: MemberId, reason: str) -> None:
    """Remove what an entry says and keep its place in the chain; raises NoSuchEntry.

    This is the only change that the database lets through, and it is an act of its own.
    """
    if not Entry.objects.filter(position=position).update(event=None, salt=None):
        raise NoSuchEntry
    About.objects.filter(position=position).delete()
    record(Act.EVENT_ERASED, actor=actor, subject=f"entry {position}", detail={"reason": reason})
