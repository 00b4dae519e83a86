"""Guard 1 of 3: no import of front or look-up reaches the desk. It misses names that are text."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")
CONTRACT = "Nothing that faces the internet can reach the desk or its keys"


def lint(source: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603  # our own command
        [LINT, "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=source.parent,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        check=False,
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    rubbish = shutil.ignore_patterns("__pycache__", "static")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=rubbish)
    return tmp_path / "src"


LOOKUP_CONTRACT = "The look-up has no framework and no database"


def test_nothing_of_the_front_imports_the_desk_or_its_keys() -> None:
    told = lint(ROOT / "src").stdout.decode()

    assert f"{CONTRACT} KEPT" in told
    assert f"{LOOKUP_CONTRACT} KEPT" in told


@pytest.mark.parametrize("inner", ["desk", "keys", "staff", "audit", "sandbox", "client"])
def test_the_guard_sees_such_an_import_even_deep_inside(copied: Path, inner: str) -> None:
    with (copied / "oberih" / "core" / "time.py").open("a") as core:
        core.write(f"\n\ndef lazily() -> None:\n    import oberih.{inner}\n")

    done = lint(copied)

    assert done.returncode != 0
    assert f"{CONTRACT} BROKEN" in done.stdout.decode()


@pytest.mark.parametrize("inner", ["desk", "keys", "audit", "client"])
def test_the_guard_sees_such_an_import_in_the_look_up(copied: Path, inner: str) -> None:
    with (copied / "oberih" / "lookup" / "budget.py").open("a") as budget:
        budget.write(f"\n\ndef lazily() -> None:\n    import oberih.{inner}\n")

    assert f"{CONTRACT} BROKEN" in lint(copied).stdout.decode()


@pytest.mark.parametrize("other", ["django.db", "sqlite3", "oberih.front.models"])
def test_the_guard_sees_a_framework_a_database_or_the_front_in_the_look_up(
    copied: Path, other: str
) -> None:
    with (copied / "oberih" / "lookup" / "public.py").open("a") as public:
        public.write(f"\n\ndef lazily() -> None:\n    import {other}\n")

    assert f"{LOOKUP_CONTRACT} BROKEN" in lint(copied).stdout.decode()
