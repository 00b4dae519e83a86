"""Whether a data folder is for training: a mark that is laid into it once and never taken out.

A folder is for training or for real work from its first day. The mark lies in the folder, not in
the environment, so that no command can forget it.
"""

from pathlib import Path

from oberih.core.errors import CouldNot
from oberih.system.private_files import make_private_folder, write_whole

MARK = "training"


class TrainingSendsNothing(CouldNot):
    """This desk is for training: nothing is collected, sent or published from it."""


class FolderIsReal(CouldNot):
    """This folder holds a real desk: training needs a folder of its own (--data DIR)."""


class FolderIsForTraining(CouldNot):
    """This folder is for training: start it with `oberih train`."""


def is_training(data: Path) -> bool:
    """Tell whether the folder is for training."""
    return (data / MARK).exists()


def mark_for_training(data: Path) -> None:
    """Make the folder one for training; raises FolderIsReal when anything lies in it already."""
    if is_training(data):
        return
    if data.exists() and any(data.iterdir()):
        raise FolderIsReal
    make_private_folder(data)
    write_whole(data / MARK, content=b"Invented cases only. Nothing leaves this folder.\n")


def require_real(data: Path) -> None:
    """Raise FolderIsForTraining unless real work may be done in the folder."""
    if is_training(data):
        raise FolderIsForTraining


def require_sending(data: Path) -> None:
    """Raise TrainingSendsNothing in a folder for training."""
    if is_training(data):
        raise TrainingSendsNothing
