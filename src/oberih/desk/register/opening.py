"""What tracing opens: each look at a person or at who asks leaves its act in the audit."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.functional import Promise

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.register import words
from oberih.desk.register.consigned import ShownConsignment, shown_consignments
from oberih.desk.register.deadline_page import ShownDue, shown_due
from oberih.register.contradictions import all_findings
from oberih.register.deadlines import due
from oberih.register.family_words import status_for_family
from oberih.register.finding import Found, find
from oberih.register.known import known_of
from oberih.register.models import Consignment, Relation
from oberih.register.refusals import NoSuchRequester
from oberih.register.selectors import PersonRecord, person_record, standings
from oberih.register.states import Category, EventType, PersonId, Script
from oberih.register.statuses import Standing
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_SENT = 30


@dataclass(frozen=True, slots=True)
class ShownSpelling:
    """A spelling, whose letters, and whose word it is."""

    text: str
    script: str
    role: str
    source: str


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """A line of the timeline."""

    position: int
    what: str
    days: tuple[object, object]
    place: str
    note: str
    source: str
    source_kind: str
    is_official: bool
    is_claim: bool
    is_replaced: bool
    learned_on: object


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What does not fit, whose words they are, and what to do."""

    number: str
    what: str
    do: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person's page."""

    record: PersonRecord
    category: str
    names: tuple[ShownSpelling, ...]
    events: tuple[ShownEvent, ...]
    status: str
    basis: ShownEvent | None
    for_family: str | Promise
    requesters: tuple[str, ...]
    dues: tuple[ShownDue, ...]
    findings: tuple[ShownFinding, ...]
    consignments: tuple[ShownConsignment, ...]


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A line of the search's answer."""

    found: Found
    status: str


def open_person(person: PersonId, *, by: Member, today: date) -> PersonPage:
    """Return the page of a person and record that it was opened; raises NoSuchPerson."""
    require(by, Permission.REGISTER_SEE)
    with transaction.atomic():
        found = person_record(person)
        record(Act.PERSON_SHOWN, actor=by.member_id, subject=f"person {person}")
    relations = Relation.objects.filter(person=person).order_by("pk")
    may_see_kin = by.may(Permission.REGISTER_KIN)
    return PersonPage(
        record=found,
        category=str(words.CATEGORIES[found.row.category]),
        names=_names(found),
        events=_timeline(found),
        status=str(words.STATUSES[found.standing.status]),
        basis=_basis(found),
        for_family=words.FAMILY_SENTENCES[status_for_family(found.facts)],
        requesters=tuple(one.requester_id for one in relations) if may_see_kin else (),
        findings=_findings(person, today=today),
        consignments=shown_consignments(
            Consignment.objects.filter(person=person).order_by("-sent_on", "-pk")[:MOST_SENT]
        ),
        dues=tuple(
            shown_due(one, state=one.state(today=today))
            for one in due(found.facts, category=Category(found.row.category), today=today)
        ),
    )


def look_for(question: str, *, by: Member) -> list[FoundPerson]:
    """Return whom a name may mean; what was asked stands in no record, that it was does."""
    require(by, Permission.REGISTER_SEE)
    found = find(question)
    known = standings(one.person for one in found)
    with transaction.atomic():
        detail = {"found": len(found)}
        record(Act.REGISTER_SEARCHED, actor=by.member_id, subject="register", detail=detail)
    return [FoundPerson(one, standing_words(known[one.person])) for one in found]


def open_requester(requester: str, *, by: Member) -> Relation:
    """Return one requester with whom she asks for, and nobody else; raises NoSuchRequester."""
    require(by, Permission.REGISTER_KIN)
    relations = Relation.objects.select_related("requester").prefetch_related("consents")
    found = relations.filter(requester=requester).first()
    if found is None:
        raise NoSuchRequester
    with transaction.atomic():
        record(Act.REQUESTER_SHOWN, actor=by.member_id, subject=f"requester {requester}")
    return found


def standing_words(standing: Standing) -> str:
    """Return a status in words."""
    return str(words.STATUSES[standing.status])


def _findings(person: PersonId, *, today: date) -> tuple[ShownFinding, ...]:
    return tuple(
        ShownFinding(one.rule.value, str(what), str(do), one.sources)
        for one in all_findings(known_of(person), today=today)
        for what, do in [words.FINDINGS[one.rule]]
    )


def _names(found: PersonRecord) -> tuple[ShownSpelling, ...]:
    return tuple(
        ShownSpelling(
            text=one.written,
            script=str(words.SCRIPTS[Script(one.script)]),
            role=str(words.ROLES[one.role]),
            source=one.source.name,
        )
        for one in found.names
    )


def _timeline(found: PersonRecord) -> tuple[ShownEvent, ...]:
    return tuple(
        ShownEvent(
            position=one.row.position,
            what=str(words.EVENTS[EventType(one.row.type)]),
            days=(one.row.occurred_from, one.row.occurred_to),
            place=one.row.place,
            note=one.row.note,
            source=one.row.source.name,
            source_kind=str(words.SOURCE_KINDS[one.row.source.kind]),
            is_official=one.row.source.is_official,
            is_claim=one.fact.is_claim,
            is_replaced=one.is_replaced,
            learned_on=one.row.learned_on,
        )
        for one in found.timeline
    )


def _basis(found: PersonRecord) -> ShownEvent | None:
    basis = found.standing.basis
    if basis is None:
        return None
    return next(one for one in _timeline(found) if one.position == basis.position)
