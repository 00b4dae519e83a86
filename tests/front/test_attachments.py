import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from oberih.core.time import now
from oberih.front.sweep import sweep

from .conftest import CHUNK, Courier, Reporter

pytestmark = pytest.mark.both_databases


def chunks_of(count: int) -> list[bytes]:
    return [secrets.token_bytes(CHUNK) for _ in range(count)]


def never() -> float:
    return 1.0


def test_an_attachment_needs_an_accepted_envelope_first(olha: Reporter) -> None:
    answer = olha.announce(bytes(32), chunks=1)

    assert answer.status_code == 404
    assert answer.json()["error"] == "mailbox"


def test_a_whole_attachment_reaches_the_courier(olha: Reporter, courier: Courier) -> None:
    olha.send(olha.envelope())
    chunks = chunks_of(2)

    attachment = olha.attach(chunks)

    announced = [content for kind, content in courier.collect() if kind == 2]
    wanted = b'{"id":"%s","index":1}' % attachment.hex().encode()
    assert announced == [olha.mailbox + attachment + (2).to_bytes(4)]
    assert courier.post("attachment", wanted).content == chunks[1]


def test_an_upload_that_was_cut_off_goes_on_where_it_stopped(olha: Reporter) -> None:
    olha.send(olha.envelope())
    chunks = chunks_of(4)
    attachment = hashlib.sha256(b"".join(chunks)).digest()
    olha.announce(attachment, chunks=4)
    for index in (0, 2):
        olha.put(attachment, index=index, chunk=chunks[index])

    again = olha.announce(attachment, chunks=4)

    assert again.json() == {"have": [0, 2]}


def test_a_chunk_sent_twice_changes_nothing(olha: Reporter, courier: Courier) -> None:
    olha.send(olha.envelope())
    chunks = chunks_of(1)
    attachment = olha.attach(chunks)

    again = olha.put(attachment, index=0, chunk=secrets.token_bytes(CHUNK))

    wanted = b'{"id":"%s","index":0}' % attachment.hex().encode()
    assert again.status_code == 201
    assert courier.post("attachment", wanted).content == chunks[0]


def test_an_unfinished_attachment_is_not_given_to_the_courier(
    olha: Reporter, courier: Courier
) -> None:
    olha.send(olha.envelope())
    chunks = chunks_of(2)
    attachment = hashlib.sha256(b"".join(chunks)).digest()
    olha.announce(attachment, chunks=2)
    olha.put(attachment, index=0, chunk=chunks[0])

    wanted = b'{"id":"%s","index":0}' % attachment.hex().encode()
    assert [kind for kind, _ in courier.collect()] == [1]
    assert courier.post("attachment", wanted).status_code == 404


def test_parts_that_are_not_the_announced_file_are_forgotten(olha: Reporter) -> None:
    olha.send(olha.envelope())
    olha.announce(bytes(32), chunks=1)

    answer = olha.put(bytes(32), index=0, chunk=secrets.token_bytes(CHUNK))

    assert answer.status_code == 409
    assert answer.json()["error"] == "attachment-hash"
    assert olha.announce(bytes(32), chunks=1).json() == {"have": []}


def test_a_sixth_attachment_waits_until_the_desk_has_one(olha: Reporter, courier: Courier) -> None:
    olha.send(olha.envelope())
    ids = [olha.attach(chunks_of(1)) for _ in range(5)]

    refused = olha.announce(bytes(32), chunks=1)
    courier.acknowledge(filed=[ids[0].hex()])

    assert (refused.status_code, refused.json()["error"]) == (409, "attachments")
    assert olha.announce(bytes(32), chunks=1).status_code == 200


@pytest.mark.parametrize("chunks", [0, 3, 257, 512, 2**32 - 1])
def test_only_powers_of_two_up_to_256_chunks_are_taken(olha: Reporter, chunks: int) -> None:
    olha.send(olha.envelope())

    assert olha.announce(bytes(32), chunks=chunks).status_code == 400


def test_a_number_beyond_the_announced_chunks_is_refused(olha: Reporter) -> None:
    olha.send(olha.envelope())
    olha.announce(bytes(32), chunks=2)

    assert olha.put(bytes(32), index=2, chunk=bytes(CHUNK)).status_code == 400
    assert olha.put(bytes(32), index=256, chunk=bytes(CHUNK)).status_code == 400


def test_the_same_attachment_cannot_change_its_size(olha: Reporter) -> None:
    olha.send(olha.envelope())
    olha.announce(bytes(32), chunks=2)

    assert olha.announce(bytes(32), chunks=4).status_code == 400


def test_a_chunk_without_an_announcement_is_refused(olha: Reporter) -> None:
    olha.send(olha.envelope())

    answer = olha.put(bytes(32), index=0, chunk=bytes(CHUNK))

    assert (answer.status_code, answer.json()["error"]) == (404, "attachment")


def test_a_stranger_can_neither_announce_nor_add_a_chunk(
    olha: Reporter, stranger: Reporter
) -> None:
    olha.send(olha.envelope())
    olha.announce(bytes(32), chunks=1)
    key = stranger.token + olha.mailbox + bytes(32)

    announced = stranger.post("/api/attachments", key + (1).to_bytes(4))
    added = stranger.post("/api/attachments/parts", key + bytes(4) + bytes(CHUNK))

    assert announced.status_code == added.status_code == 404


def test_attachments_stop_at_their_share_and_text_goes_on(
    olha: Reporter, settings: Settings
) -> None:
    olha.send(olha.envelope())
    settings.PARTS_BYTES = 2 * CHUNK
    olha.attach(chunks_of(2))

    refused = olha.announce(bytes(32), chunks=1)

    assert (refused.status_code, refused.json()["error"]) == (507, "full")
    assert olha.send(olha.envelope()).status_code == 201


def test_attachments_stop_when_the_disk_has_less_than_text_may_need(
    olha: Reporter, settings: Settings
) -> None:
    olha.send(olha.envelope())
    settings.TEXT_BYTES = 2**60

    assert olha.announce(bytes(32), chunks=1).status_code == 507
    assert olha.send(olha.envelope()).status_code == 201


def test_an_unfinished_attachment_is_dropped_after_a_whole_day(
    olha: Reporter, folder: Path
) -> None:
    olha.send(olha.envelope())
    olha.announce(bytes(32), chunks=2)
    olha.put(bytes(32), index=0, chunk=bytes(CHUNK))

    sweep(now=now() + timedelta(days=1), draw=never)
    kept = len(list((folder / "parts").glob("*/*")))
    sweep(now=now() + timedelta(days=2), draw=never)

    assert kept == 1
    assert list((folder / "parts").iterdir()) == []
    assert olha.put(bytes(32), index=1, chunk=bytes(CHUNK)).status_code == 404


def test_the_dates_of_stored_chunks_tell_only_the_day(olha: Reporter, folder: Path) -> None:
    olha.send(olha.envelope())
    olha.announce(bytes(32), chunks=2)
    olha.put(bytes(32), index=0, chunk=bytes(CHUNK))

    (chunk,) = (folder / "parts").glob("*/*")

    changed = datetime.fromtimestamp(chunk.stat().st_mtime, tz=UTC)
    assert (changed.hour, changed.minute, changed.second, changed.microsecond) == (0, 0, 0, 0)


def test_deleting_the_mailbox_removes_its_attachments(olha: Reporter, folder: Path) -> None:
    olha.send(olha.envelope())
    olha.attach(chunks_of(1))

    olha.post("/api/mailbox/delete", olha.key)

    assert list((folder / "parts").iterdir()) == []
