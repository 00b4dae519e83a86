import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from oberih.core import canonical
from oberih.core.time import now
from oberih.front.models import Nonce
from oberih.front.sweep import sweep

from .conftest import CHUNK, ENVELOPE, Courier, Reporter

pytestmark = pytest.mark.both_databases
LIMIT = canonical.encode({"limit": 10})


def name_of(envelope: bytes) -> str:
    return hashlib.sha256(envelope).hexdigest()


def always() -> float:
    return 0.0


def never() -> float:
    return 0.99


def test_the_courier_collects_what_was_sent(olha: Reporter, courier: Courier) -> None:
    envelope = olha.envelope()
    olha.send(envelope)

    collected = courier.collect()

    assert collected == [(1, hashlib.sha256(envelope).digest() + envelope)]


def test_what_is_not_acknowledged_is_given_again(olha: Reporter, courier: Courier) -> None:
    olha.send(olha.envelope())

    assert courier.collect() == courier.collect() != []


def test_at_most_as_many_are_given_as_were_asked_for(olha: Reporter, courier: Courier) -> None:
    for _ in range(3):
        olha.send(olha.envelope())

    assert len(courier.collect(limit=2)) == 2


def test_what_is_filed_is_not_given_again_and_stays_until_it_is_backed_up(
    olha: Reporter, courier: Courier
) -> None:
    envelope = olha.envelope()
    olha.send(envelope)

    courier.acknowledge(filed=[name_of(envelope)])
    sweep(now=now(), draw=always)

    assert courier.collect() == []
    assert olha.fetched(envelope) == envelope


def test_what_is_backed_up_is_deleted_by_chance(olha: Reporter, courier: Courier) -> None:
    envelope = olha.envelope()
    olha.send(envelope)
    courier.acknowledge(filed=[name_of(envelope)], backed_up=[name_of(envelope)])

    sweep(now=now(), draw=never)
    kept = olha.listed()
    sweep(now=now(), draw=always)

    assert len(kept) == 1
    assert olha.listed() == []


def test_an_attachment_is_deleted_once_it_is_backed_up(
    olha: Reporter, courier: Courier, folder: Path
) -> None:
    olha.send(olha.envelope())
    attachment = olha.attach([bytes(CHUNK)])

    courier.acknowledge(backed_up=[attachment.hex()])
    sweep(now=now(), draw=always)

    assert [kind for kind, _ in courier.collect()] == [1]
    assert list((folder / "parts").iterdir()) == []


def test_a_new_desk_is_offered_again_what_no_backup_has(olha: Reporter, courier: Courier) -> None:
    filed, backed_up = olha.envelope(), olha.envelope()
    olha.send(filed)
    olha.send(backed_up)
    courier.acknowledge(filed=[name_of(filed)], backed_up=[name_of(backed_up)])

    courier.fence = 2

    assert [content[32:] for _, content in courier.collect()] == [filed]


def test_a_lower_fencing_number_is_refused_and_told_the_higher_one(courier: Courier) -> None:
    courier.fence = 7
    courier.collect()

    courier.fence = 6
    answer = courier.post("collect", LIMIT)

    assert answer.status_code == 409
    assert answer.json()["error"] == "fence"
    assert answer.json()["fence"] == 7


def test_a_call_is_answered_once(courier: Courier) -> None:
    headers = courier.headers("/api/courier/collect", body=LIMIT)

    first = courier.post("collect", LIMIT, headers=headers)
    replayed = courier.post("collect", LIMIT, headers=headers)

    assert (first.status_code, replayed.status_code) == (200, 401)


def test_a_call_signed_by_another_key_is_refused(courier: Courier) -> None:
    courier.key = Ed25519PrivateKey.generate()

    assert courier.post("collect", LIMIT).status_code == 401


def test_a_signature_does_not_fit_another_body_or_address(courier: Courier) -> None:
    headers = courier.headers("/api/courier/collect", body=LIMIT)

    other_body = courier.post("collect", canonical.encode({"limit": 11}), headers=headers)
    other_address = courier.post("acknowledge", LIMIT, headers=headers)

    assert (other_body.status_code, other_address.status_code) == (401, 401)


@pytest.mark.parametrize("name", ["Time", "Nonce", "Fence", "Signature"])
def test_a_call_without_one_of_its_headers_is_refused(courier: Courier, name: str) -> None:
    headers = courier.headers("/api/courier/collect", body=LIMIT)
    del headers[f"X-Oberih-{name}"]

    assert courier.post("collect", LIMIT, headers=headers).status_code == 401


@pytest.mark.parametrize(("hours", "status"), [(24, 200), (-24, 200), (26, 401), (-26, 401)])
def test_a_clock_that_is_a_day_wrong_still_works(courier: Courier, hours: int, status: int) -> None:
    courier.clock_is_off = timedelta(hours=hours)

    assert courier.post("collect", LIMIT).status_code == status


