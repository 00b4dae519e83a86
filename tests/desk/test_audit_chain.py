"""Promises of the audit: complete, unchangeable, verifiable, erasable only where the law asks."""

import uuid
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from oberih.audit.acts import Act, MemberId
from oberih.audit.models import Entry, Head
from oberih.audit.selectors import ChainBroken, events_about, newest_events, verify_chain
from oberih.audit.services import NoSuchEntry, OutsideTransaction, erase, record

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

GUARDS = import_module("oberih.audit.migrations.0002_append_only")
OFFICER = MemberId(uuid.UUID(int=7))


def fill(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            record(Act.CASE_OPENED, actor=OFFICER, subject=f"case {number}", detail={"n": number})


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def unguarded(statement: str) -> None:
    """Change a row as an intruder would who can switch the triggers off."""
    sqlite = [one for one in GUARDS.SQLITE_BACK.splitlines() if one]
    for lowering in sqlite if connection.vendor == "sqlite" else [GUARDS.POSTGRESQL_BACK]:
        execute(lowering)
    execute(statement)


def test_every_recorded_act_is_in_the_chain_in_order() -> None:
    fill(3)

    assert verify_chain().entries == 3
    assert [event.fields["subject"] for event in newest_events() if event.fields] == [
        "case 2",
        "case 1",
        "case 0",
    ]


def test_an_act_says_who_when_what_and_about_which_case() -> None:
    fill(1)

    (event,) = events_about("case 0")
    assert event.fields is not None
    assert set(event.fields) == {"v", "act", "actor", "at", "subject", "detail"}
    assert event.fields["actor"] == str(OFFICER)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction() -> None:
    with pytest.raises(OutsideTransaction):
        record(Act.CASE_OPENED, actor=None, subject="case 1")


def test_an_act_that_is_rolled_back_leaves_no_entry() -> None:
    before = verify_chain().entries
    with transaction.atomic():
        record(Act.CASE_OPENED, actor=None, subject="case 1")
        transaction.set_rollback(True)  # as an error further on in the same act would

    assert verify_chain().entries == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET event = 'x' WHERE position = 2",
        "UPDATE audit_entry SET position = 9 WHERE position = 2",
        "UPDATE audit_entry SET event = NULL, salt = NULL, position = 9 WHERE position = 2",
        "UPDATE audit_entry SET event = NULL WHERE position = 2",
        "DELETE FROM audit_entry WHERE position = 3",
        "DELETE FROM audit_entry",
        "UPDATE audit_head SET position = 1",
        "UPDATE audit_head SET position = position + 1",
        "DELETE FROM audit_head",
    ],
)
def test_the_database_itself_refuses_to_change_the_past(statement: str) -> None:
    fill(3)

    with pytest.raises(DatabaseError):
        execute(statement)
    assert verify_chain().entries == 3


def test_no_entry_can_be_put_in_elsewhere_than_at_the_end() -> None:
    fill(3)

    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.create(position=9, event="{}", salt=b"s" * 32, leaf=b"", digest=b"")


@pytest.mark.parametrize(
    ("statement", "position"),
    [
        ("UPDATE audit_entry SET event = replace(event, 'case 1', 'case 7') WHERE position = 2", 2),
        ("DELETE FROM audit_entry WHERE position = 2", 2),
        ("DELETE FROM audit_entry WHERE position = 3", 3),
        ("UPDATE audit_head SET position = 2", 4),
    ],
)
def test_a_change_behind_the_triggers_is_found_at_its_place(statement: str, position: int) -> None:
    fill(3)
    unguarded(statement)

    with pytest.raises(ChainBroken) as broken:
        verify_chain()
    assert broken.value.position == position


def test_erasing_what_an_entry_says_keeps_the_chain_whole_and_is_recorded() -> None:
    fill(3)
    erase(2, actor=OFFICER, reason="withdrawn consent")

    verified = verify_chain()
    assert (verified.entries, verified.erased) == (4, 1)
    assert Entry.objects.get(position=2).salt is None
    assert newest_events()[0].fields["act"] == "event.erased"  # type: ignore[index]


def test_only_an_entry_that_exists_can_be_erased() -> None:
    with pytest.raises(NoSuchEntry):
        erase(99, actor=OFFICER, reason="x")


def test_equal_acts_have_different_leaves_so_that_a_leaf_tells_nothing() -> None:
    with transaction.atomic():
        record(Act.CASE_OPENED, actor=None, subject="case 1")
        record(Act.CASE_OPENED, actor=None, subject="case 1")

    leaves = {bytes(entry.leaf) for entry in Entry.objects.all()}
    assert len(leaves) == 2


def test_entries_and_head_show_nothing_of_their_content() -> None:
    fill(1)

    assert str(Entry.objects.get()) == "entry 1"
    assert str(Head.objects.get()) == "head at 1"
