"""What tracing does in the register: each act one transaction with its audit entry."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.register.models import (
    Consent,
    Identity,
    NameForm,
    NameKey,
    Relation,
    Requester,
    SoughtPerson,
    Source,
)
from oberih.register.refusals import (
    NoName,
    NoSuchPerson,
    NoSuchRequester,
    NotOfficial,
    SourceTaken,
    SpellingKnown,
)
from oberih.register.search_keys import VERSION, keys_of_spelling
from oberih.register.states import OFFICIAL_KINDS, PersonId
from oberih.register.values import Agreed, Marks, Sought, SourceWords, Spelling
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

Entropy = Callable[[int], bytes]


def add_source(words: SourceWords, *, by: Member) -> Source:
    """Add a source; raises SourceTaken, NotOfficial."""
    require(by, Permission.REGISTER_CHANGE)
    if words.is_official and words.kind not in OFFICIAL_KINDS:
        raise NotOfficial
    try:
        with transaction.atomic():
            row = Source.objects.create(
                name=words.name,
                kind=words.kind.value,
                reliability=words.reliability,
                credibility=words.credibility,
                is_official=words.is_official,
            )
            record(Act.SOURCE_ADDED, actor=by.member_id, subject=f"source {row.pk}")
    except IntegrityError as error:
        raise SourceTaken from error
    return row


def add_person(sought: Sought, *, by: Member, now: datetime, entropy: Entropy) -> SoughtPerson:
    """Add a person with one source's spelling and marks; raises NoName."""
    require(by, Permission.REGISTER_CHANGE)
    with transaction.atomic():
        person = add_people([sought], now=now, entropy=entropy)[0]
        record(Act.PERSON_ADDED, actor=by.member_id, subject=f"person {person.pk}")
    return person


def add_people(people: list[Sought], *, now: datetime, entropy: Entropy) -> list[SoughtPerson]:
    """Add many people at once; the caller records the act in its transaction. Raises NoName."""
    if any(not (one.spelling.surname or one.spelling.given) for one in people):
        raise NoName
    rows = [
        SoughtPerson(
            id=f"p-{entropy(8).hex()}",
            category=one.category.value,
            added_at=now,
            keys_version=VERSION,
        )
        for one in people
    ]
    SoughtPerson.objects.bulk_create(rows)
    pairs = list(zip(rows, people, strict=True))
    NameForm.objects.bulk_create(
        [name_form(PersonId(row.pk), one.spelling, source=one.source) for row, one in pairs]
    )
    NameKey.objects.bulk_create(
        [
            NameKey(key=key, person_id=row.pk)
            for row, one in pairs
            for key in sorted(_keys(one.spelling))
        ]
    )
    Identity.objects.bulk_create(
        [
            identity(PersonId(row.pk), one.marks, source=one.source)
            for row, one in pairs
            if not one.marks.is_empty
        ]
    )
    return rows


def add_spelling(person: PersonId, spelling: Spelling, *, source: int, by: Member) -> None:
    """Add a source's spelling beside those that stand; raises NoSuchPerson, SpellingKnown."""
    require(by, Permission.REGISTER_CHANGE)
    if not (spelling.surname or spelling.given):
        raise NoName
    if not SoughtPerson.objects.filter(pk=person).exists():
        raise NoSuchPerson
    try:
        with transaction.atomic():
            name_form(person, spelling, source=source).save(force_insert=True)
            keys = [NameKey(key=key, person_id=person) for key in sorted(_keys(spelling))]
            NameKey.objects.bulk_create(keys, ignore_conflicts=True)
            record(Act.SPELLING_ADDED, actor=by.member_id, subject=f"person {person}")
    except IntegrityError as error:
        raise SpellingKnown from error


def add_requester(requester: Requester, *, person: PersonId, kin: str, by: Member) -> Relation:
    """Store who asks for a person, apart from everybody else who does; raises NoSuchPerson."""
    require(by, Permission.REGISTER_KIN)
    if not SoughtPerson.objects.filter(pk=person).exists():
        raise NoSuchPerson
    with transaction.atomic():
        requester.save(force_insert=True)
        relation = Relation.objects.create(requester=requester, person_id=person, kin=kin)
        record(Act.REQUESTER_ADDED, actor=by.member_id, subject=f"requester {requester.pk}")
    return relation


def agree(relation: Relation, agreed: Agreed, *, by: Member) -> Consent:
    """Record a consent with its purpose, scope and end."""
    require(by, Permission.REGISTER_KIN)
    with transaction.atomic():
        row = Consent.objects.create(
            relation=relation,
            purpose=agreed.purpose,
            scope=agreed.scope,
            given_on=agreed.given_on,
            expires_on=agreed.expires_on,
        )
        subject = f"requester {relation.requester_id}"
        record(Act.CONSENT_RECORDED, actor=by.member_id, subject=subject)
    return row


def prove_requester(requester: str, *, how: str, by: Member) -> None:
    """Record how identity and kinship were verified outside Oberih; raises NoSuchRequester."""
    require(by, Permission.REGISTER_KIN)
    with transaction.atomic():
        changed = Requester.objects.filter(pk=requester).update(verified_how=how)
        if not changed:
            raise NoSuchRequester
        subject = f"requester {requester}"
        record(Act.REQUESTER_PROVEN, actor=by.member_id, subject=subject, detail={"how": how})


def name_form(person: PersonId, spelling: Spelling, *, source: int) -> NameForm:
    """Return the row of a spelling."""
    return NameForm(
        person_id=person,
        source_id=source,
        script=spelling.script.value,
        surname=spelling.surname,
        given=spelling.given,
        patronymic=spelling.patronymic,
        role=spelling.role.value,
    )


def identity(person: PersonId, marks: Marks, *, source: int) -> Identity:
    """Return the row of a source's marks."""
    return Identity(
        person_id=person,
        source_id=source,
        born_on=marks.born_on,
        born_year=marks.born_on.year if marks.born_on else marks.born_year,
        born_precision=marks.precision.value,
        birthplace=marks.birthplace,
        father_given=marks.father_given,
        mother_maiden=marks.mother_maiden,
        service_number=marks.service_number,
        rank=marks.rank,
        unit=marks.unit,
    )


def _keys(spelling: Spelling) -> frozenset[int]:
    return keys_of_spelling(spelling.surname, spelling.given, patronymic=spelling.patronymic)
