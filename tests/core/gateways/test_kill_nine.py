"""Killed in the middle, again and again, the gateways send everything and nobody twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oberih.alerts.gateways.outbox import Outbox
from oberih.alerts.gateways.serve import outbox_of
from oberih.alerts.gateways.values import Channel, Fate, MessageId, Outgoing
from tests.core.gateways.networks import http_network, smtp_network

MOST_SECONDS = 60.0


def start(data: Path, **settings: str) -> subprocess.Popen[bytes]:
    named = {f"OBERIH_GATEWAY_{name}": value for name, value in settings.items()}
    return subprocess.Popen(  # our own command
        [sys.executable, "-m", "oberih.cli", "process", "gateways"],
        env={**os.environ, "OBERIH_DATA": str(data), **named},
    )


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    opened = Outbox(outbox_of(tmp_path))
    yield opened
    opened.close()


def fill(outbox: Outbox, channel: Channel, *, count: int) -> None:
    ends = int(time.time()) + 3_600
    outbox.put(
        Outgoing(MessageId(f"{n:06x}"), channel, "abcd", "T", "Text", ends, f"{n}@b.example")
        for n in range(count)
    )


def wait_for(is_done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + MOST_SECONDS
    while not is_done() and time.monotonic() < deadline:
        time.sleep(0.02)


def killed_at(
    seen: Callable[[], int], marks: list[int], run: Callable[[], subprocess.Popen[bytes]]
) -> None:
    """Kill -9 the process each time that so many messages have been seen."""
    for mark in marks:
        process = run()
        wait_for(lambda at=mark: seen() >= at)  # type: ignore[misc]  # its mark
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_a_network_that_knows_ids_gets_every_message_once(tmp_path: Path, outbox: Outbox) -> None:
    fill(outbox, Channel.SMS, count=600)
    with http_network() as network:
        settings = {"SMS": network.url, "SMS_TOKEN": "t", "SMS_KNOWS_IDS": "1", "SMS_RATE": "2000"}
        killed_at(lambda: len(network.accepted), [1, 120, 300], lambda: start(tmp_path, **settings))
        last = start(tmp_path, **settings)
        wait_for(lambda: outbox.report() == {Channel.SMS: {Fate.SENT: 600}})
        last.terminate()
        last.wait()

    assert network.accepted == Counter({f"{n:06x}": 1 for n in range(600)})


def test_nobody_gets_a_letter_twice(tmp_path: Path, outbox: Outbox) -> None:
    fill(outbox, Channel.SMTP, count=12)
    with smtp_network() as letters:
        place = f"127.0.0.1:{letters.port}"
        settings = {"SMTP": place, "SMTP_FROM": "desk@oberih.example", "SMTP_PLAIN": "1"}
        killed_at(lambda: len(letters.taken), [2, 5], lambda: start(tmp_path, **settings))
        last = start(tmp_path, **settings)
        wait_for(lambda: not outbox.report()[Channel.SMTP].get(Fate.WAITING))
        last.terminate()
        last.wait()

    taken = Counter(address for address, _content in letters.taken)
    report = outbox.report()[Channel.SMTP]
    assert max(taken.values()) == 1
    assert len(taken) + report.get(Fate.UNCERTAIN, 0) >= 12
