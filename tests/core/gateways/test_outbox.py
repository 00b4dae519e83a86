"""Promises of the outbox: nobody is sent a message twice, nothing is lost without being listed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from oberih.alerts.gateways.outbox import NoSuchMessage, Outbox
from oberih.alerts.gateways.sending import Sender
from oberih.alerts.gateways.values import (
    Answer,
    Channel,
    Fate,
    FateUnknown,
    MessageId,
    Outgoing,
    Passing,
    Permanent,
)

NOW = 1_000_000


@dataclass
class Network:
    """A channel that answers as told, then takes everything."""

    knows_ids: bool = True
    channel: Channel = Channel.SMS
    a_second: int = 10_000
    at_once: int = 4
    troubles: list[Exception] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def send(self, message: Outgoing) -> None:
        """Take it, or raise what is next."""
        if self.troubles:
            raise self.troubles.pop(0)
        self.taken.append(message.id)

    def close(self) -> None:
        """Keep nothing."""


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    opened = Outbox(tmp_path / "outbox.sqlite3")
    yield opened
    opened.close()


def messages(count: int, *, expires: int = NOW + 9_000) -> list[Outgoing]:
    return [
        Outgoing(MessageId(f"{n:04x}"), Channel.SMS, "abcd", "T", "Text", expires, f"+38050{n:07}")
        for n in range(count)
    ]


def turns(network: Network, outbox: Outbox, *moments: int) -> None:
    with ThreadPoolExecutor(network.at_once) as hands:
        for moment in moments:
            Sender(network, outbox, lambda at=moment: at).turn(hands)  # type: ignore[misc]  # its moment


def test_each_message_is_sent_once_however_often_it_is_handed_over(outbox: Outbox) -> None:
    network = Network()
    outbox.put(messages(5))
    turns(network, outbox, NOW)
    outbox.put(messages(5))

    turns(network, outbox, NOW + 100)

    assert sorted(network.taken) == [f"{n:04x}" for n in range(5)]


def test_a_gateway_that_is_down_for_an_hour_gets_everything_after_it(outbox: Outbox) -> None:
    network = Network(troubles=[Passing() for _ in range(12)])
    outbox.put(messages(2))

    turns(network, outbox, *range(NOW, NOW + 3_600, 600))
    turns(network, outbox, NOW + 4_500)

    assert len(network.taken) == 2


def test_a_retry_waits_as_long_as_the_gateway_asks(outbox: Outbox) -> None:
    network = Network(troubles=[Passing(wait=120)])
    outbox.put(messages(1))

    turns(network, outbox, NOW, NOW + 119)
    assert network.taken == []
    turns(network, outbox, NOW + 121)

    assert len(network.taken) == 1


def test_a_clock_that_was_set_back_holds_nothing_back(outbox: Outbox) -> None:
    network = Network(troubles=[Passing()])
    outbox.put(messages(1, expires=NOW + 90_000))
    turns(network, outbox, NOW)

    turns(network, outbox, NOW - 7_200)

    assert len(network.taken) == 1


def test_what_never_will_go_is_listed_and_not_tried_again(outbox: Outbox) -> None:
    network = Network(troubles=[Permanent()])
    outbox.put(messages(1))

    turns(network, outbox, NOW, NOW + 5_000)

    assert [one.fate for one in outbox.dead_letters()] == [Fate.FAILED]
    assert network.taken == []


def test_nothing_is_sent_after_the_alert_ended(outbox: Outbox) -> None:
    network = Network()
    outbox.put(messages(1, expires=NOW - 1))

    turns(network, outbox, NOW)

    assert [one.trouble for one in outbox.dead_letters()] == ["expired"]


def test_a_withdrawn_alert_sends_no_more(outbox: Outbox) -> None:
    network = Network()
    outbox.put(messages(3))

    outbox.withdraw("abcd")
    turns(network, outbox, NOW)

    assert network.taken == []


@pytest.mark.parametrize(("ids", "fate"), [("known", Fate.WAITING), ("not", Fate.UNCERTAIN)])
def test_after_a_crash_only_a_network_that_knows_ids_gets_it_again(
    outbox: Outbox, ids: str, fate: Fate
) -> None:
    outbox.put(messages(1))
    outbox.claim(Channel.SMS, most=1, now=NOW)

    outbox.recover(Channel.SMS, knows_ids=ids == "known")

    assert outbox.report() == {Channel.SMS: {fate: 1}}


def test_an_unknown_fate_is_never_repeated_by_itself_where_ids_are_unknown(outbox: Outbox) -> None:
    network = Network(knows_ids=False, troubles=[FateUnknown()])
    outbox.put(messages(1))

    turns(network, outbox, NOW, NOW + 5_000)

    assert network.taken == []
    assert outbox.report() == {Channel.SMS: {Fate.UNCERTAIN: 1}}


def test_a_person_may_have_it_tried_again(outbox: Outbox) -> None:
    network = Network(troubles=[Permanent()])
    outbox.put(messages(1))
    turns(network, outbox, NOW)

    outbox.again(MessageId("0000"))
    turns(network, outbox, NOW)

    assert network.taken == ["0000"]


def test_only_what_failed_can_be_tried_again(outbox: Outbox) -> None:
    outbox.put(messages(1))

    with pytest.raises(NoSuchMessage):
        outbox.again(MessageId("0000"))


def test_a_number_is_forgotten_once_its_message_went(outbox: Outbox, tmp_path: Path) -> None:
    outbox.put(messages(1))
    turns(Network(), outbox, NOW)
    outbox.close()

    assert b"+38050" not in (tmp_path / "outbox.sqlite3").read_bytes()


def test_a_subscriber_s_number_is_forgotten_when_it_fails_too(
    outbox: Outbox, tmp_path: Path
) -> None:
    network = Network(troubles=[Permanent()])
    private = Outgoing(
        MessageId("s-1"), Channel.SMS, "abcd", "T", "x", NOW + 9_000, "+380500000001"
    )
    outbox.put([private])

    turns(network, outbox, NOW)
    outbox.close()

    assert b"+380500000001" not in (tmp_path / "outbox.sqlite3").read_bytes()


def test_who_said_stop_is_sent_nothing_more(outbox: Outbox) -> None:
    network = Network()
    outbox.put(messages(2))

    outbox.withdraw_from("+380500000000")
    turns(network, outbox, NOW)

    assert network.taken == ["0001"]


def test_an_answer_is_kept_once_until_it_was_read(outbox: Outbox) -> None:
    answer = Answer("a1", "+380500000001", "СТОП")
    outbox.take_answers([answer])
    outbox.take_answers([answer])
    assert outbox.answers() == [answer]

    outbox.forget_answer(answer)

    assert outbox.answers() == []
