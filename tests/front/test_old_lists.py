"""Watch lists whose grace is long over leave the front; the one in use stays."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from oberih.core.time import now
from oberih.front import limits
from oberih.front.sweep import forget_lists, sweep


def publish(folder: Path, name: str, *, days: int) -> Path:
    path = folder / "watch-list" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"list")
    at = (now() - timedelta(days=days)).timestamp()
    os.utime(path, (at, at))
    return path


@pytest.mark.django_db
def test_a_list_goes_when_its_time_is_long_over(folder: Path) -> None:
    old = publish(folder / "published", "1/00.bucket", days=limits.LIST_DAYS + 1)
    current = publish(folder / "published", "2/00.bucket", days=9)

    sweep(now=now(), draw=lambda: 1.0)
    forget_lists(folder / "published" / "watch-list", before=now() - timedelta(days=14))

    assert (old.exists(), old.parent.exists(), current.exists()) == (False, False, True)


@pytest.mark.django_db
def test_a_front_without_a_list_sweeps_too(folder: Path) -> None:
    sweep(now=now(), draw=lambda: 1.0)

    assert (folder / "published" / "delegations.note").exists()
