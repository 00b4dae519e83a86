"""The tests that are about stored rows, once more on a real PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

OURS = ("OBERIH_", "DJANGO_")


@pytest.mark.timeout(1500)
@pytest.mark.postgresql
@pytest.mark.skipif("OBERIH_TEST_DATABASE" in os.environ, reason="this is the second run already")
def test_the_desk_keeps_its_promises_on_postgresql() -> None:
    here = Path(__file__).parent
    command = [sys.executable, "-m", "pytest", "-q", "-m", "both_databases", str(here)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    done = subprocess.run(  # noqa: S603  # our own fixed command
        command,
        cwd=here.parent.parent,
        env={**kept, "OBERIH_TEST_DATABASE": "postgresql"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-4000:]
    assert "passed" in done.stdout
