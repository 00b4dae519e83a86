"""Promises of each channel: what is handed over, what passes, what never will."""

import email
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from oberih.alerts.gateways.listening import fetch
from oberih.alerts.gateways.matrix import Matrix
from oberih.alerts.gateways.outbox import Outbox
from oberih.alerts.gateways.sms import Sms
from oberih.alerts.gateways.smtp import Smtp
from oberih.alerts.gateways.telegram import Telegram
from oberih.alerts.gateways.values import (
    Answer,
    Channel,
    Gateway,
    MessageId,
    Outgoing,
    Passing,
    Permanent,
)
from tests.core.gateways.networks import HttpNetwork, Letters, http_network, smtp_network


def message(channel: Channel, target: str = "") -> Outgoing:
    words = ("Просять знімки", "Не робіть. Код abcd")
    return Outgoing(MessageId("a1"), channel, "abcd", *words, expires=2**40, target=target)


def hand_over(gateway: Gateway, what: Outgoing) -> None:
    with closing(gateway):
        gateway.send(what)


@pytest.fixture
def network() -> Iterator[HttpNetwork]:
    with http_network() as running:
        yield running


@pytest.fixture
def letters() -> Iterator[Letters]:
    with smtp_network() as running:
        yield running


def test_a_letter_arrives_in_ukrainian_with_a_message_id_of_its_own(letters: Letters) -> None:
    server = Smtp("127.0.0.1", letters.port, "desk@oberih.example", encrypted=False)

    hand_over(server, message(Channel.SMTP, "news@radio.example"))

    [(address, content)] = letters.taken
    read = email.message_from_bytes(content)
    assert address == "news@radio.example"
    assert read["Message-ID"] == "<a1@oberih.example>"
    assert "Не робіть" in read.get_payload(decode=True).decode()


def test_an_address_that_does_not_exist_is_permanent(letters: Letters) -> None:
    letters.refused.add("gone@radio.example")
    server = Smtp("127.0.0.1", letters.port, "desk@oberih.example", encrypted=False)

    with pytest.raises(Permanent):
        hand_over(server, message(Channel.SMTP, "gone@radio.example"))


def test_a_server_that_cannot_encrypt_gets_no_letter(letters: Letters) -> None:
    server = Smtp("127.0.0.1", letters.port, "desk@oberih.example")

    with pytest.raises(Permanent):
        hand_over(server, message(Channel.SMTP, "news@radio.example"))


def test_a_server_that_is_away_passes() -> None:
    with pytest.raises(Passing):
        hand_over(Smtp("127.0.0.1", 1, "desk@oberih.example"), message(Channel.SMTP, "a@b.example"))


def test_an_sms_carries_its_id(network: HttpNetwork) -> None:
    hand_over(Sms(network.url, "token"), message(Channel.SMS, "+380500000001"))

    assert network.asked[0][1]["id"] == "a1"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((503, {}), Passing),
        ((429, {}), Passing),
        ((200, {"error": "throttled", "retry_after": 7}), Passing),
        ((200, {"error": "no_such_number"}), Permanent),
        ((400, {}), Permanent),
    ],
)
def test_an_error_inside_a_good_answer_is_an_error(
    network: HttpNetwork, answer: tuple[int, dict[str, object]], error: type[Exception]
) -> None:
    network.answers.append(answer)

    with pytest.raises(error):
        hand_over(Sms(network.url, "token"), message(Channel.SMS, "+380500000001"))


def test_telegram_posts_in_the_channel(network: HttpNetwork) -> None:
    hand_over(Telegram("token", "@warnings", network.url), message(Channel.TELEGRAM))

    path, body = network.asked[0]
    assert path == "/bottoken/sendMessage"
    assert body["chat_id"] == "@warnings"


def test_telegram_s_refusal_is_permanent(network: HttpNetwork) -> None:
    network.answers.append((200, {"ok": False}))

    with pytest.raises(Permanent):
        hand_over(Telegram("token", "@warnings", network.url), message(Channel.TELEGRAM))


def test_matrix_names_the_id_so_that_it_is_shown_once(network: HttpNetwork) -> None:
    hand_over(Matrix(network.url, "token", "!room:example"), message(Channel.MATRIX))

    assert network.asked[0][0].endswith("/m.room.message/a1")


def test_answers_of_phones_are_kept_on_the_disk_and_dropped_at_the_gateway(
    network: HttpNetwork, tmp_path: Path
) -> None:
    network.inbox = [{"id": "m1", "from": "+380500000001", "text": "СТОП"}]
    gateway = Sms(network.url, "token", inbox=f"{network.url}/in")
    outbox = Outbox(tmp_path / "outbox.sqlite3")

    with closing(gateway), closing(outbox):
        fetch(gateway, outbox=outbox)
        fetch(gateway, outbox=outbox)
        kept = outbox.answers()

    assert kept == [Answer("m1", "+380500000001", "СТОП")]
    assert network.inbox == []


def test_an_answer_without_an_id_never_has_the_whole_inbox_dropped(network: HttpNetwork) -> None:
    network.inbox = [{"id": "", "from": "+380500000001", "text": "СТОП"}]
    gateway = Sms(network.url, "token", inbox=f"{network.url}/in")

    with closing(gateway):
        found = gateway.answers()

    assert found == []