@pytest.mark.parametrize("hours", [1, 26, 50])
def test_a_nonce_is_remembered_longer_than_its_time_is_taken(courier: Courier, hours: int) -> None:
    headers = courier.headers("/api/courier/collect", body=LIMIT)
    late_in_the_day = now().replace(hour=23, minute=59)
    nonces = Nonce.objects.filter(nonce=headers["X-Oberih-Nonce"])
    courier.post("collect", LIMIT, headers=headers)

    sweep(now=late_in_the_day + timedelta(hours=hours), draw=always)

    assert nonces.exists()


def test_a_nonce_is_forgotten_in_the_end(courier: Courier) -> None:
    courier.post("collect", LIMIT)

    sweep(now=now() + timedelta(days=4), draw=always)

    assert not Nonce.objects.exists()


def test_a_front_without_the_courier_s_key_answers_no_courier(
    courier: Courier, folder: Path
) -> None:
    (folder / "courier.pub").unlink()

    assert courier.post("collect", LIMIT).status_code == 503


def test_a_reply_reaches_its_mailbox(olha: Reporter, courier: Courier) -> None:
    olha.send(olha.envelope())
    reply = olha.envelope(direction=1)

    answer = courier.post("deliver", reply)

    assert answer.json() == {"delivered": [name_of(reply)], "refused": []}
    assert olha.fetched(reply) == reply


def test_replies_are_not_collected(olha: Reporter, courier: Courier) -> None:
    olha.send(olha.envelope())
    courier.post("deliver", olha.envelope(direction=1))

    assert len(courier.collect()) == 1


def test_a_reply_to_a_mailbox_that_is_not_there_is_refused_by_its_id(
    olha: Reporter, stranger: Reporter, courier: Courier
) -> None:
    olha.send(olha.envelope())
    kept, lost = olha.envelope(direction=1), stranger.envelope(direction=1)

    answer = courier.post("deliver", kept + lost)

    assert answer.json() == {"delivered": [name_of(kept)], "refused": [name_of(lost)]}


@pytest.mark.parametrize("body", [b"", b"x", bytes(ENVELOPE)])
def test_only_whole_reply_envelopes_are_delivered(courier: Courier, body: bytes) -> None:
    assert courier.post("deliver", body).status_code in {400, 413}


def test_a_report_cannot_be_delivered_as_a_reply(olha: Reporter, courier: Courier) -> None:
    assert courier.post("deliver", olha.envelope()).status_code == 400


def test_an_unread_reply_stays_180_days(olha: Reporter, courier: Courier) -> None:
    olha.send(olha.envelope())
    courier.post("deliver", olha.envelope(direction=1))

    sweep(now=now() + timedelta(days=180), draw=always)
    kept = [one["direction"] for one in olha.listed()]
    sweep(now=now() + timedelta(days=182), draw=always)

    assert kept == ["reply", "report"]
    assert [one["direction"] for one in olha.listed()] == ["report"]


def test_the_desk_hears_of_a_deleted_mailbox_until_its_backup_knows(
    olha: Reporter, courier: Courier
) -> None:
    olha.send(olha.envelope())
    olha.post("/api/mailbox/delete", olha.key)

    told = courier.collect()
    courier.acknowledge(filed=[olha.mailbox.hex()])

    assert told == [(3, olha.mailbox)]
    assert courier.collect() == []


def test_a_reply_to_a_deleted_mailbox_is_refused(olha: Reporter, courier: Courier) -> None:
    olha.send(olha.envelope())
    olha.post("/api/mailbox/delete", olha.key)

    answer = courier.post("deliver", olha.envelope(direction=1))

    assert answer.json()["delivered"] == []


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"limit":0}', b'{"limit":true}', b'{"limit": 1}', b'{"limit":1,"x":1}']
)
def test_a_call_in_another_form_is_malformed(courier: Courier, body: bytes) -> None:
    answer = courier.post("collect", body)

    assert (answer.status_code, answer.json()["error"]) == (400, "malformed")


@pytest.mark.parametrize("ids", ["x", ["x"], [1], ["A" * 64], ["0" * 64] * 2001])
def test_an_acknowledgement_takes_only_lists_of_ids(courier: Courier, ids: object) -> None:
    answer = courier.post("acknowledge", json.dumps({"backed_up": [], "filed": ids}).encode())

    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["collect", "acknowledge", "deliver", "publish", "attachment"])
def test_the_public_listener_has_no_address_for_the_courier(client: Client, name: str) -> None:
    answer = client.post(f"/api/courier/{name}", b"{}", content_type="application/json")

    assert answer.status_code == 404


def test_the_courier_s_listener_has_no_mailboxes_and_no_pages(courier: Courier) -> None:
    paths = ("/api/envelopes", "/uk/", "/published/x")

    answers = [courier.client.post(path, b"", content_type="text/plain") for path in paths]

    assert {answer.status_code for answer in answers} == {404}
