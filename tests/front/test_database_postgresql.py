import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ["-m", "pytest", "-q", "-m", "both_databases", "tests/front"]


@pytest.mark.timeout(1500)
def test_all_promises_about_stored_rows_hold_on_a_real_postgresql() -> None:
    environment = {**os.environ, "OBERIH_TEST_DATABASE": "postgresql"}
    del environment["DJANGO_SETTINGS_MODULE"]  # else it would be read before its own conftest
    done = subprocess.run(  # noqa: S603  # our own fixed command
        [sys.executable, *COMMAND], cwd=ROOT, env=environment, capture_output=True, check=False
    )

    told = done.stdout.decode()
    assert done.returncode == 0, told
    assert " passed" in told
    assert "skipped" not in told
