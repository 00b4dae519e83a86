"""Promises of the backup: encrypted, whole, and only then may the front forget."""

import os
from pathlib import Path

import pytest
from desk_cast import Desk, Family
from django.db import connection

from oberih.desk.backup import KEPT, BackupFailed
from oberih.desk.courier_models import Taken

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("OBERIH_TEST_DATABASE" in os.environ, reason="there the operator backs up"),
]


def test_the_front_forgets_only_after_a_backup(desk: Desk, olha: Family) -> None:
    olha.send()
    desk.turn()
    assert len(desk.front.envelopes) == 1

    desk.courier.back_up(now=desk.now)

    assert desk.front.envelopes == {}
    assert Taken.objects.get().is_settled


def test_a_backup_is_encrypted_and_opens_with_the_same_key(desk: Desk, olha: Family) -> None:
    olha.send("таємне слово")
    desk.turn()

    desk.courier.back_up(now=desk.now)

    [copy] = (desk.data / "backups").glob("desk-*.sqlite3")
    assert "таємне слово".encode() not in copy.read_bytes()
    assert count_messages(copy) == 2


def test_only_the_newest_backups_are_kept(desk: Desk) -> None:
    for _ in range(KEPT + 2):
        desk.later(minutes=10)
        desk.courier.back_up(now=desk.now)

    assert len(list((desk.data / "backups").glob("desk-*.sqlite3"))) == KEPT


def test_a_backup_that_could_not_be_written_acknowledges_nothing(desk: Desk, olha: Family) -> None:
    olha.send()
    desk.turn()
    (desk.data / "backups").write_text("a file where the folder should be")

    with pytest.raises(BackupFailed):
        desk.courier.back_up(now=desk.now)

    assert len(desk.front.envelopes) == 1


def count_messages(copy: Path) -> int:
    """Open a backup with the database's key and count its messages."""
    opened = type(connection.connection)(str(copy))
    opened.execute(connection.settings_dict["OPTIONS"]["key"].pragma())
    return int(opened.execute("SELECT count(*) FROM desk_message").fetchone()[0])
