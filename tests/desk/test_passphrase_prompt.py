"""A person at a terminal has three tries, then the command ends."""

import os
import pty
import sys
from pathlib import Path

import pytest
from running_ring import WORDS

from oberih.core import time
from oberih.keys.making import Places, make_keys
from oberih.keys.passphrase import Passphrase

WRONG = "these are not the seven right words"
CODE = (
    "import sys; from pathlib import Path\n"
    "from oberih.cli.main import main\n"
    "from oberih.cli.unlocking import with_passphrase\n"
    "from oberih.core.errors import OberihError\n"
    "from oberih.keys.making import database_key\n"
    "keys = Path(sys.argv[1]) / 'keys'\n"
    "try:\n"
    "    key = with_passphrase(lambda words: database_key(keys, passphrase=words), None)\n"
    "except OberihError as error:\n"
    "    print(error); sys.exit(error.exit_code)\n"
    "print('unlocked', len(key))\n"
)


def at_a_terminal(data: Path, *, typed: list[str]) -> tuple[int, str]:
    """Type lines at the prompts of a real terminal; return the exit code and what was shown."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ["OBERIH_DATA"] = str(data)
        os.execv(sys.executable, [sys.executable, "-c", CODE, str(data)])  # noqa: S606  # ours
    shown = ""
    waiting = list(typed)
    while part := read_some(terminal):
        shown += part
        if shown.count("Words of the desk's keys:") > len(typed) - len(waiting):
            os.write(terminal, waiting.pop(0).encode() + b"\n")
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown


def read_some(terminal: int) -> str:
    try:
        return os.read(terminal, 4096).decode(errors="replace")
    except OSError:  # a terminal whose program has ended
        return ""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    places = Places(tmp_path / "keys", tmp_path / "offline")
    make_keys(places, passphrase=Passphrase(WORDS), now=time.now())
    return tmp_path


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_three_wrong_passphrases_end_the_command(data: Path) -> None:
    code, shown = at_a_terminal(data, typed=[WRONG] * 3)

    assert code == 2
    assert shown.count("These are not the words.") == 3
    assert WRONG not in shown


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_the_third_try_may_be_the_right_one(data: Path) -> None:
    code, shown = at_a_terminal(data, typed=[WRONG, WRONG, WORDS])

    assert (code, "unlocked 32" in shown) == (0, True)
    assert WORDS not in shown
