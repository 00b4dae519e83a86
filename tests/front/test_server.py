import hashlib
import json
import resource
import secrets
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import ENVELOPE, Operator, Reporter
from .running import COMMAND, RunningFront, environment, free_port, read_answer, request, running

DEPOSIT = 32 + ENVELOPE


@pytest.fixture(scope="module")
def operator() -> Operator:
    return Operator()


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory, operator: Operator) -> Iterator[RunningFront]:
    with running(RunningFront(tmp_path_factory.mktemp("front")), operator=operator) as started:
        yield started


def somebody() -> Reporter:
    return Reporter(client=None)  # type: ignore[arg-type]  # writes through the real process


def test_a_real_front_takes_a_report(front: RunningFront) -> None:
    iryna = somebody()
    envelope = iryna.envelope()

    status, body = front.post("/api/envelopes", iryna.token + envelope)

    assert (status, json.loads(body)["id"]) == (201, hashlib.sha256(envelope).hexdigest())


def test_what_is_too_large_is_refused_before_it_is_read(front: RunningFront) -> None:
    with front.connect() as connection:
        connection.sendall(request("/api/envelopes", more="Content-Length: 3221225472\r\n"))

        status, _ = read_answer(connection)

    assert status == 413


def test_a_body_without_a_stated_length_is_refused(front: RunningFront) -> None:
    with front.connect() as connection:
        connection.sendall(request("/api/envelopes", more="Transfer-Encoding: chunked\r\n"))

        status, body = read_answer(connection)

    assert (status, json.loads(body)["error"]) == (411, "length")


@pytest.mark.parametrize("stated", ["-1", "x", "1,2", "16416\r\nContent-Length: 5"])
def test_an_odd_length_is_refused(front: RunningFront, stated: str) -> None:
    with front.connect() as connection:
        connection.sendall(request("/api/envelopes", more=f"Content-Length: {stated}\r\n"))
        connection.shutdown(socket.SHUT_WR)

        answer = connection.recv(1000)

    assert answer[9:12] in {b"400", b"413", b""}


def test_more_than_the_stated_length_is_no_part_of_the_report(front: RunningFront) -> None:
    iryna = somebody()
    body = iryna.token + iryna.envelope()

    with front.connect() as connection:
        head = request("/api/envelopes", more=f"Content-Length: {len(body)}\r\n")
        connection.sendall(head + body + b"SENTINEL and more\r\n\r\n")
        status, _ = read_answer(connection)
        rest = connection.recv(1000)

    assert status == 201
    assert b"SENTINEL" not in rest


