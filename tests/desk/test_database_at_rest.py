"""Promises of the desk's database: unreadable without its key, durable, exclusive, quiet."""

import os
import pickle
import secrets
import sqlite3
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.utils import DatabaseError, load_backend
from sqlcipher3 import dbapi2 as sqlcipher

from oberih.core import time
from oberih.sites.databases import postgresql
from oberih.sites.descriptors import RawKey, inherited_key, lend
from oberih.sites.environment import BadSetting
from oberih.staff.models import Member
from oberih.staff.roles import Role
from oberih.staff.services import invite

pytestmark = pytest.mark.skipif(
    "OBERIH_DESK_DATABASE" in os.environ, reason="this is about the encrypted file"
)
NAME = "Олена Вигадана"


def pragma(name: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_no_name_stands_readable_in_the_file_or_beside_it() -> None:
    invite(NAME, role=Role.OFFICER, by=None, now=time.now())
    path = Path(str(connection.settings_dict["NAME"]))

    content = b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))
    assert NAME.encode() not in content
    assert b"SQLite format" not in content
    assert b"audit_entry" not in content
    assert Member.objects.get().name == NAME


@pytest.mark.django_db(transaction=True)
def test_another_key_opens_nothing(tmp_path: Path) -> None:
    Member.objects.count()
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(Path(str(connection.settings_dict["NAME"])).read_bytes())

    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(copy).execute("SELECT * FROM sqlite_master")
    stranger = sqlcipher.connect(str(copy))
    stranger.execute(RawKey(secrets.token_bytes(32)).pragma())
    with pytest.raises(sqlcipher.DatabaseError):
        stranger.execute("SELECT * FROM sqlite_master")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("temp_store", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
    ],
)
def test_a_connection_is_durable_and_leaves_no_trace(name: str, value: object) -> None:
    assert pragma(name) == value


@pytest.mark.django_db
def test_cyrillic_is_found_whatever_its_case() -> None:
    invite(NAME, role=Role.OFFICER, by=None, now=time.now())

    found = Member.objects.extra(where=["casefold(name) = %s"], params=[NAME.casefold()])
    assert found.count() == 1


@pytest.mark.django_db
def test_a_percent_sign_and_a_named_parameter_reach_the_database_unchanged() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT '100%%', %s", ["50%"])
        assert cursor.fetchone() == ("100%", "50%")
        cursor.execute("SELECT %(b)s, %(a)s", {"a": 1, "b": 2})
        assert cursor.fetchone() == (2, 1)
        cursor.execute("SELECT '%'")
        assert cursor.fetchone() == ("%",)


@pytest.mark.django_db
def test_an_error_of_the_database_is_one_of_djangos() -> None:
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere")


def test_the_stock_backend_is_not_patched() -> None:
    stock = load_backend("django.db.backends.sqlite3").DatabaseWrapper

    assert stock.Database is sqlite3.dbapi2
    assert stock is not type(connections["default"])


def test_the_key_shows_itself_nowhere() -> None:
    key = secrets.token_bytes(32)
    raw = RawKey(key)

    assert key.hex() not in f"{raw!r} {raw} {connection.settings_dict}"
    with pytest.raises(TypeError):
        pickle.dumps(raw)


def test_the_key_is_in_no_environment_and_no_argument() -> None:
    descriptor = int(os.environ["OBERIH_DESK_KEY_FD"])
    key = os.pread(descriptor, 32, 0)

    places = [Path("/proc/self/environ").read_bytes(), Path("/proc/self/cmdline").read_bytes()]
    assert len(key) == 32
    assert all(key not in place and key.hex().encode() not in place for place in places)


def test_a_key_lent_through_a_pipe_is_read_again_by_a_forked_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = secrets.token_bytes(32)
    reading, writing = os.pipe()
    os.write(writing, key)
    os.close(writing)
    monkeypatch.setenv("OBERIH_TEST_KEY_FD", str(reading))

    assert inherited_key("OBERIH_TEST_KEY_FD").pragma() == RawKey(key).pragma()
    assert inherited_key("OBERIH_TEST_KEY_FD").pragma() == RawKey(key).pragma()


@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 33])
def test_a_key_of_another_length_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setenv("OBERIH_TEST_KEY_FD", str(lend(content)))

    with pytest.raises(BadSetting):
        inherited_key("OBERIH_TEST_KEY_FD")


@pytest.mark.parametrize("value", ["-1", "x", "9999", ""])
def test_a_missing_key_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("OBERIH_TEST_KEY_FD", value)

    with pytest.raises(BadSetting):
        inherited_key("OBERIH_TEST_KEY_FD")


@pytest.mark.parametrize("address", ["", "mysql://x/y", "postgresql://host", "x"])
def test_an_odd_database_address_stops_the_start_without_being_shown(address: str) -> None:
    with pytest.raises(BadSetting) as refused:
        postgresql(address, setting="OBERIH_DESK_DATABASE")
    assert not address or address not in str(refused.value).replace("postgresql://user", "")
