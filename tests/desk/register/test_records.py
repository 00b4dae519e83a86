"""The register's records: append-only events, spellings side by side, found in any script."""

import pytest
from django.db import Error, connection, transaction
from register_cast import Cast, day

from oberih.audit.models import Entry
from oberih.register import events, services
from oberih.register.finding import find
from oberih.register.models import Event, NameForm, Requester, Source
from oberih.register.refusals import (
    AlreadyReplaced,
    DaysReversed,
    EventsBroken,
    NotOfficial,
    NotYet,
    SpellingKnown,
)
from oberih.register.selectors import person_record
from oberih.register.states import EventType, Script, SourceKind, Status
from oberih.register.values import SourceWords, Spelling
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def people(question: str) -> list[str]:
    return [one.person for one in find(question)]


@pytest.mark.parametrize(
    "question",
    ["Гнатюк", "гнатюк остап", "Hnatiuk Ostap", "Gnatyuk", "Остап Богданович Гнатюк", "Нгатюк"[1:]],
)
def test_a_person_is_found_in_any_script_and_spelling(register: Cast, question: str) -> None:
    person = register.person("Гнатюк", "Остап", "Богданович")
    register.person("Вербицький", "Остап", "Романович")

    assert people(question)[0] == person


def test_one_slip_in_the_surname_still_finds(register: Cast) -> None:
    person = register.person("Кропивницький", "Матвій")

    assert people("Кропивніцький") == [person]
    assert people("Крописницький") == [person]


def test_a_year_narrows_the_search(register: Cast) -> None:
    person = register.person("Гнатюк", "Остап")

    assert people("Гнатюк") == [person]
    assert people("Гнатюк 1990") == []


def test_each_source_keeps_its_own_spelling(register: Cast) -> None:
    person = register.person("Гнатюк", "Остап")
    other = register.source(SourceKind.DETAINING_SIDE).pk
    spelling = Spelling("Гнатюкъ", "Остапъ")

    services.add_spelling(person, spelling, source=other, by=register.tracing)
    with pytest.raises(SpellingKnown):
        services.add_spelling(person, spelling, source=other, by=register.tracing)

    assert [one.script for one in NameForm.objects.order_by("pk")] == [
        Script.UKRAINIAN,
        Script.RUSSIAN,
    ]


@pytest.mark.parametrize(
    "statement", ["UPDATE register_event SET place = 'x'", "DELETE FROM register_event"]
)
def test_an_event_never_changes_nor_goes(register: Cast, statement: str) -> None:
    register.event(register.person("Гнатюк"), EventType.CONFIRMED)

    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Event.objects.get().place == ""


def test_the_chain_verifies_and_a_changed_copy_does_not(register: Cast) -> None:
    person = register.person("Гнатюк")
    for kind in (EventType.REPORTED_MISSING, EventType.CONFIRMED):
        register.event(person, kind)
    rows = list(Event.objects.order_by("position"))
    rows[0].place = "elsewhere"

    assert events.verify() == 2
    with pytest.raises(EventsBroken):
        events.verify_rows(rows)


def test_an_event_is_recorded_with_its_audit_act(register: Cast) -> None:
    event = register.event(register.person("Гнатюк"), EventType.CONFIRMED)

    last = Entry.objects.order_by("position").last()
    assert last
    assert bytes(event.digest).hex() in (last.event or "")
    assert "Гнатюк" not in (last.event or "")


def test_impossible_days_are_refused(register: Cast) -> None:
    person = register.person("Гнатюк")

    with pytest.raises(NotYet):
        register.event(person, EventType.CAPTURED, learned_on=day("2099-01-01"))
    with pytest.raises(DaysReversed):
        register.event(
            person,
            EventType.CAPTURED,
            occurred_from=day("2024-02-01"),
            occurred_to=day("2024-01-01"),
        )


def test_a_correction_replaces_and_the_first_words_stay(register: Cast) -> None:
    person = register.person("Гнатюк")
    wrong = register.event(person, EventType.DIED)
    register.event(person, EventType.WITHDRAWN, supersedes=wrong.position)

    record = person_record(person)
    assert record.standing.status is Status.UNKNOWN
    assert len(record.timeline) == 2
    with pytest.raises(AlreadyReplaced):
        register.event(person, EventType.WITHDRAWN, supersedes=wrong.position)


def test_only_bodies_are_official(register: Cast) -> None:
    words = SourceWords("someone", SourceKind.INTERMEDIARY, is_official=True)

    with pytest.raises(NotOfficial):
        services.add_source(words, by=register.tracing)
    with pytest.raises(Error), transaction.atomic():
        Source.objects.create(name="x", kind="intermediary", is_official=True)


def test_a_person_s_record_holds_nothing_of_who_asks(register: Cast) -> None:
    person = register.person("Гнатюк")
    requester = Requester(id="r-1", name="Соломія", added_at=register.now)
    services.add_requester(requester, person=person, kin="wife", by=register.tracing)

    record = person_record(person)

    assert record.requests == 1
    assert "Соломія" not in repr(record)


@pytest.mark.usefixtures("register")
def test_an_officer_adds_nothing(officer: Member) -> None:
    words = SourceWords("a source", SourceKind.FAMILY)

    with pytest.raises(NotPermitted):
        services.add_source(words, by=officer)
