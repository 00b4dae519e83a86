import secrets
import statistics
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .conftest import ENVELOPE, Courier, Reporter

pytestmark = pytest.mark.both_databases


def reply_to(olha: Reporter, *, courier: Courier) -> bytes:
    envelope: bytes = olha.envelope(direction=1)
    courier.post("deliver", envelope)
    return envelope


def test_a_reporter_reads_back_what_was_put_into_the_mailbox(olha: Reporter) -> None:
    envelope = olha.envelope()

    olha.send(envelope)

    assert [one["direction"] for one in olha.listed()] == ["report"]
    assert olha.fetched(envelope) == envelope


def test_every_poll_has_one_size_with_mail_or_without(olha: Reporter, stranger: Reporter) -> None:
    envelope = olha.envelope()
    olha.send(envelope)

    sizes = {
        *(len(one.post("/api/mailbox/list", one.key).content) for one in (olha, stranger)),
        *(len(one.fetched(envelope)) for one in (olha, stranger)),
    }

    assert sizes == {ENVELOPE}


def test_a_full_mailbox_lists_the_desk_s_replies_first(olha: Reporter, courier: Courier) -> None:
    for _ in range(101):
        olha.send(olha.envelope())
    reply_to(olha, courier=courier)

    listed = olha.listed()

    assert len(listed) == 100
    assert [one["direction"] for one in listed[:2]] == ["reply", "report"]
    assert len(olha.post("/api/mailbox/list", olha.key).content) == ENVELOPE


def test_another_token_lists_the_same_bytes_as_an_absent_mailbox(
    olha: Reporter, stranger: Reporter
) -> None:
    olha.send(olha.envelope())

    wrong = stranger.post("/api/mailbox/list", stranger.token + olha.mailbox)
    absent = stranger.post("/api/mailbox/list", stranger.key)

    assert (wrong.status_code, wrong.content) == (absent.status_code, absent.content)
    assert dict(wrong.headers) == dict(absent.headers)


def test_an_absent_mailbox_takes_the_same_queries_as_a_wrong_token(
    olha: Reporter, stranger: Reporter
) -> None:
    olha.send(olha.envelope())

    counts = []
    for mailbox in (olha.mailbox, stranger.mailbox):
        with CaptureQueriesContext(connection) as captured:
            stranger.post("/api/mailbox/list", stranger.token + mailbox)
            stranger.post("/api/mailbox/fetch", stranger.token + mailbox + bytes(32))
        counts.append([one["sql"].split("WHERE")[0] for one in captured.captured_queries])

    assert counts[0] == counts[1]
    assert len(counts[0]) == 4


def test_an_absent_mailbox_answers_as_quickly_as_a_wrong_token(
    olha: Reporter, stranger: Reporter
) -> None:
    olha.send(olha.envelope())

    def seconds(mailbox: bytes) -> float:
        began = time.perf_counter()
        stranger.post("/api/mailbox/list", stranger.token + mailbox)
        return time.perf_counter() - began

    pairs = [(seconds(olha.mailbox), seconds(secrets.token_bytes(32))) for _ in range(400)]
    wrong, absent = (statistics.median(times) for times in zip(*pairs, strict=True))

    assert 0.8 < wrong / absent < 1.25


def test_what_is_not_there_is_random_and_begins_with_sixteen_zeros(olha: Reporter) -> None:
    olha.send(olha.envelope())

    first, second = olha.fetched(b"nothing"), olha.fetched(b"nothing")

    assert first[:16] == second[:16] == bytes(16)
    assert first != second


def test_an_envelope_is_given_only_to_its_own_mailbox(olha: Reporter, stranger: Reporter) -> None:
    envelope = olha.envelope()
    olha.send(envelope)
    stranger.send(stranger.envelope())

    assert stranger.fetched(envelope)[:16] == bytes(16)


def test_deleting_empties_the_mailbox_and_closes_it(olha: Reporter) -> None:
    envelope = olha.envelope()
    olha.send(envelope)

    answer = olha.post("/api/mailbox/delete", olha.key)

    assert answer.json() == {"deleted": True}
    assert olha.listed() == []
    assert olha.fetched(envelope)[:16] == bytes(16)
    assert olha.send(olha.envelope()).status_code == 404


def test_a_stranger_s_deletion_is_answered_alike_and_deletes_nothing(
    olha: Reporter, stranger: Reporter
) -> None:
    olha.send(olha.envelope())

    wrong = stranger.post("/api/mailbox/delete", stranger.token + olha.mailbox)
    absent = stranger.post("/api/mailbox/delete", stranger.key)

    assert (wrong.status_code, wrong.content) == (absent.status_code, absent.content)
    assert len(olha.listed()) == 1


@pytest.mark.parametrize("address", ["list", "fetch", "delete"])
def test_a_request_of_another_size_is_refused(olha: Reporter, address: str) -> None:
    answer = olha.post(f"/api/mailbox/{address}", olha.key + b"x")

    assert answer.status_code == 413
