"""Reads of the register."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from oberih.register.models import Event, Identity, NameForm, SoughtPerson, Source
from oberih.register.refusals import NoSuchPerson
from oberih.register.states import EventType, PersonId, SourceKind
from oberih.register.statuses import Fact, Standing, standing_of


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """An event with what it replaces or is replaced by."""

    row: Event
    fact: Fact
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """All that the register says of one person; nothing of who asks but how many."""

    row: SoughtPerson
    names: tuple[NameForm, ...]
    identities: tuple[Identity, ...]
    timeline: tuple[TimelineEntry, ...]
    standing: Standing
    requests: int

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The events as the rules see them."""
        return tuple(one.fact for one in self.timeline)


def person_record(person: PersonId) -> PersonRecord:
    """Return one person's record; raises NoSuchPerson."""
    row = SoughtPerson.objects.filter(pk=person).first()
    if row is None:
        raise NoSuchPerson
    events = list(row.events.select_related("source").order_by("position"))
    replaced = {one.supersedes_id for one in events}
    timeline = [TimelineEntry(one, fact_of(one), one.position in replaced) for one in events]
    timeline.sort(key=lambda one: (one.fact.day, one.fact.position), reverse=True)
    return PersonRecord(
        row=row,
        names=tuple(row.names.select_related("source").order_by("pk")),
        identities=tuple(row.identities.select_related("source").order_by("pk")),
        timeline=tuple(timeline),
        standing=standing_of(one.fact for one in timeline),
        requests=row.relations.count(),
    )


def standings(people: Iterable[str]) -> dict[str, Standing]:
    """Return the standing of each of these people, one question for all."""
    found: dict[str, list[Fact]] = {one: [] for one in people}
    for row in Event.objects.filter(person__in=list(found)).select_related("source"):
        found[row.person_id].append(fact_of(row))
    return {person: standing_of(facts) for person, facts in found.items()}


def first_names(people: Iterable[str]) -> dict[str, str]:
    """Return each person's first spelling."""
    rows = NameForm.objects.filter(person__in=set(people)).order_by("-pk")
    return {one.person_id: one.written for one in rows}


def sources() -> QuerySet[Source]:
    """Return all sources by name."""
    return Source.objects.order_by("name")


def fact_of(row: Event) -> Fact:
    """Return an event as the rules see it."""
    return Fact(
        position=row.position,
        type=EventType(row.type),
        source_kind=SourceKind(row.source.kind),
        source=row.source.name,
        learned_on=row.learned_on,
        is_official=row.source.is_official,
        credibility=row.credibility,
        occurred_from=row.occurred_from,
        occurred_to=row.occurred_to,
        place=row.place,
        supersedes=row.supersedes_id,
    )
