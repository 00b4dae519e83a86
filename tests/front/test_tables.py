from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.fixtures import Settings

from .conftest import ENVELOPE, Reporter

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]

TABLES = {
    "front_mailbox",
    "front_envelope",
    "front_attachment",
    "front_part",
    "front_courier",
    "front_nonce",
}


def ask(question: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def test_the_migrations_make_what_the_models_say() -> None:
    told = StringIO()

    call_command("makemigrations", "front", check=True, dry_run=True, stdout=told)

    assert "No changes" in told.getvalue()


def test_only_the_front_s_own_tables_exist() -> None:
    assert set(connection.introspection.table_names()) == TABLES | {"django_migrations"}


def test_sqlite_keeps_no_row_numbers_that_would_tell_who_came_first() -> None:
    if connection.vendor == "sqlite":
        made = ask("SELECT sql FROM sqlite_master WHERE name LIKE 'front_%' AND type = 'table'")
        assert len(made) == len(TABLES)
        assert all(str(statement).endswith("WITHOUT ROWID") for (statement,) in made)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("temp_store", 2)],
)
def test_sqlite_flushes_each_commit_and_overwrites_what_is_deleted(
    pragma: str, value: object
) -> None:
    if connection.vendor == "sqlite":
        assert ask(f"PRAGMA {pragma}") == [(value,)]


def test_postgresql_flushes_each_commit_and_clears_what_is_deleted_soon() -> None:
    if connection.vendor == "postgresql":
        options = ask("SELECT reloptions FROM pg_class WHERE relname = 'front_envelope'")
        assert ask("SHOW synchronous_commit") == [("on",)]
        assert options == [
            (["autovacuum_vacuum_scale_factor=0", "autovacuum_vacuum_threshold=50"],)
        ]


def test_postgresql_stops_at_its_budget_and_goes_on_when_there_is_room(
    olha: Reporter, stranger: Reporter, settings: Settings
) -> None:
    settings.TEXT_BYTES = 50 * ENVELOPE
    if connection.vendor != "postgresql":
        return

    statuses = [olha.send(olha.envelope()).status_code for _ in range(60)]
    olha.post("/api/mailbox/delete", olha.key)

    assert set(statuses) == {201, 507}
    assert stranger.send(stranger.envelope()).status_code == 201
