"""The root's yearly word on the keys, by command; keys of an older version get what is new."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from oberih.core import time
from oberih.crypto.notes import Purpose
from oberih.crypto.trust import verify_delegations
from oberih.keys.making import Places, make_keys
from oberih.keys.passphrase import Passphrase

WORDS = "seven invented words for this one test"


def renew(data: Path) -> "subprocess.CompletedProcess[str]":
    credentials = data / "credentials"
    credentials.mkdir(exist_ok=True)
    (credentials / "oberih-passphrase").write_text(WORDS)
    return subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "oberih.cli", "desk", "--data", str(data), "keys", "renew"],
        env={**os.environ, "CREDENTIALS_DIRECTORY": str(credentials)},
        capture_output=True,
        text=True,
        check=False,
    )


def made(data: Path, *, days_ago: int) -> Places:
    places = Places(data / "keys", data / "root")
    make_keys(places, passphrase=Passphrase(WORDS), now=time.now() - timedelta(days=days_ago))
    return places


def test_keys_of_an_older_version_are_named_for_another_year(tmp_path: Path) -> None:
    places = made(tmp_path, days_ago=360)
    (places.keys / "secrets" / "sign-log").unlink()

    done = renew(tmp_path)

    assert done.returncode == 0, done.stderr
    root = bytes.fromhex((places.keys / "root.pub").read_text())
    note = (places.keys / "delegations.note").read_bytes()
    named = verify_delegations(note, root=root, now=time.now() + timedelta(days=300))
    assert len(named.key(Purpose.LOG)) == 32


def test_without_the_offline_root_it_says_what_to_bring(tmp_path: Path) -> None:
    places = made(tmp_path, days_ago=0)
    (places.root / "root.key").unlink()

    done = renew(tmp_path)

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "bring the medium" in done.stderr
