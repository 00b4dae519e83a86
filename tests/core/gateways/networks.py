"""Simulated networks on loopback: an HTTP gateway that drops known ids, a real SMTP server."""

import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


@dataclass(slots=True)
class HttpNetwork:
    """What came in; `answers` are taken first, then everything is accepted."""

    url: str = ""
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    accepted: Counter[str] = field(default_factory=Counter)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    inbox: list[dict[str, str]] = field(default_factory=list)

    def take(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Take one request; a message whose id is known is accepted and not delivered again."""
        self.asked.append((path, body))
        if self.answers:
            return self.answers.pop(0)
        name = str(body.get("id") or path.rsplit("/", 1)[-1])
        self.accepted[name] = 1
        return 200, {"ok": True}


class Telling(BaseHTTPRequestHandler):
    """Answers in JSON and writes no log."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def tell(self, told: dict[str, Any], *, status: int = 200) -> None:
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def http_network() -> Iterator[HttpNetwork]:
    """Run the simulated gateway until the end of the block."""
    network = HttpNetwork()

    class Asked(Telling):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, told = network.take(self.path, body)
            self.tell(told, status=status)

        do_PUT = do_POST  # noqa: N815  # http.server's own name

        def do_GET(self) -> None:
            self.tell({"messages": network.inbox})

        def do_DELETE(self) -> None:
            name = self.path.rsplit("/", 1)[-1]
            network.inbox = [one for one in network.inbox if one["id"] != name]
            self.tell({})

    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    server.daemon_threads = True
    network.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield network
    finally:
        server.shutdown()
        server.server_close()


@dataclass(slots=True)
class Letters:
    """The letters that a real SMTP server took; addresses in `refused` are refused for good."""

    port: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    async def handle_RCPT(self, *asked: Any) -> str:  # noqa: ANN401, N802  # aiosmtpd's own
        """Refuse an unknown address."""
        _server, _session, envelope, address, _options = asked
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, *asked: Any) -> str:  # noqa: ANN401, N802  # the same
        """Keep the letter."""
        _server, _session, envelope = asked
        self.taken.extend((address, envelope.content) for address in envelope.rcpt_tos)
        return "250 taken"


@contextmanager
def smtp_network() -> Iterator[Letters]:
    """Run a real SMTP server until the end of the block."""
    letters = Letters(port=free_port())
    controller = Controller(letters, hostname="127.0.0.1", port=letters.port)
    controller.start()
    try:
        yield letters
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
