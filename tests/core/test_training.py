"""A folder is for training or for real work from its first day, and training sends nothing."""

from pathlib import Path

import pytest

from oberih.cli import main
from oberih.cli.process import OUTWARD
from oberih.cli.train_cases import scenarios
from oberih.system.training import (
    FolderIsForTraining,
    FolderIsReal,
    TrainingSendsNothing,
    is_training,
    mark_for_training,
    require_real,
    require_sending,
)

ASKED = (
    "minor", "did something", "Bereaved", "impostor", "crisis", "parcel", "Kin in dispute",
    "returned prisoner", "journalist", "flood of fakes",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _the_environment_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBERIH_DATA", "")


def test_a_real_folder_never_becomes_one_for_training(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()

    with pytest.raises(FolderIsReal):
        mark_for_training(tmp_path)
    assert not is_training(tmp_path)


def test_a_folder_for_training_stays_one(tmp_path: Path) -> None:
    mark_for_training(tmp_path / "training")
    mark_for_training(tmp_path / "training")

    with pytest.raises(FolderIsForTraining):
        require_real(tmp_path / "training")
    with pytest.raises(TrainingSendsNothing):
        require_sending(tmp_path / "training")


@pytest.mark.parametrize("name", OUTWARD)
def test_no_process_that_sends_starts_in_it(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mark_for_training(tmp_path)

    assert main.main(["process", name, "--data", str(tmp_path)]) == 3
    assert "for training" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["up", "demo"])
def test_neither_the_real_desk_nor_the_demo_starts_in_it(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mark_for_training(tmp_path)

    assert main.main([command, "--data", str(tmp_path)]) == 3
    assert "oberih train" in capsys.readouterr().err


@pytest.mark.parametrize("name", ASKED)
def test_every_scenario_that_was_asked_for_is_there(name: str) -> None:
    (*found,) = (one for one in scenarios() if name in one.name)

    assert found
    assert all(one.learn for one in found)
