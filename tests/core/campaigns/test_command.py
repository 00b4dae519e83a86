import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from telling import line, varied, words

from oberih.cli.main import main

SCRIPT = words(40, seed=1)


def link(tmp_path: Path, *lines: bytes) -> int:
    source = tmp_path / "messages.jsonl"
    source.write_bytes(b"\n".join(lines))
    return main(["campaigns", "link", str(source), "-o", str(tmp_path / "groups.jsonl")])


def test_every_message_is_written_with_its_group_in_the_order_of_the_input(tmp_path: Path) -> None:
    lines = [line(name, varied(SCRIPT, seed=n)) for n, name in enumerate("cab")]
    code = link(tmp_path, *lines, b"", line("z", " ".join(words(20, seed=9))))

    written = [json.loads(one) for one in (tmp_path / "groups.jsonl").read_text().splitlines()]
    assert code == 0
    assert [(one["id"], one["group"]) for one in written] == [
        *((i, "a") for i in "cab"),
        ("z", "z"),
    ]
    assert set(written[0]["links"][0]) == {"to", "kind", "strength", "why"}


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"{", "it is not JSON"),
        (b"[]", "it is not an object"),
        (b'{"text": "a"}', 'no "id"'),
        (b'{"id": "x"}', 'no "text"'),
        (b'{"id": "a", "text": ""}', "was there before"),
        (b'{"id": "x", "text": "", "at": "yesterday"}', '"at" is not a time'),
        (b'{"id": "x", "text": "", "identifiers": ["?"]}', '"identifiers"'),
        (b'{"id": "\\ud800", "text": ""}', "half a character"),
        (b'\xff{"id": "x"}', "it is not JSON"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: bytes, why: str
) -> None:
    code = link(tmp_path, line("a", "text"), b"", bad)

    error = capsys.readouterr().err
    assert code == 2
    assert error.startswith("oberih: Line 3 cannot be read: ")
    assert why in error
    assert error.count("\n") == 1
    assert not (tmp_path / "groups.jsonl").exists()


def test_an_empty_file_is_bad_input(tmp_path: Path) -> None:
    assert link(tmp_path, b"") == 2


def test_a_missing_file_is_bad_input(tmp_path: Path) -> None:
    assert main(["campaigns", "link", str(tmp_path / "no"), "-o", str(tmp_path / "groups")]) == 2


def test_a_place_that_cannot_be_written_could_not(tmp_path: Path) -> None:
    source = tmp_path / "messages.jsonl"
    source.write_bytes(line("a", "text"))

    assert main(["campaigns", "link", str(source), "-o", str(tmp_path / "no" / "groups")]) == 3


def test_among_many_lines_the_bad_one_is_still_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [line(str(n), " ".join(words(5, seed=n))) for n in range(9_000)]
    code = link(tmp_path, *lines, b"{")

    assert code == 2
    assert "Line 9001 " in capsys.readouterr().err


def test_interrupted_it_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / "groups.jsonl").write_text("older\n")
    os.mkfifo(tmp_path / "messages")
    command = [sys.executable, "-m", "oberih.cli", "campaigns", "link", "messages"]
    with (
        subprocess.Popen([*command, "-o", "groups.jsonl"], cwd=tmp_path) as running,  # noqa: S603  # our own
        (tmp_path / "messages").open("wb", buffering=0) as written,  # waits for the reader
    ):
        written.write(line("a", "text") + b"\n")
        running.send_signal(signal.SIGINT)
        code = running.wait(60)

    assert code == 130
    assert {one.name for one in tmp_path.iterdir()} == {"messages", "groups.jsonl"}
    assert (tmp_path / "groups.jsonl").read_text() == "older\n"
