"""Promises of changed words: the old ones open nothing, and the desk loses nothing by it."""

import hashlib
from pathlib import Path

import pytest

from oberih.core import canonical
from oberih.core.time import now
from oberih.front.models import Mailbox
from oberih.front.sweep import sweep

from .conftest import CHUNK, Courier, Reporter

pytestmark = pytest.mark.both_databases


def always() -> float:
    return 0.0


def name_of(envelope: bytes) -> str:
    return hashlib.sha256(envelope).hexdigest()


def test_the_old_words_show_no_reply_and_no_message(olha: Reporter, courier: Courier) -> None:
    report, reply = olha.envelope(), olha.envelope(direction=1)
    olha.send(report)
    courier.post("deliver", reply)

    answer = courier.empty(olha.mailbox)

    assert answer.json() == {"acknowledged": True}
    assert olha.listed() == []
    assert [olha.fetched(one)[:16] for one in (report, reply)] == [bytes(16)] * 2


def test_an_emptied_mailbox_lists_the_same_bytes_as_an_absent_one(
    olha: Reporter, stranger: Reporter, courier: Courier
) -> None:
    olha.send(olha.envelope())
    courier.empty(olha.mailbox)

    emptied = olha.post("/api/mailbox/list", olha.key)
    absent = stranger.post("/api/mailbox/list", stranger.key)

    assert (emptied.status_code, emptied.content) == (absent.status_code, absent.content)
    assert dict(emptied.headers) == dict(absent.headers)


def test_other_mailboxes_keep_what_they_have(
    olha: Reporter, stranger: Reporter, courier: Courier
) -> None:
    for one in (olha, stranger):
        one.send(one.envelope())

    courier.empty(olha.mailbox)

    assert len(stranger.listed()) == 1


def test_nothing_is_written_into_it_with_the_old_words(olha: Reporter, courier: Courier) -> None:
    olha.send(olha.envelope())
    courier.empty(olha.mailbox)

    sent = olha.send(olha.envelope())
    announced = olha.announce(hashlib.sha256(b"file").digest(), chunks=1)

    assert (sent.status_code, announced.status_code) == (404, 404)


def test_a_late_reply_is_refused(olha: Reporter, courier: Courier) -> None:
    olha.send(olha.envelope())
    courier.empty(olha.mailbox)

    answer = courier.post("deliver", olha.envelope(direction=1))

    assert answer.json()["delivered"] == []


def test_what_the_desk_has_not_collected_is_still_given_to_it(
    olha: Reporter, courier: Courier
) -> None:
    envelope = olha.envelope()
    olha.send(envelope)
    attachment = olha.attach([bytes(CHUNK)])

    courier.empty(olha.mailbox)

    record = olha.mailbox + attachment + (1).to_bytes(4)
    assert courier.collect() == [(1, hashlib.sha256(envelope).digest() + envelope), (2, record)]


def test_a_restored_desk_is_offered_again_what_no_backup_has(
    olha: Reporter, courier: Courier
) -> None:
    envelope = olha.envelope()
    olha.send(envelope)
    courier.acknowledge(filed=[name_of(envelope)])
    courier.empty(olha.mailbox)

    courier.fence = 2

    assert [content[32:] for _, content in courier.collect()] == [envelope]


def test_the_desk_is_not_told_that_its_owner_deleted_it(olha: Reporter, courier: Courier) -> None:
    olha.send(olha.envelope())
    courier.empty(olha.mailbox)

    olha.post("/api/mailbox/delete", olha.key)

    assert [kind for kind, _ in courier.collect()] == [1]


def test_a_deletion_by_its_owner_is_still_told(olha: Reporter, courier: Courier) -> None:
    olha.send(olha.envelope())
    olha.post("/api/mailbox/delete", olha.key)

    courier.empty(olha.mailbox)

    assert courier.collect() == [(3, olha.mailbox)]


def test_everything_goes_after_the_backup_and_the_tombstone_stays(
    olha: Reporter, courier: Courier, folder: Path
) -> None:
    envelope = olha.envelope()
    olha.send(envelope)
    attachment = olha.attach([bytes(CHUNK)])
    courier.empty(olha.mailbox)

    courier.acknowledge(backed_up=[name_of(envelope), attachment.hex(), olha.mailbox.hex()])
    sweep(now=now(), draw=always)

    assert courier.collect() == []
    assert list((folder / "parts").iterdir()) == []
    assert Mailbox.objects.get().token_hash == ""
    assert olha.send(olha.envelope()).status_code == 404


def test_chunks_of_an_unfinished_attachment_go_at_once(
    olha: Reporter, courier: Courier, folder: Path
) -> None:
    olha.send(olha.envelope())
    attachment = hashlib.sha256(bytes(2 * CHUNK)).digest()
    olha.announce(attachment, chunks=2)
    olha.put(attachment, index=0, chunk=bytes(CHUNK))

    courier.empty(olha.mailbox)
    sweep(now=now(), draw=lambda: 0.99)

    assert list((folder / "parts").iterdir()) == []


def test_emptying_an_absent_mailbox_or_twice_is_no_error(olha: Reporter, courier: Courier) -> None:
    absent = courier.empty(olha.mailbox)
    olha.send(olha.envelope())

    answers = [courier.empty(olha.mailbox) for _ in range(2)]

    assert {answer.status_code for answer in (absent, *answers)} == {200}
    assert olha.listed() == []


@pytest.mark.parametrize("ids", ["x", ["x"], [1], ["A" * 64], ["0" * 64] * 2001])
def test_only_ids_are_emptied(courier: Courier, ids: object) -> None:
    body = {"backed_up": [], "emptied": ids, "filed": []}

    answer = courier.post("acknowledge", canonical.encode(body))  # type: ignore[arg-type]  # on purpose

    assert answer.status_code == 400
