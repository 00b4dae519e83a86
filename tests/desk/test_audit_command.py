"""`oberih audit verify`, as an operator runs it: 0 whole, 1 broken at a place, 3 locked."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from running_ring import WORDS

from oberih.core import time
from oberih.keys.making import Places, database_key, make_keys
from oberih.keys.passphrase import Passphrase
from oberih.sites.descriptors import lend

FILL = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection, transaction
from oberih.audit.acts import Act
from oberih.audit.services import record
call_command("migrate", verbosity=0)
with transaction.atomic():
    for number in range(20):
        record(Act.CASE_OPENED, actor=None, subject=f"case {number}")
"""
BREAK = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("DROP TRIGGER audit_entry_never_changes")
    cursor.execute("UPDATE audit_entry SET event = replace(event, 'case 6', 'case 9') "
                   "WHERE position = 7")
"""
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("OBERIH_")}


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk's data folder with keys and twenty acts."""

    data: Path

    def run(self, code: str) -> None:
        """Run code in a process that the desk's key was lent to."""
        words = Passphrase(WORDS)
        key = lend(database_key(self.data / "keys", passphrase=words))
        settings = {"OBERIH_DATA": str(self.data), "OBERIH_DESK_KEY_FD": str(key)}
        settings |= {"DJANGO_SETTINGS_MODULE": "oberih.sites.desk"}
        command = [sys.executable, "-c", code]
        subprocess.run(command, env=CLEAN | settings, pass_fds=(key,), check=True)  # noqa: S603  # ours

    def verify(self, words: str | None) -> subprocess.CompletedProcess[str]:
        """Run the command, with the words on a descriptor or without any."""
        reading, writing = os.pipe()
        os.write(writing, (words or "").encode() + b"\n")
        os.close(writing)
        command = [sys.executable, "-m", "oberih.cli", "audit", "verify", "--data", str(self.data)]
        if words is not None:
            command += ["--passphrase-fd", str(reading)]
        try:
            return subprocess.run(  # noqa: S603  # our own command
                command,
                env=CLEAN,
                pass_fds=(reading,),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            os.close(reading)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    places = Places(tmp_path / "keys", tmp_path / "offline")
    make_keys(places, passphrase=Passphrase(WORDS), now=time.now())
    desk = Desk(tmp_path)
    desk.run(FILL)
    return desk


def test_a_whole_audit_is_said_so_with_its_length(desk: Desk) -> None:
    done = desk.verify(WORDS)

    assert (done.returncode, done.stderr) == (0, "")
    assert "20 entries, 0 erased" in done.stdout


def test_a_broken_audit_is_refused_at_its_place(desk: Desk) -> None:
    desk.run(BREAK)
    done = desk.verify(WORDS)

    assert done.returncode == 1
    assert "position 7" in done.stderr
    assert "case" not in done.stderr


def test_without_the_words_the_audit_stays_locked(desk: Desk) -> None:
    done = desk.verify(None)

    assert done.returncode == 3
    assert "locked" in done.stderr


def test_wrong_words_are_said_so_in_one_sentence(desk: Desk) -> None:
    done = desk.verify("these are not the seven right words")

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_the_demo_needs_no_words(desk: Desk) -> None:
    (desk.data / "root").mkdir()
    (desk.data / "root" / "passphrase").write_text(WORDS)

    assert desk.verify(None).returncode == 0
