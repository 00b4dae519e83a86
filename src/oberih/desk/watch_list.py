"""What the published list says now: public entries that have not expired, and official contacts."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from heapq import merge

from django.db.models import Count, QuerySet

from oberih.core import canonical
from oberih.core.canonical import Json
from oberih.core.identifiers import Identifier, Kind
from oberih.core.official import is_same_line, numbers_file, official_numbers
from oberih.crypto.watchlist import Answer, Verdict
from oberih.desk.watch_contents import Listed
from oberih.desk.watch_models import WatchEntry
from oberih.desk.watch_services import identifier_of
from oberih.desk.watch_states import ReleasePolicy, WatchState


def contents(*, today: date) -> list[Listed]:
    """Return the list in a fixed order; embargoed and desk-only entries are never in it."""
    return list(rows(today=today))


def rows(*, today: date) -> Iterator[Listed]:
    """Yield the same, a few at a time: a list of a million does not fit into memory twice."""
    official = official_contacts(today=today)
    named = [Listed(one, Verdict(Answer.OFFICIAL)) for one in sorted(official)]
    reported = _reported(official, today=today)
    yield from merge(named, reported, key=lambda one: one.identifier)


def official_contacts(*, today: date) -> dict[Identifier, dict[str, str]]:
    """Return whose each official number is: those of the numbers file, then the desk's own."""
    found = {identifier: dict(names) for identifier, names in official_numbers().items()}
    for entry in _public(Answer.OFFICIAL, today=today):
        found.setdefault(identifier_of(entry), dict(entry.names))
    return found


def numbers_body(*, today: date) -> Json:
    """Return what numbers.note says: the numbers file, and every official identifier by name."""
    official: list[Json] = [
        {"identifier": str(identifier), "name": dict(names)}
        for identifier, names in sorted(official_contacts(today=today).items())
    ]
    return {**numbers_file(), "official": official}


def fingerprint(*, today: date) -> str:
    """Return what stays the same while nothing can have changed: counts, the day, the numbers file.

    An entry only goes on: proposed, confirmed, taken off; embargoed, public. So no two changes
    cancel out in the counts by state and policy, and the list need not be read to know.
    """
    states = WatchEntry.objects.values_list("state", "policy", "answer").annotate(Count("pk"))
    counted: list[Json] = [list(one) for one in states.order_by("state", "policy", "answer")]
    return sha256(canonical.encode([str(today), counted, numbers_file()])).hexdigest()


def _reported(official: dict[Identifier, dict[str, str]], *, today: date) -> Iterator[Listed]:
    values = {one.value for one in official}
    stored = _public(Answer.REPORTED, today=today).order_by("kind", "value")
    for kind, value, tactics in stored.values_list("kind", "value", "tactics").iterator():
        identifier = Identifier(Kind(kind), value)
        if not _belongs_to(identifier, official, values=values):
            yield Listed(identifier, Verdict(Answer.REPORTED, tuple(tactics)))


def _public(answer: Answer, *, today: date) -> QuerySet[WatchEntry]:
    return WatchEntry.objects.filter(
        state=WatchState.CONFIRMED,
        policy=ReleasePolicy.PUBLIC,
        answer=answer,
        expires_on__gt=today,
    )


def _belongs_to(
    identifier: Identifier, official: dict[Identifier, dict[str, str]], *, values: set[str]
) -> bool:
    """Tell whether it became official after it was listed; comparing all would take too long."""
    return identifier.value in values and any(is_same_line(identifier, one) for one in official)
