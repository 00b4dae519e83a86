"""What one import proposed, confirmed by a second person in one act: all of it or nothing.

The proposals of an import are those of one author at one moment. The second person sees every line
and what it would change; what is confirmed is what was seen, or nothing is.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Count, Min, QuerySet

from oberih.alerts.services import OneFamilyCouldKnow, OnePersonAlone
from oberih.core import canonical
from oberih.core.errors import OberihError, Refused
from oberih.desk import watch_services
from oberih.desk.watch_models import WatchEntry
from oberih.desk.watch_services import NoSuchEntry
from oberih.desk.watch_states import ReleasePolicy, WatchId, WatchState
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


class BatchChanged(Refused):
    """These proposals are not those you looked at: somebody decided some of them. Look again."""


class BatchRefused(Refused):
    """Some of these cannot be confirmed, so none was. Reject those, then confirm the others."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Proposals of one import that wait: the first of them stands for all."""

    first: WatchId
    count: int
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal with what its confirmation would change, or why it is refused."""

    entry: WatchEntry
    refusal: OberihError | None


@dataclass(frozen=True, slots=True)
class Batch:
    """What a second person looks at; `seen` says which proposals, in which words, these were."""

    first: WatchId
    author: str
    is_own: bool
    lines: tuple[Line, ...]
    seen: str

    @property
    def public(self) -> int:
        """Return how many would be told to families."""
        return sum(line.entry.policy == ReleasePolicy.PUBLIC for line in self.lines)

    @property
    def refused(self) -> tuple[Line, ...]:
        """Return the lines that stand in the way."""
        return tuple(line for line in self.lines if line.refusal is not None)


@dataclass(frozen=True, slots=True)
class Agreed:
    """The second person's word: on which proposals, and "could only one family know this?"."""

    seen: str
    only_one: bool


def waiting_batches(*, by: Member) -> tuple[Waiting, ...]:
    """Return the imports of which at least two proposals wait."""
    require(by, Permission.IDENTIFIER_PROPOSE)
    names = {str(member.pk): member.name for member in Member.objects.all()}
    found = (
        WatchEntry.objects.filter(state=WatchState.PROPOSED)
        .values("author", "proposed_at")
        .annotate(many=Count("pk"), first=Min("pk"))
        .filter(many__gt=1)
        .order_by("proposed_at")
    )
    return tuple(
        Waiting(
            WatchId(one["first"]), one["many"], names.get(one["author"], ""), one["proposed_at"]
        )
        for one in found
    )


def batch(first: WatchId, *, by: Member, now: datetime) -> Batch:
    """Return the import that a proposal belongs to; every line is tried, and all is undone.

    Raises NoSuchEntry.
    """
    require(by, Permission.IDENTIFIER_CONFIRM)
    entries = list(_together(first))
    author = entries[0].author
    is_own = author == str(by.pk)
    with transaction.atomic():
        lines = tuple(
            Line(one, None if is_own else _refusal(one, by=by, now=now)) for one in entries
        )
        transaction.set_rollback(True)
    name = Member.objects.filter(pk=author).values_list("name", flat=True).first() or ""
    return Batch(first, name, is_own, lines, _spelled(entries))


def confirm_batch(first: WatchId, *, agreed: Agreed, by: Member, now: datetime) -> int:
    """Confirm every proposal of an import as another person than its author; return how many.

    Raises BatchChanged, BatchRefused, OnePersonAlone, NoSuchEntry, and OneFamilyCouldKnow when one
    of them would be public.
    """
    require(by, Permission.IDENTIFIER_CONFIRM)
    with transaction.atomic():
        entries = list(_together(first).select_for_update())
        if entries[0].author == str(by.pk):
            raise OnePersonAlone
        if _spelled(entries) != agreed.seen:
            raise BatchChanged
        for one in entries:
            _confirm(one, agreed=agreed, by=by, now=now)
    return len(entries)


def _confirm(entry: WatchEntry, *, agreed: Agreed, by: Member, now: datetime) -> None:
    try:
        watch_services.confirm(WatchId(entry.pk), only_one=agreed.only_one, by=by, now=now)
    except OneFamilyCouldKnow:
        raise
    except OberihError as error:
        raise BatchRefused from error


def _refusal(entry: WatchEntry, *, by: Member, now: datetime) -> OberihError | None:
    try:
        watch_services.confirm(WatchId(entry.pk), only_one=False, by=by, now=now)
    except OberihError as error:
        return error
    return None


def _together(first: WatchId) -> QuerySet[WatchEntry]:
    """Return what was proposed with an entry and still waits; raises NoSuchEntry for nothing."""
    known = WatchEntry.objects.filter(pk=first).first()
    if known is None:
        raise NoSuchEntry
    together = WatchEntry.objects.filter(
        author=known.author, proposed_at=known.proposed_at, state=WatchState.PROPOSED
    )
    if not together.exists():
        raise NoSuchEntry
    return together.order_by("kind", "value")


def _spelled(entries: list[WatchEntry]) -> str:
    """Return what changes when another line, or other words of one, would be confirmed."""
    lines: list[canonical.Json] = [
        [one.pk, one.identifier, one.answer, one.policy, one.reason, str(one.expires_on)]
        for one in entries
    ]
    return sha256(canonical.encode(lines)).hexdigest()
