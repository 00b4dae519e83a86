"""Promises of the bell: who waits wakes at once, and nobody fails when nobody waits."""

import threading
import time
from pathlib import Path

from oberih.system.bell import Bell, ring

LONG = 60.0


def test_who_waits_wakes_when_it_is_rung(tmp_path: Path) -> None:
    place = tmp_path / "bell"
    with Bell(place) as bell:
        threading.Timer(0.05, ring, [place]).start()
        began = time.monotonic()

        bell.wait(LONG)

        assert time.monotonic() - began < LONG / 2


def test_what_was_rung_before_the_wait_counts_too(tmp_path: Path) -> None:
    place = tmp_path / "bell"
    with Bell(place) as bell:
        ring(place)
        began = time.monotonic()

        bell.wait(LONG)

        assert time.monotonic() - began < LONG / 2


def test_a_thousand_rings_are_one(tmp_path: Path) -> None:
    place = tmp_path / "bell"
    with Bell(place) as bell:
        for _ring in range(1_000):
            ring(place)
        bell.wait(LONG)
        began = time.monotonic()

        bell.wait(0.2)

        assert time.monotonic() - began >= 0.15


def test_ringing_where_nobody_waits_does_nothing(tmp_path: Path) -> None:
    ring(tmp_path / "bell")

    assert not (tmp_path / "bell").exists()
