"""Promises of the daily reminder: sealed for one browser, only ever sent to a push service."""

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from oberih.alerts.gateways.push import Push, push_key
from oberih.alerts.gateways.values import Channel, MessageId, Outgoing, Passing, Permanent
from oberih.core import canonical
from oberih.crypto.webpush import point_of, text_of, unseal

BROWSER = generate_private_key(SECP256R1())
AUTH = bytes(range(16))


class Service:
    """A push service on loopback: keeps what came, answers as told, then takes everything."""

    def __init__(self) -> None:
        self.place = ""
        self.status = 201
        self.taken: list[tuple[dict[str, str], bytes]] = []


@pytest.fixture
def service() -> Iterator[Service]:
    told = Service()

    class Asked(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            told.taken.append((dict(self.headers), content))
            self.send_response(told.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    server.daemon_threads = True
    told.place = f"127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()


def reminder(endpoint: str) -> Outgoing:
    keys = {"auth": text_of(AUTH), "endpoint": endpoint, "p256dh": text_of(point_of(BROWSER))}
    target = canonical.encode(keys).decode()
    return Outgoing(MessageId("s-1"), Channel.PUSH, "daily", "", "Нагадування", 2**40, target)


def send(service: Service, endpoint: str = "") -> None:
    hosts = frozenset({service.place})
    push = Push(generate_private_key(SECP256R1()), "mailto:desk@oberih.example", hosts)
    with closing(push):
        push.send(reminder(endpoint or f"http://{service.place}/one"))


def test_only_the_browser_reads_the_reminder(service: Service) -> None:
    send(service)

    [(headers, content)] = service.taken
    assert unseal(content, key=BROWSER, auth=AUTH).decode() == "Нагадування"
    assert headers["TTL"] == "43200"
    assert headers["Authorization"].startswith("vapid t=")


@pytest.mark.parametrize(("status", "error"), [(410, Permanent), (404, Permanent), (429, Passing)])
def test_a_browser_that_is_gone_is_gone_for_good(
    service: Service, status: int, error: type[Exception]
) -> None:
    service.status = status

    with pytest.raises(error):
        send(service)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://127.0.0.1:9/",
        "https://localhost/",
        "https://fcm.googleapis.com.evil.example/",
        "https://fcm.googleapis.com:8443/",
        "https://user@fcm.googleapis.com/",
        "http://fcm.googleapis.com/",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_is_no_push_service_is_never_asked(service: Service, endpoint: str) -> None:
    with pytest.raises(Permanent):
        send(service, endpoint)

    assert service.taken == []


def test_the_key_is_made_once_and_stays(tmp_path: Path) -> None:
    first = push_key(tmp_path / "push.key")

    again = push_key(tmp_path / "push.key")

    assert point_of(first) == point_of(again)
    assert (tmp_path / "push.key").stat().st_mode & 0o077 == 0


def test_a_target_that_is_no_push_address_is_permanent(service: Service) -> None:
    push = Push(generate_private_key(SECP256R1()), "mailto:desk@oberih.example")
    broken = Outgoing(MessageId("s-1"), Channel.PUSH, "d", "", "x", 2**40, json.dumps({"a": 1}))

    with closing(push), pytest.raises(Permanent):
        push.send(broken)

    assert service.taken == []
