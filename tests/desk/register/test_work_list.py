"""The work list of what does not fit: gathered for all in few questions, shown with what to do."""

from datetime import timedelta

import pytest
from desk_cast import Browse
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from register_cast import Cast

from oberih.register import services
from oberih.register.boards import count
from oberih.register.contradictions import all_findings
from oberih.register.discrepancies import Rule
from oberih.register.known import known_of, known_of_all
from oberih.register.list_models import IssueState, ListEntry, ListIssue, ListKind
from oberih.register.models import Requester, Source
from oberih.register.states import EventType, PersonId, SourceKind
from oberih.register.values import Agreed
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def issue(register: Cast, source: Source, *people: PersonId, match: str = "") -> None:
    made = ListIssue.objects.create(
        source=source,
        kind=ListKind.LISTED.value,
        state=IssueState.DONE.value,
        digest=register.entropy(8).hex(),
        read_at=register.now,
        read_by=str(register.tracing.pk),
        issued_on=register.now.date(),
    )
    for number, person in enumerate(people, 1):
        ListEntry.objects.create(
            issue=made, number=number, match=match or person, fields={}, person_id=person
        )


def rules(register: Cast, person: PersonId) -> set[Rule]:
    found = all_findings(known_of(person), today=register.now.date())
    return {one.rule for one in found}


def ask(register: Cast, person: PersonId, *, until: int) -> None:
    row = Requester(id=f"r-{register.entropy(8).hex()}", name="Соломія", added_at=register.now)
    relation = services.add_requester(row, person=person, kin="дружина", by=register.tracing)
    today = register.now.date()
    agreed = Agreed("розшук", "НІБ", today - timedelta(days=9), today + timedelta(days=until))
    services.agree(relation, agreed, by=register.tracing)


def test_who_is_gone_from_a_later_list_is_found(register: Cast) -> None:
    stays, goes = register.person("Гнатюк"), register.person("Ткачук")
    source = register.source(SourceKind.RED_CROSS, official=True)
    issue(register, source, stays, goes)
    issue(register, source, stays)

    assert (rules(register, stays), rules(register, goes)) == (set(), {Rule.GONE_FROM_LIST})


def test_one_official_entry_linked_to_two_people_is_found(register: Cast) -> None:
    one, other = register.person("Гнатюк"), register.person("Ткачук")
    issue(register, register.source(SourceKind.BUREAU, official=True), one, other, match="m")

    assert rules(register, one) == rules(register, other) == {Rule.ONE_ENTRY_FOR_TWO}


def test_several_requests_and_an_ended_consent_are_found(register: Cast) -> None:
    person = register.person("Гнатюк")
    ask(register, person, until=30)
    before = rules(register, person)
    ask(register, person, until=0)

    assert (before, rules(register, person)) == (set(), {Rule.SEVERAL_ASK, Rule.CONSENT_OVER})


def test_all_are_asked_as_one_is(register: Cast) -> None:
    person = register.person("Гнатюк")
    register.event(person, EventType.CONFIRMED)

    assert known_of_all()[person] == known_of(person)


def test_the_list_asks_no_more_for_many_people(register: Cast, browse: Browse) -> None:
    browser, counted = browse(register.tracing), list[int]()
    browser.get(reverse("desk:register-fits"))
    for _ in range(2):
        for name in ("Гнатюк", "Ткачук", "Лісовий"):
            register.event(register.person(name), EventType.CONFIRMED)
        count(now=register.now)
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("desk:register-fits"))
        counted.append(len(asked))

    assert counted[0] == counted[1] <= 40


def test_the_work_list_counts_by_rule_and_by_place(register: Cast, browse: Browse) -> None:
    person = register.person("Гнатюк", "Остап")
    register.event(person, EventType.CONFIRMED, place="СІЗО-2")
    count(now=register.now)
    browser, address = browse(register.tracing), reverse("desk:register-fits")

    by_rule = browser.get(address).content.decode()
    by_place = browser.get(address, {"by": "place"}).content.decode()
    other = browser.get(address, {"rule": "D16"}).content.decode()

    assert "доки він не повідомить родину, нічого не кажіть" in by_rule
    assert "СІЗО-2: <b>1</b>" in by_place
    assert (person in by_rule, person in other) == (True, False)


def test_only_tracing_sees_the_work_list(browse: Browse, lead: Member) -> None:
    assert browse(lead).get(reverse("desk:register-fits")).status_code == 403
