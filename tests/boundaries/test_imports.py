"""Guard 1 of 3: no import of the front reaches the desk. It misses names that are only text."""

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


def test_nothing_of_the_front_imports_the_desk_or_its_keys() -> None:
    told = lint(ROOT / "src").stdout.decode()

    assert f"{CONTRACT} KEPT" in told


@pytest.mark.parametrize("inner", ["desk", "keys", "staff", "audit", "sandbox", "client"])
def test_the_guard_sees_such_an_import_even_deep_inside(copied: Path, inner: str) -> None:
    with (copied / "oberih" / "core" / "time.py").open("a") as core:
        core.write(f"\n\ndef lazily() -> None:\n    import oberih.{inner}\n")

    done = lint(copied)

    assert done.returncode != 0
    assert f"{CONTRACT} BROKEN" in done.stdout.decode()
