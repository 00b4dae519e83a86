"""A power cut at any moment loses no report, files none twice, and closes no conversation."""

import json
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from oberih.client.conversation import read_conversation
from oberih.client.front import Front
from oberih.client.report import Report
from oberih.client.reports import Sending, send_report
from oberih.core.errors import CouldNot
from oberih.core.time import now
from oberih.crypto.receipt import Receipt
from tests.journeys.conftest import free_port, wait_until
from tests.journeys.whole import Whole, up

REPORTS, KILLS, SENDERS = 200, 20, 2
MORTAL = ("front", "front-courier", "courier", "desk")
FILING_SECONDS = 240


@dataclass(frozen=True, slots=True)
class Survivors:
    """The machine after the power cuts, and the words that its reporters hold."""

    whole: Whole
    receipts: list[Receipt]


@pytest.fixture(scope="module")
def survivors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Survivors]:
    """Send 200 reports while processes are killed at 20 random moments; wait for the desk."""
    with up(tmp_path_factory.mktemp("whole"), ports=[free_port() for _ in range(4)]) as whole:
        receipts = send_all(whole)
        wait_until(lambda: len(queue(whole)) >= REPORTS, seconds=FILING_SECONDS)
        yield Survivors(whole, receipts)


def send_all(whole: Whole) -> list[Receipt]:
    killing = threading.Thread(target=kill_at_random, args=(whole,))
    killing.start()
    with ThreadPoolExecutor(SENDERS) as senders:
        receipts = list(senders.map(lambda number: send(whole, number), range(REPORTS)))
    killing.join()
    return receipts


def kill_at_random(whole: Whole) -> None:
    chance = random.Random(20)  # noqa: S311  # chance for a test
    for _ in range(KILLS):
        threading.Event().wait(chance.uniform(0.2, 3.0))
        name = chance.choice(MORTAL)
        wait_until(lambda: name in whole.processes())  # noqa: B023  # called at once
        whole.kill(name)


def send(whole: Whole, number: int) -> Receipt:
    """Press Send until it is sent, as a person does; the words stay the same."""
    receipt, report = Receipt.generate(), Report(text=f"Звіт {number}.")
    while True:
        with closing(Front(whole.front)) as front, suppress(CouldNot):
            return send_report(report, front=front, sending=Sending(now(), receipt)).receipt


def queue(whole: Whole) -> list[str]:
    done = whole.run("desk", "queue", "--json")
    return [row["text"] for row in json.loads(done.stdout)] if done.returncode == 0 else []


def test_every_report_is_on_the_desk_once(survivors: Survivors) -> None:
    texts = queue(survivors.whole)

    assert sorted(texts) == sorted(f"Звіт {number}." for number in range(REPORTS))


def test_every_receipt_opens_its_conversation(survivors: Survivors) -> None:
    with closing(Front(survivors.whole.front)) as front, ThreadPoolExecutor(SENDERS) as readers:
        read = list(
            readers.map(lambda one: read_conversation(one, front=front), survivors.receipts)
        )

    assert len(read) == REPORTS
    assert all(any(entry.sender == "me" for entry in entries) for entries in read)


def test_the_audit_is_whole_after_all(survivors: Survivors) -> None:
    done = survivors.whole.run("audit", "verify")

    assert done.returncode == 0, done.stderr


def test_nothing_is_left_half_written(survivors: Survivors) -> None:
    left = [path for path in Path(survivors.whole.data).rglob("*.tmp") if path.is_file()]

    assert left == []