def test_senders_who_stop_halfway_do_not_hold_up_the_others(front: RunningFront) -> None:
    iryna = somebody()
    slow = [front.connect() for _ in range(100)]
    for connection in slow:
        connection.sendall(request("/api/envelopes", more=f"Content-Length: {DEPOSIT}\r\n"))
        connection.sendall(bytes(DEPOSIT // 2))

    began = time.monotonic()
    status, _ = front.post("/api/envelopes", iryna.token + iryna.envelope())

    assert status == 201
    assert time.monotonic() - began < 2
    for connection in slow:
        connection.close()


def test_1500_silent_connections_do_not_shut_the_others_out(front: RunningFront) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    silent = [front.connect() for _ in range(1500)]

    began = time.monotonic()
    status, _ = front.post("/api/mailbox/list", bytes(64))

    assert status == 200
    assert time.monotonic() - began < 2
    for connection in silent:
        connection.close()


def test_a_sender_who_goes_away_leaves_nothing(front: RunningFront) -> None:
    iryna = somebody()
    body = iryna.token + iryna.envelope()

    with front.connect() as connection:
        head = request("/api/envelopes", more=f"Content-Length: {len(body)}\r\n")
        connection.sendall(head + body[:-1])
    time.sleep(0.2)

    assert json.loads(front.post("/api/mailbox/list", iryna.key)[1])["envelopes"] == []


def test_nothing_of_a_request_reaches_the_log(front: RunningFront) -> None:
    mark = "SENTINEL" + secrets.token_hex(4)
    front.post(f"/api/{mark}", mark.encode(), head=f"X-Forwarded-For: {mark}\r\n")
    front.post("/api/envelopes", (mark * 2000).encode()[:DEPOSIT], head=f"User-Agent: {mark}\r\n")
    front.post(f"/published/{mark}", b"")
    front.post(f"/{mark}?{mark}", b"", head=f"Cookie: {mark}\r\n")

    assert mark not in front.told
    assert "127.0.0.1" not in front.told
    assert "/api" not in front.told


def test_every_accepted_report_survives_kill_9(tmp_path: Path, operator: Operator) -> None:
    iryna = somebody()
    with running(RunningFront(tmp_path), operator=operator) as front:
        sent = [iryna.envelope() for _ in range(30)]
        for envelope in sent:
            assert front.post("/api/envelopes", iryna.token + envelope)[0] == 201
        front.stop(by=signal.SIGKILL)

        front.start()

        listed = json.loads(front.post("/api/mailbox/list", iryna.key)[1])["envelopes"]
    assert {one["id"] for one in listed} == {hashlib.sha256(one).hexdigest() for one in sent}


def test_what_was_deleted_is_not_in_the_files(tmp_path: Path, operator: Operator) -> None:
    iryna = somebody()
    envelope = iryna.envelope()
    with running(RunningFront(tmp_path), operator=operator) as front:
        front.post("/api/envelopes", iryna.token + envelope)
        front.post("/api/mailbox/delete", iryna.key)
        front.stop()

    database = tmp_path / "front" / "front.sqlite3"
    sqlite3.connect(database).execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    files = [path.read_bytes() for path in database.parent.glob("front.sqlite3*")]
    assert all(envelope[2000:2100] not in content for content in files)
    assert all(iryna.token.hex().encode() not in content for content in files)


def test_both_listeners_may_start_at_the_same_moment(tmp_path: Path, operator: Operator) -> None:
    with (
        running(RunningFront(tmp_path), operator=operator) as public,
        running(RunningFront(tmp_path, name="front-courier"), operator=operator) as courier,
    ):
        status, _ = courier.post("/api/courier/collect", b'{"limit":1}')
        foreign, _ = courier.post("/api/envelopes", b"")

        assert public.post("/api/mailbox/list", bytes(64))[0] == 200
        assert (status, foreign) == (401, 404)


def test_it_ends_when_it_is_told_to(tmp_path: Path, operator: Operator) -> None:
    with running(RunningFront(tmp_path), operator=operator) as front:
        assert front.stop() == 0


def test_a_port_in_use_is_one_clear_sentence(front: RunningFront, tmp_path: Path) -> None:
    words = ["front", "--data", str(tmp_path), "--listen", f"127.0.0.1:{front.port}"]

    done = subprocess.run(  # noqa: S603  # our own command
        [*COMMAND, *words], env=environment({}), capture_output=True, check=False
    )

    assert done.returncode == 3
    assert done.stderr.decode().startswith("oberih: Another program listens at 127.0.0.1:")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("OBERIH_FRONT_DATABASE", "mysql://x/y", "must look like postgresql://"),
        ("OBERIH_FRONT_DISK", "12", "must be at least"),
        ("OBERIH_FRONT_DISK", "much", "must be a whole number"),
    ],
)
def test_an_odd_setting_stops_the_start_with_one_clear_sentence(
    tmp_path: Path, setting: str, value: str, sentence: str
) -> None:
    words = ["front", "--data", str(tmp_path), "--listen", f"127.0.0.1:{free_port()}"]
    done = subprocess.run(  # noqa: S603  # our own command
        [*COMMAND, *words],
        env=environment({setting: value}),
        capture_output=True,
        check=False,
    )

    assert done.returncode == 2
    assert sentence in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_an_error_of_its_own_is_told_without_its_words(tmp_path: Path, operator: Operator) -> None:
    iryna = somebody()
    with running(RunningFront(tmp_path), operator=operator) as front:
        with sqlite3.connect(tmp_path / "front" / "front.sqlite3") as broken:
            broken.execute("DROP TABLE front_envelope")

        status, body = front.post("/api/envelopes", iryna.token + iryna.envelope())

    assert (status, json.loads(body)["error"]) == (500, "broken")
    assert "OperationalError" in front.told
    assert "front_envelope" not in front.told
    assert iryna.mailbox.hex() not in front.told
