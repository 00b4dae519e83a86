"""A person is erased by two people: nothing readable stays, and the chain still verifies."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_cast import Browse
from django.conf import settings
from django.db import Error, connection, transaction
from django.urls import reverse
from register_cast import Cast, day

from oberih.audit.models import Entry
from oberih.crypto import age
from oberih.crypto.age import Identity as Key
from oberih.desk.register.letter_paper import forget_drawn
from oberih.register import events, letters, proof_questions, services
from oberih.register.erasure_models import ErasedEvent, Erasure, Ground
from oberih.register.erasures import (
    ErasureWish,
    ask_erasure,
    erase_person,
    erasures,
    withdraw_erasure,
)
from oberih.register.exchange_states import CHANNEL_OF
from oberih.register.finding import find
from oberih.register.forgetting import leave_no_trace
from oberih.register.models import (
    CallerClaim,
    ChannelPost,
    Consignment,
    Event,
    ExportedEvent,
    FamilyNews,
    Letter,
    ListEntry,
    ListIssue,
    PostProposal,
    Requester,
    SoughtPerson,
    StagedRow,
)
from oberih.register.refusals import ErasureWaits, NoSuchErasure, SecondPersonNeeded
from oberih.register.states import EventType, PersonId, SourceKind
from oberih.register.values import Agreed
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NAME = "Гнатовець"
"""Stands in every table that can hold something of the person."""


def on_the_disk() -> bytes:
    """Return all files of the database, after PostgreSQL has written what it holds."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT current_setting('data_directory'), oid FROM pg_database"
                       " WHERE datname = current_database()")  # fmt: skip
        folder, oid = cursor.fetchone()
    files = sorted(Path(folder, "base", str(oid)).iterdir())
    return b"".join(one.read_bytes() for one in files if one.is_file())


@pytest.fixture
def tombstones_go(register: Cast) -> Iterator[Cast]:
    """Let tombstones go after a test that emptied the tables itself."""
    yield register
    table = "register_erasedevent"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608  # our own name
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def second(lead: Member) -> Member:
    return lead


def filled(register: Cast) -> PersonId:
    """Return a person of whom every table of the register holds something."""
    person = register.person(NAME, "Остап", "Богданович")
    first = register.event(person, EventType.CAPTURED, place=f"де був {NAME}", note=NAME)
    register.event(person, EventType.CAPTURED, supersedes=first.position, note=NAME)
    relation = asked_for(register, person)
    consent = relation.consents.get()
    ExportedEvent.objects.create(
        consent=consent, event=first, purpose=consent.purpose, source_kind="family",
        type=first.type, by="-", at=register.now,
    )  # fmt: skip
    told = {"text": NAME, "drafted_by": "-", "drafted_at": register.now}
    FamilyNews.objects.create(relation=relation, case="1abcd-efg", status="missing", **told)
    Consignment.objects.create(
        person_id=person, relation=relation, kind="letter", sent_on=day("2026-01-01"),
        carrier=NAME, recorded_at=register.now,
    )  # fmt: skip
    claim = {"entered_by": "-", "entered_at": register.now}
    CallerClaim.objects.create(case="1abcd-efg", place=NAME, **claim)
    CallerClaim.objects.create(case="2abcd-efg", cellmate=f"Остап {NAME}", **claim)
    listed(register, person)
    posted(register, person)
    return person


def asked_for(register: Cast, person: PersonId) -> Any:  # noqa: ANN401  # Django is set up later
    row = Requester(
        id="r-1", name=f"мати, {NAME}", reach=NAME, case="1abcd-efg", added_at=register.now
    )
    relation = services.add_requester(row, person=person, kin="mother", by=register.tracing)
    today = register.now.date()
    agreed = Agreed("tracing", NAME, today, today + timedelta(days=99))
    services.agree(relation, agreed, by=register.tracing)
    posed = proof_questions.Posed(NAME, Key.generate())
    proof_questions.seal_question("r-1", posed=posed, by=register.tracing, now=register.now)
    return relation


def listed(register: Cast, person: PersonId) -> None:
    issue = ListIssue.objects.create(
        source=register.source(), kind="listed", state="done", digest="x", read_by="-",
        read_at=register.now, issued_on=register.now.date(),
    )  # fmt: skip
    told = {"issue": issue, "match": "m", "fields": {"surname": NAME}}
    ListEntry.objects.create(number=1, person_id=person, **told)
    ListEntry.objects.create(number=2, **told)
    StagedRow.objects.create(number=3, cells=[NAME], **told)


