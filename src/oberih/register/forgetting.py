"""What the register's tables hold of one person, and how it goes.

Of an event stays its place in the chain (`ErasedEvent`). What goes with the person: spellings,
marks, search keys, requests with their consents, news and questions, requesters who ask for nobody
else, callers' claims, what was sent, rows of lists, posts, proposals and decisions, lines of
letters. A letter's list is sealed anew without the line. What it does not reach: words that
somebody wrote into another person's record, conversations of the desk, and copies elsewhere
(backups, a bureau's letter).
"""

import hashlib
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from oberih.crypto import age
from oberih.crypto.age import Recipient
from oberih.register.erasure_models import ErasedEvent
from oberih.register.letters import listed
from oberih.register.models import (
    CallerClaim,
    ChannelPost,
    Consignment,
    Event,
    ExportedEvent,
    Letter,
    ListEntry,
    NameKey,
    OutgoingRow,
    OverdueRow,
    Requester,
    SoughtPerson,
    StagedRow,
)
from oberih.register.post_models import ProposalState
from oberih.register.search_keys import keys_of_question

_JUDGED_ANOTHER = ProposalState.REJECTED.value


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many events went, and which letters have another list now."""

    events: int
    letters: tuple[int, ...]


def forget(person: str) -> Forgotten:
    """Remove everything that is told of a person; the caller holds the transaction."""
    letters = _seal_letters_anew(person)
    requesters = list(Requester.objects.filter(relations__person=person).values_list("pk", "case"))
    _forget_claims(person, cases=[case for _, case in requesters if case])
    _forget_lists(person)
    about = Q(proposals__person=person) & ~Q(proposals__state=_JUDGED_ANOTHER)
    posts = list(ChannelPost.objects.filter(about).values_list("pk", flat=True))
    ChannelPost.objects.filter(pk__in=posts).update(text="", pictures=[])
    left = Q(event__person=person) | Q(consent__relation__person=person)
    ExportedEvent.objects.filter(left).delete()
    Consignment.objects.filter(person=person).delete()
    events = _forget_events(person)
    SoughtPerson.objects.filter(pk=person).delete()
    gone = Requester.objects.filter(pk__in=[one for one, _ in requesters], relations__isnull=True)
    gone.delete()
    return Forgotten(events, letters)


def leave_no_trace() -> None:
    """Empty what the database still holds of deleted rows; outside any transaction.

    SQLite overwrites deleted cells (secure_delete) but keeps earlier pages in its log until they
    are written back. PostgreSQL leaves the words in its files even when dead rows are swept, so
    the register's tables are written anew; its own log keeps them until it is recycled.
    """
    statement = "PRAGMA wal_checkpoint(TRUNCATE)"
    if connection.vendor == "postgresql":
        tables = [
            one for one in connection.introspection.table_names() if one.startswith("register_")
        ]
        statement = f"VACUUM (FULL) {', '.join(tables)}"
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _forget_events(person: str) -> int:
    """Put a tombstone in the place of each event; triggers let an event go only so."""
    OverdueRow.objects.filter(person=person).delete()
    rows = Event.objects.filter(person=person).values_list("position", "leaf", "digest")
    tombstones = [ErasedEvent(position=at, leaf=leaf, digest=digest) for at, leaf, digest in rows]
    ErasedEvent.objects.bulk_create(tombstones)
    with connection.cursor() as cursor:  # not row by row: one event may replace another
        cursor.execute("DELETE FROM register_event WHERE person_id = %s", [person])
    return len(tombstones)


def _forget_lists(person: str) -> None:
    """Remove the rows that were accepted as the person, in every issue of their sources."""
    accepted = ListEntry.objects.filter(person=person)
    marks = set(accepted.values_list("issue__source", "match"))
    accepted.delete()
    for source, match in marks:
        ListEntry.objects.filter(issue__source=source, match=match, person__isnull=True).delete()
        StagedRow.objects.filter(issue__source=source, match=match).delete()


def _forget_claims(person: str, *, cases: list[str]) -> None:
    """Remove what callers claimed of the person, and the name where it stands as a cellmate's."""
    elsewhere = Requester.objects.filter(case__in=cases).exclude(relations__person=person)
    shared = set(elsewhere.values_list("case", flat=True))
    CallerClaim.objects.filter(case__in=[case for case in cases if case not in shared]).delete()
    known = set(NameKey.objects.filter(person=person).values_list("key", flat=True))
    for row in CallerClaim.objects.exclude(cellmate=""):
        words = keys_of_question(row.cellmate)
        if words and all(one.same & known for one in words):
            row.cellmate = ""
            row.save(update_fields=["cellmate"])


def _seal_letters_anew(person: str) -> tuple[int, ...]:
    """Take the person's line out of every letter and seal its list to the same key again."""
    lines = OutgoingRow.objects.filter(person=person)
    letters = list(Letter.objects.filter(pk__in=lines.values("letter")))
    lines.delete()
    for one in letters:
        content = listed(one.lines.order_by("number"), language=one.language)
        one.sealed = age.seal(content, to=Recipient.parse(one.recipient))
        one.digest = hashlib.sha256(one.sealed).hexdigest()
        one.save(update_fields=["sealed", "digest"])
    return tuple(one.pk for one in letters)
