"""The splits that figures are reported on stay as they were frozen."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from oberih.check.figures import Split, frozen_splits

ROOT = Path(__file__).resolve().parents[3]


def test_the_frozen_split_is_unchanged() -> None:
    done = subprocess.run(  # our own script
        [sys.executable, "corpus/freeze.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("split", frozen_splits(), ids=lambda split: split.hand)
def test_every_frozen_split_has_the_files_of_its_checksums(split: Split) -> None:
    written = (split.folder.parent / "SHA256SUMS").read_text().splitlines()

    files = [path for path in sorted(split.folder.iterdir()) if path.is_file()]

    assert sorted(written) == sorted(
        f"{sha256(path.read_bytes()).hexdigest()}  test/{path.name}" for path in files
    )
