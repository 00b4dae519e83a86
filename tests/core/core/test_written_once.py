from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from oberih.system.private_files import written_once

STARTING = 16


def test_all_who_start_together_get_the_secret_of_the_first(tmp_path: Path) -> None:
    place = tmp_path / "desk" / "secret"

    def start(number: int) -> bytes:
        return written_once(place, content=f"secret {number}".encode())

    with ThreadPoolExecutor(STARTING) as processes:
        read = set(processes.map(start, range(STARTING)))

    assert read == {place.read_bytes()}
    assert read != {b""}


def test_what_stands_there_is_kept(tmp_path: Path) -> None:
    written_once(tmp_path / "secret", content=b"first")

    assert written_once(tmp_path / "secret", content=b"second") == b"first"


def test_nothing_else_is_left_and_only_the_owner_reads_it(tmp_path: Path) -> None:
    written_once(tmp_path / "secret", content=b"first")

    assert [one.name for one in tmp_path.iterdir()] == ["secret"]
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
