"""Guard 2 of 3: a front or look-up that has loaded a package of the desk does not start.

It sees what is only text in the settings; it misses imports that come later.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PREPARE = "from oberih.front.application import prepare; prepare()"
INNER = ("desk", "keys", "staff", "audit", "alerts", "sandbox", "client")


def prepare(data: Path, *, before: str = "") -> subprocess.CompletedProcess[bytes]:
    settings = {"OBERIH_DATA": str(data), "DJANGO_SETTINGS_MODULE": "oberih.sites.front"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OBERIH_")}
    return subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", before + PREPARE],
        env={**kept, **settings},
        capture_output=True,
        check=False,
    )


def test_a_front_starts_without_any_package_of_the_desk(tmp_path: Path) -> None:
    told = "import atexit, sys; atexit.register(lambda: print(*sys.modules)); "

    done = prepare(tmp_path, before=told)

    loaded = {name.split(".")[1] for name in done.stdout.decode().split() if "oberih." in name}
    assert done.returncode == 0, done.stderr
    assert "front" in loaded
    assert not loaded & set(INNER)


@pytest.mark.parametrize("inner", INNER)
def test_a_front_that_has_loaded_one_does_not_start(tmp_path: Path, inner: str) -> None:
    done = prepare(tmp_path, before=f"import oberih.{inner}; ")

    assert done.returncode != 0
    assert b"InnerPackageLoaded" in done.stderr


def test_a_package_named_only_as_text_in_the_settings_is_seen(tmp_path: Path) -> None:
    named = "import oberih.sites.front as front; front.INSTALLED_APPS += ['oberih.audit']; "

    done = prepare(tmp_path, before=named)

    assert b"InnerPackageLoaded" in done.stderr


@pytest.mark.parametrize("other", ["django.contrib.admin", "django.contrib.auth", "sqlcipher3"])
def test_a_front_loads_no_accounts_and_no_desk_database(tmp_path: Path, other: str) -> None:
    told = f"import atexit, sys; atexit.register(lambda: print({other!r} in sys.modules)); "

    done = prepare(tmp_path, before=told)

    assert done.stdout == b"False\n"


OPEN_KEYS = """
from pathlib import Path
from oberih.core.time import now
from oberih.lookup.credential import KeyPlaces
from oberih.lookup.serve import Place, opened_keys
folder = Path({folder!r})
opened_keys(Place(folder, "127.0.0.1", 9, now), service_key=KeyPlaces(None, None, folder))
"""


def open_keys(data: Path, *, before: str = "") -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OBERIH_")}
    program = before + OPEN_KEYS.format(folder=str(data))
    command = [sys.executable, "-c", program]
    return subprocess.run(command, env=kept, capture_output=True, check=False)  # noqa: S603  # our own command


def test_a_look_up_starts_without_desk_front_framework_and_database(tmp_path: Path) -> None:
    told = "import atexit, sys; atexit.register(lambda: print(*sys.modules)); "

    done = open_keys(tmp_path, before=told + "import oberih.sites.lookup; ")

    names = done.stdout.decode().split()
    loaded = {name.split(".")[1] for name in names if "oberih." in name}
    assert done.returncode == 0, done.stderr
    assert "lookup" in loaded
    assert not loaded & {*INNER, "front"}
    assert not {"django", "sqlite3", "psycopg", "sqlcipher3"} & set(names)


@pytest.mark.parametrize("inner", [*INNER, "front"])
def test_a_look_up_that_has_loaded_one_does_not_start(tmp_path: Path, inner: str) -> None:
    done = open_keys(tmp_path, before=f"import oberih.{inner}; ")

    assert done.returncode != 0
    assert b"InnerPackageLoaded" in done.stderr


def test_a_front_that_has_loaded_the_look_up_does_not_start(tmp_path: Path) -> None:
    done = prepare(tmp_path, before="import oberih.lookup; ")

    assert b"InnerPackageLoaded" in done.stderr
