"""What the register knows of people, gathered for the rules: few questions for one or all."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, QuerySet

from oberih.register.contradictions import Agreement, Known, Parcel, Spelled
from oberih.register.discrepancies import Mark
from oberih.register.exchange_states import ConsignmentKind
from oberih.register.list_models import IssueState, ListEntry, ListIssue
from oberih.register.models import Consent, Consignment, Event, Identity, NameForm, Relation
from oberih.register.selectors import fact_of
from oberih.register.states import NameRole
from oberih.register.statuses import Fact

MANY = 2_000
Rows = QuerySet[Any]


def known_of_all() -> dict[str, Known]:
    """Return what is known of everybody of whom anything is."""
    return _known(None)


def known_of(person: str) -> Known:
    """Return what is known of one person."""
    return _known(person).get(person, Known(()))


def _known(person: str | None) -> dict[str, Known]:
    """Ask the same few questions, however many people there are."""
    facts = _facts(person)
    marks, names = _marks(person), _names(person)
    asked, agreed = _requests(person), _agreements(person)
    gone, shared = _gone(person), _shared(person)
    parcels = _parcels(person)
    people = {*facts, *marks, *names, *asked, *gone, *shared, *parcels}
    return {
        one: Known(
            facts=facts.get(one, ()),
            marks=marks.get(one, ()),
            names=names.get(one, ()),
            parcels=parcels.get(one, ()),
            agreements=agreed.get(one, ()),
            requests=asked.get(one, 0),
            gone_from=tuple(sorted(gone.get(one, ()))),
            shared_by=tuple(sorted(shared.get(one, ()))),
        )
        for one in people
    }


def _of(rows: Rows, *, person: str | None) -> Rows:
    return rows if person is None else rows.filter(person=person)


def _facts(person: str | None) -> dict[str, list[Fact]]:
    found = defaultdict(list)
    for row in _of(Event.objects.select_related("source"), person=person).iterator(MANY):
        found[row.person_id].append(fact_of(row))
    return found


def _marks(person: str | None) -> dict[str, list[Mark]]:
    found = defaultdict(list)
    rows = _of(Identity.objects.select_related("source").order_by("pk"), person=person)
    for one in rows.iterator(MANY):
        mark = Mark(one.source.name, one.born_on, one.born_year, one.service_number, one.unit)
        found[one.person_id].append(mark)
    return found


def _names(person: str | None) -> dict[str, list[Spelled]]:
    found = defaultdict(list)
    rows = NameForm.objects.filter(role=NameRole.MAIN).select_related("source").order_by("pk")
    for one in _of(rows, person=person).iterator(MANY):
        spelled = Spelled(one.source.name, one.surname, one.given, one.patronymic)
        found[one.person_id].append(spelled)
    return found


def _requests(person: str | None) -> dict[str, int]:
    rows = _of(Relation.objects.all(), person=person).values_list("person")
    return dict(rows.annotate(n=Count("pk")))


def _agreements(person: str | None) -> dict[str, list[Agreement]]:
    rows = Consent.objects.filter(withdrawn_on__isnull=True)
    if person is not None:
        rows = rows.filter(relation__person=person)
    found = defaultdict(list)
    for whose, relation, purpose, end in rows.values_list(
        "relation__person", "relation", "purpose", "expires_on"
    ):
        found[whose].append(Agreement(str(relation), purpose, end))
    return found


def _parcels(person: str | None) -> dict[str, list[Parcel]]:
    rows = Consignment.objects.filter(
        kind=ConsignmentKind.PARCEL.value, acknowledged_on__isnull=False
    )
    found = defaultdict(list)
    for one in _of(rows.order_by("pk"), person=person).iterator(MANY):
        parcel = Parcel(one.carrier, one.sent_on, one.acknowledged_on, one.facility)
        found[one.person_id].append(parcel)
    return found


def _gone(person: str | None) -> dict[str, set[str]]:
    """Return the sources of which a list named each person and the last finished one does not."""
    newest = _newest_issues()
    entries = _entries(person).values_list("person", "issue__source", "issue__kind")
    last: dict[tuple[str, int, str], int] = {
        (whose, source, kind): issue
        for whose, source, kind, issue in entries.annotate(last=Max("issue"))
    }
    found = defaultdict(set)
    for (whose, source, kind), issue in last.items():
        number, name = newest[source, kind]
        if number != issue:
            found[whose].add(name)
    return found


def _newest_issues() -> dict[tuple[int, str], tuple[int, str]]:
    done = ListIssue.objects.filter(state=IssueState.DONE).order_by("pk")
    rows = done.values_list("source", "kind", "pk", "source__name")
    return {(source, kind): (number, name) for source, kind, number, name in rows}


def _shared(person: str | None) -> dict[str, set[str]]:
    """Return the official sources of which one entry stands for several people."""
    official = ListEntry.objects.filter(
        person__isnull=False, issue__state=IssueState.DONE, issue__source__is_official=True
    )
    rows = official.values_list("issue__source", "match")
    doubled = {(source, match) for source, match, n in rows.annotate(n=_people()) if n > 1}
    found = defaultdict(set)
    for source, match, name, whose in _with_match(official, doubled=doubled):
        if (source, match) in doubled and person in {None, whose}:
            found[whose].add(name)
    return found


def _people() -> Count:
    return Count("person", distinct=True)


def _with_match(official: Rows, *, doubled: Iterable[tuple[int, str]]) -> Iterable[Any]:
    matches = [match for _source, match in doubled]
    rows = official.filter(match__in=matches[:MANY]) if matches else official.none()
    return rows.values_list("issue__source", "match", "issue__source__name", "person")


def _entries(person: str | None) -> Rows:
    rows = ListEntry.objects.filter(person__isnull=False, issue__state=IssueState.DONE)
    return _of(rows, person=person)
