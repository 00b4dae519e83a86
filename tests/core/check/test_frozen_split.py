"""The split that figures are reported on stays as it was frozen."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_frozen_split_is_unchanged() -> None:
    done = subprocess.run(  # our own script
        [sys.executable, "corpus/freeze.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