def posted(register: Cast, person: PersonId) -> None:
    channel = register.source(SourceKind.OPEN_SOURCE)
    post = ChannelPost.objects.create(
        source=channel, number=7, posted_on=day("2026-01-01"), text=NAME, read_at=register.now
    )
    PostProposal.objects.create(post=post, person_id=person, why="name")


def asked(person: PersonId, *, register: Cast) -> Erasure:
    """Return what waits for a second person."""
    wish = ErasureWish(person, Ground.OWN_RIGHT, "№ 1/26")
    return ask_erasure(wish, by=register.tracing, now=register.now)


def erased(person: PersonId, *, register: Cast, second: Member) -> Erasure:
    wish = ErasureWish(person, Ground.COURT, "№ 1/26")
    row = ask_erasure(wish, by=register.tracing, now=register.now)
    erase_person(row.pk, by=second, now=register.now)
    row.refresh_from_db()
    return row


def everything() -> str:
    """Return all cells of all tables as one text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        told = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # our own names
            told += [readable(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(told)


def readable(cell: object) -> str:
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).decode("utf-8", "ignore")
    text = str(cell)
    return text.encode().decode("unicode_escape", "ignore") + text if "\\u" in text else text


def test_nothing_readable_stays_in_any_table(register: Cast, second: Member) -> None:
    person = filled(register)
    assert everything().count(NAME) > 12
    erased(person, register=register, second=second)

    assert NAME not in everything()
    assert "№ 1/26" not in everything()
    assert find(NAME) == []
    assert not SoughtPerson.objects.exists()
    assert not Requester.objects.exists()


def test_the_chain_verifies_over_what_was_erased_and_goes_on(
    register: Cast, second: Member
) -> None:
    other = register.person("Мороз")
    register.event(other, EventType.REPORTED_MISSING)
    person = filled(register)
    register.event(other, EventType.CONFIRMED)
    erased(person, register=register, second=second)
    register.event(other, EventType.EXCHANGED)

    assert events.verify() == 5
    assert list(ErasedEvent.objects.values_list("position", flat=True)) == [2, 3]
    assert list(Event.objects.values_list("position", flat=True)) == [1, 4, 5]


def test_when_the_last_event_is_erased_the_next_one_follows_it(
    register: Cast, second: Member
) -> None:
    erased(filled(register), register=register, second=second)
    row = register.event(register.person("Мороз"), EventType.CONFIRMED)

    assert row.position == 3
    assert events.verify() == 3


def test_the_act_keeps_the_ground_and_the_number_of_events_alone(
    register: Cast, second: Member
) -> None:
    person = filled(register)
    row = erased(person, register=register, second=second)

    told = Entry.objects.order_by("-position").values_list("event", flat=True)[0]
    assert '"act":"person.erased"' in told
    assert '"detail":{"events":2,"ground":"court order"}' in told
    assert (row.paper, row.done_by) == ("", str(second.pk))


def test_a_letters_list_is_sealed_anew_without_the_line(register: Cast, second: Member) -> None:
    person, other = filled(register), register.person("Мороз", "Іван")
    key = Key.generate()
    letter = Letter.objects.create(
        source=register.source(SourceKind.BUREAU, official=True),
        channel=CHANNEL_OF[SourceKind.BUREAU].value,
        language="uk",
        recipient=str(key.recipient),
        sealed=b"x",
        made_at=register.now,
    )
    for line in letters.article_17_lines([person, other]):
        line.letter = letter
        line.save()
    erased(person, register=register, second=second)

    letter.refresh_from_db()
    content = age.open_sealed(bytes(letter.sealed), identity=key).decode()
    assert "Мороз" in content
    assert NAME not in content


def test_who_asked_cannot_be_the_second_person(register: Cast) -> None:
    wish = ErasureWish(filled(register), Ground.OWN_RIGHT, "1")
    row = ask_erasure(wish, by=register.tracing, now=register.now)

    with pytest.raises(SecondPersonNeeded):
        erase_person(row.pk, by=register.tracing, now=register.now)
    with pytest.raises(ErasureWaits):
        ask_erasure(wish, by=register.tracing, now=register.now)
    assert SoughtPerson.objects.count() == 1


def test_a_withdrawn_request_erases_nobody(register: Cast, second: Member) -> None:
    wish = ErasureWish(filled(register), Ground.OWN_RIGHT, "1")
    row = ask_erasure(wish, by=register.tracing, now=register.now)
    withdraw_erasure(row.pk, by=second, now=register.now)

    with pytest.raises(NoSuchErasure):
        erase_person(row.pk, by=second, now=register.now)


def test_an_officer_can_neither_ask_nor_erase(register: Cast, officer: Member) -> None:
    wish = ErasureWish(register.person(NAME), Ground.COURT, "1")

    assert officer.role == Role.OFFICER
    with pytest.raises(NotPermitted):
        ask_erasure(wish, by=officer, now=register.now)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM register_event",
        "DELETE FROM register_erasedevent",
        "UPDATE register_erasedevent SET leaf = digest",
        "INSERT INTO register_erasedevent SELECT 9, leaf, digest FROM register_event",
    ],
)
def test_the_database_lets_an_event_go_only_for_its_tombstone(
    register: Cast, second: Member, statement: str
) -> None:
    erased(filled(register), register=register, second=second)
    register.event(register.person("Мороз"), EventType.CONFIRMED)

    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_requester_who_asks_for_another_too_stays(register: Cast, second: Member) -> None:
    person, other = filled(register), register.person("Мороз")
    Requester.objects.get().relations.create(person_id=other, kin="mother")
    erased(person, register=register, second=second)

    assert Requester.objects.get().relations.get().person_id == other


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("OBERIH_DESK_DATABASE" in os.environ, reason="this is about the file's log")
def test_no_earlier_page_of_the_file_stays_in_its_log(register: Cast) -> None:
    register.person(NAME)
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    assert log.stat().st_size > 0
    leave_no_trace()

    assert log.stat().st_size == 0
    assert find(NAME)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("OBERIH_DESK_DATABASE" not in os.environ, reason="this is about PostgreSQL")
@pytest.mark.usefixtures("tombstones_go")
def test_no_file_of_postgresql_keeps_a_word(register: Cast, second: Member) -> None:
    person = filled(register)
    register.person("Мороз")
    assert NAME.encode() in on_the_disk()
    erased(person, register=register, second=second)
    leave_no_trace()

    assert NAME.encode() not in on_the_disk()
    assert find("Мороз")


def test_two_people_erase_on_the_pages(register: Cast, lead: Member, browse: Browse) -> None:
    person, here = filled(register), reverse("desk:register-erasures")
    told = {"ground": "own right", "paper": "№ 1/26"}
    browser = browse(register.tracing)
    browser.post(reverse("desk:register-ask-erasure", args=[person]), told)
    do = reverse("desk:register-erase-person", args=[Erasure.objects.get().pk])

    assert do not in browser.get(here).content.decode()
    browser = browse(lead)
    assert do in browser.get(here).content.decode()
    assert browser.post(do).status_code == 302
    assert "стерто" in browser.get(here).content.decode()
    assert NAME not in everything()


def test_one_that_waits_stands_before_all_that_are_done(
    register: Cast, second: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, *done = [asked(register.person("Мороз"), register=register) for _ in range(4)]
    for one in done:
        withdraw_erasure(one.pk, by=second, now=register.now)
    monkeypatch.setattr("oberih.register.erasures.MOST_SHOWN", 2)

    assert [one.pk for one in erasures(by=second)] == [waiting.pk, done[-1].pk]


def test_a_lead_finds_the_way_to_erasures(browse: Browse, lead: Member, officer: Member) -> None:
    way = f'href="{reverse("desk:register-erasures")}"'

    assert way in browse(lead).get(reverse("desk:queue")).content.decode()
    assert way not in browse(officer).get(reverse("desk:queue")).content.decode()


def test_an_officer_sees_no_erasures(browse: Browse, officer: Member) -> None:
    assert browse(officer).get(reverse("desk:register-erasures")).status_code == 403


def test_a_letters_drawn_paper_goes_with_its_list() -> None:
    drawn = settings.DESK / "letters" / "7.pdf"
    drawn.parent.mkdir(parents=True, exist_ok=True)
    drawn.write_bytes(b"x")
    forget_drawn([7, 8])

    assert not drawn.exists()
