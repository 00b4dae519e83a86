"""An operator asks what is wrong with a machine and is told what to do."""

from pathlib import Path

from tests.journeys.whole import run


def test_a_folder_that_others_can_enter_is_wrong_and_the_cure_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)

    done = run("doctor", data=tmp_path)

    assert done.returncode == 3
    assert "chmod 700" in done.stdout


def test_a_machine_without_keys_is_told_how_to_make_them(tmp_path: Path) -> None:
    done = run("doctor", data=tmp_path)

    assert done.returncode == 0
    assert "oberih desk keys new" in done.stdout
