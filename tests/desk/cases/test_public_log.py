"""What the desk publishes stands in the public log first; a desk cannot rewrite the log."""

import json
import logging
from hashlib import sha256

import pytest

from oberih.alerts import public_log
from oberih.alerts.models import LogEntry
from oberih.crypto.notes import Malformed
from oberih.crypto.tiles import unbundled
from oberih.desk import bookkeeping
from tests.desk.desk_cast import Desk

pytestmark = pytest.mark.django_db(transaction=True)


def shown(desk: Desk) -> dict[str, str]:
    """Return each logged file's digest, as a monitor reads them from the front."""
    size = int(desk.front.published["log/checkpoint"].split(b"\n")[1])
    bundle = desk.front.published[f"log/tile/entries/000.p/{size}"]
    entries = [json.loads(entry) for entry in unbundled(bundle, count=size)]
    return {entry["path"]: entry["sha256"] for entry in entries}


def test_every_signed_file_stands_in_the_log(desk: Desk) -> None:
    desk.turn()

    signed = {path for path in desk.front.published if path.endswith(".note")}
    logged = shown(desk)
    assert len(signed) >= 5
    for path in signed:
        assert logged[path] == sha256(desk.front.published[path]).hexdigest()


def test_publishing_everything_again_logs_nothing_twice(desk: Desk) -> None:
    desk.turn()
    size = LogEntry.objects.count()

    bookkeeping.forget_published()
    desk.courier._publish_at = None  # noqa: SLF001  # as a courier that was started again
    desk.turn()

    assert LogEntry.objects.count() == size


def test_a_rewritten_log_is_not_signed_and_warnings_still_go_out(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.turn()
    before = desk.front.published["log/checkpoint"]
    LogEntry.objects.filter(position=0).update(entry=b"forged")
    caplog.set_level(logging.WARNING)

    desk.courier._tools.publisher.front.publish("alerts/new.note", content=b"new")  # noqa: SLF001  # its own front

    assert desk.front.published["log/checkpoint"] == before
    assert desk.front.published["alerts/new.note"] == b"new"
    assert "HistoryChanged" in caplog.text


def test_a_desk_restored_from_a_backup_takes_the_log_back_from_the_front(desk: Desk) -> None:
    desk.turn()
    entries = public_log.all_entries()
    LogEntry.objects.filter(position__gte=2).delete()

    assert public_log.restore(entries) == len(entries) - 2
    assert public_log.all_entries() == entries


def test_what_does_not_begin_like_our_own_log_is_not_taken_over(desk: Desk) -> None:
    desk.turn()
    entries = public_log.all_entries()

    with pytest.raises(Malformed):
        public_log.restore([b"forged", *entries[1:], entries[0]])
    assert public_log.all_entries() == entries
