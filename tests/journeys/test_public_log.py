"""Anyone may watch an operator's public log with one command; a front that lies is noticed."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.demo import Demo
from tests.journeys.whole import run

if TYPE_CHECKING:
    import subprocess


@pytest.fixture
def state(demo: Demo, tmp_path: Path) -> Path:
    """Let a monitor look once, while the front is honest."""
    seen = tmp_path / "seen.json"
    first = monitor(demo, seen)
    assert first.returncode == 0, first.stdout + first.stderr
    return seen


def monitor(demo: Demo, state: Path) -> "subprocess.CompletedProcess[str]":
    words = ("log", "monitor", "--front", demo.front, "--state", str(state))
    return run(*words, data=demo.data)


def published(demo: Demo, path: str) -> Path:
    return demo.data / "front" / "published" / path


def test_an_honest_log_is_whole_and_holds_all_that_is_shown(demo: Demo, state: Path) -> None:
    again = monitor(demo, state)

    assert again.returncode == 0
    assert "0 of them new" in again.stdout
    assert "alerts/" in state.read_text()


def test_a_warning_that_was_exchanged_on_the_front_is_noticed(demo: Demo, state: Path) -> None:
    note = next(published(demo, "alerts").glob("*.note"))
    genuine = note.read_bytes()
    for file in (note, note.with_name(note.name + ".br")):
        file.unlink(missing_ok=True)
    note.write_bytes(genuine + b"\n")

    found = monitor(demo, state)
    note.write_bytes(genuine)

    assert found.returncode == 1
    assert "does not stand in the public log" in found.stdout


def test_a_past_that_was_changed_is_noticed(demo: Demo, state: Path) -> None:
    remembered = json.loads(state.read_text())
    state.write_text(json.dumps({**remembered, "root": "0" * 64}))

    found = monitor(demo, state)

    assert found.returncode == 1
    assert "has been changed" in found.stdout


def test_a_memory_that_is_none_is_said_in_one_sentence(demo: Demo, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{}")

    found = monitor(demo, broken)

    assert found.returncode == 2
    assert found.stderr.count("\n") == 1
