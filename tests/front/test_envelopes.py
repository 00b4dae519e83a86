import hashlib
from pathlib import Path

import pytest
from django.db import connection

from oberih.crypto.envelope import MAGIC

from .conftest import ENVELOPE, THIS_WEEK, Operator, Reporter

pytestmark = pytest.mark.both_databases


def test_an_accepted_envelope_is_named_by_its_hash(olha: Reporter) -> None:
    envelope = olha.envelope()

    answer = olha.send(envelope)

    assert answer.status_code == 201
    assert answer.json() == {"id": hashlib.sha256(envelope).hexdigest()}


def test_sending_the_same_envelope_again_is_answered_alike_and_kept_once(olha: Reporter) -> None:
    envelope = olha.envelope()

    first, second = olha.send(envelope), olha.send(envelope)

    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert len(olha.listed()) == 1


def test_another_token_cannot_write_to_a_mailbox(olha: Reporter, stranger: Reporter) -> None:
    olha.send(olha.envelope())

    answer = stranger.post("/api/envelopes", stranger.token + olha.envelope())

    assert answer.status_code == 404
    assert answer.json()["error"] == "mailbox"
    assert len(olha.listed()) == 1


@pytest.mark.parametrize("weeks", [-2, 3, 60])
def test_an_epoch_that_is_over_or_unknown_is_answered_with_the_current_recipient(
    olha: Reporter, operator: Operator, weeks: int
) -> None:
    answer = olha.send(olha.envelope(epoch=THIS_WEEK + weeks))

    assert answer.status_code == 409
    assert answer.json()["error"] == "epoch"
    assert answer.json()["recipient"].encode() == operator.note(THIS_WEEK)
    assert olha.listed() == []


def test_without_a_valid_recipient_nothing_is_taken(olha: Reporter, folder: Path) -> None:
    (folder / "published" / "recipients" / f"{THIS_WEEK}.note").unlink()

    answer = olha.send(olha.envelope())

    assert answer.status_code == 409
    assert answer.json()["recipient"] is None


def test_a_recipient_that_the_root_did_not_delegate_opens_no_epoch(
    olha: Reporter, folder: Path
) -> None:
    forged = Operator().note(THIS_WEEK)
    (folder / "published" / "recipients" / f"{THIS_WEEK}.note").write_bytes(forged)

    answer = olha.send(olha.envelope())

    assert answer.status_code == 409
    assert answer.json()["recipient"] is None


@pytest.mark.parametrize("name", ["root.pub", "published/delegations.note"])
def test_a_front_without_its_trust_says_that_it_is_not_ready(
    olha: Reporter, folder: Path, name: str
) -> None:
    (folder / name).unlink()

    answer = olha.send(olha.envelope())

    assert answer.status_code == 503
    assert answer.json()["error"] == "not-ready"


@pytest.mark.parametrize("size", [0, 1, ENVELOPE - 1, ENVELOPE + 1, 2 * ENVELOPE])
def test_any_other_size_is_refused(olha: Reporter, size: int) -> None:
    answer = olha.send(olha.envelope().ljust(size, b"\0")[:size])

    assert answer.status_code == 413
    assert answer.json()["error"] == "size"


@pytest.mark.parametrize(
    ("place", "byte"), [(0, b"X"), (len(MAGIC), b"\x02"), (len(MAGIC) + 1, b"\x02")]
)
def test_another_format_version_or_direction_is_malformed(
    olha: Reporter, place: int, byte: bytes
) -> None:
    envelope = olha.envelope()

    answer = olha.send(envelope[:place] + byte + envelope[place + 1 :])

    assert answer.status_code == 400
    assert answer.json()["error"] == "malformed"


def test_a_reporter_cannot_write_as_the_desk(olha: Reporter) -> None:
    answer = olha.send(olha.envelope(direction=1))

    assert answer.status_code == 400


def test_500_reports_from_one_address_are_all_accepted(olha: Reporter, stranger: Reporter) -> None:
    statuses = {olha.send(olha.envelope()).status_code for _ in range(250)}
    statuses |= {stranger.send(stranger.envelope()).status_code for _ in range(250)}

    assert statuses == {201}


def test_a_refusal_repeats_nothing_of_the_request(olha: Reporter) -> None:
    mark = b"SENTINEL-5f1c"

    answers = [
        olha.post("/api/envelopes", mark * 10),
        olha.post("/api/envelopes", (mark * 2000)[: 32 + ENVELOPE]),
        olha.post("/api/" + mark.decode(), mark),
        olha.client.get("/published/" + mark.decode()),
        olha.client.get("/" + mark.decode()),
    ]

    assert all(mark.lower() not in one.content.lower() for one in answers)
    assert all(one.status_code in {400, 404, 413} for one in answers)


def test_a_page_of_any_origin_may_write_and_gets_no_cookie(olha: Reporter) -> None:
    asked = olha.client.options("/api/envelopes", headers={"origin": "null"})
    answer = olha.send(olha.envelope())

    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Headers"] == "Content-Type"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"


def test_only_post_reaches_a_mailbox(olha: Reporter) -> None:
    answer = olha.client.get("/api/mailbox/list")

    assert answer.status_code == 405
    assert answer["Allow"] == "POST, OPTIONS"


def test_all_that_is_stored_is_envelope_mailbox_token_hash_size_class_epoch_and_day(
    olha: Reporter,
) -> None:
    olha.send(olha.envelope())

    with connection.cursor() as cursor:
        tables = {
            table: {
                column.name
                for column in connection.introspection.get_table_description(cursor, table)
            }
            for table in ("front_mailbox", "front_envelope", "front_attachment", "front_part")
        }

    assert tables == {
        "front_mailbox": {"id", "token_hash", "is_deleted", "progress"},
        "front_envelope": {"id", "mailbox_id", "direction", "epoch", "day", "progress", "body"},
        "front_attachment": {
            *("key", "mailbox_id", "content_hash", "chunks", "day", "is_complete", "progress")
        },
        "front_part": {"attachment_id", "number"},
    }


def test_the_token_itself_is_not_stored(olha: Reporter) -> None:
    olha.send(olha.envelope())

    with connection.cursor() as cursor:
        cursor.execute("SELECT token_hash FROM front_mailbox")
        stored = cursor.fetchall()

    assert stored == [(hashlib.sha256(olha.token).hexdigest(),)]
