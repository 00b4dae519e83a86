"""Alerts: one file built, signed and validated; 20,000 SMS over five kills, each exactly once."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from rows import Row, print_row

from oberih.alerts.gateways.outbox import Outbox
from oberih.alerts.gateways.serve import outbox_of
from oberih.alerts.gateways.values import Channel, Fate, MessageId, Outgoing
from oberih.crypto.notes import Document, Purpose, sign
from oberih.formats.cap import CapAlert, Grade, Span, Wording, build

MESSAGES, KILLS, LEAST_A_SECOND = 20_000, 5, 300
MOST_CAP_MS = 20.0
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SERVER = """
import collections, http.server, json, sys
accepted, asked = collections.Counter(), 0
class Asked(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    def do_POST(self):
        accepted[json.loads(self.rfile.read(int(self.headers["Content-Length"])))["id"]] += 1
        self.answer(b"{}")
    def do_GET(self):
        once = len(accepted)
        self.answer(json.dumps([once, sum(accepted.values())]).encode())
    def answer(self, content):
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
    def log_message(self, *words):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Asked)
server.handle_error = lambda *of_a_killed_sender: None
print(server.server_port, flush=True)
server.serve_forever()
"""


def main() -> None:
    """Print the rows."""
    cap_row()
    sms_rows()


def cap_row() -> None:
    """Measure one alert in three languages: built, validated, its note signed."""
    key = Ed25519PrivateKey.generate()
    times = sorted(seconds(lambda: one_alert(key)) * 1_000 for _ in range(300))
    p95 = quantiles(times, n=20)[-1]
    print_row(
        Row("an alert as CAP built, validated and signed, p95", f"{p95:.1f} ms", "< 20 ms",
            p95 < MOST_CAP_MS)
    )  # fmt: skip


def one_alert(key: Ed25519PrivateKey) -> None:
    """Build, validate and sign."""
    wordings = [
        Wording(
            language, "Тиск на родини", "Заголовок " * 8, "Текст " * 60, "Порада " * 20, "Україна"
        )
        for language in ("uk-UA", "en-GB", "ru-UA")
    ]
    cap = CapAlert(
        "urn:oid:2.25.1.7", "desk@oberih.example", NOW, "Actual", "Alert",
        Grade("Expected", "Severe", "Observed"), Span(NOW, NOW + timedelta(days=30)), wordings,
        "Example",
    )  # fmt: skip
    body = {"cap": build(cap).decode()}
    sign(Document(Purpose.ALERTS, 1, NOW, NOW + timedelta(days=30), body), key=key)


def sms_rows() -> None:
    """Measure 20,000 messages to a local gateway that knows ids, killed five times on the way."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Outbox(outbox_of(Path(folder)))) as outbox,
    ):
        outbox.put(messages())
        server = subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True
        )
        try:
            run_through(Path(folder), outbox=outbox, server=server)
        finally:
            server.kill()


def run_through(folder: Path, *, outbox: Outbox, server: "subprocess.Popen[str]") -> None:
    """Start, kill five times, wait for the end; print what came."""
    assert server.stdout is not None  # noqa: S101  # it was asked for
    url = f"http://127.0.0.1:{server.stdout.readline().strip()}"

    def came() -> list[int]:
        with urllib.request.urlopen(url, timeout=60) as answer:  # our own loopback
            return list(json.load(answer))

    begun = time.monotonic()
    for kill in range(KILLS):
        running = start(folder, url=url)
        wait_for(lambda at=(kill + 1) * MESSAGES // (KILLS + 1): came()[0] >= at)  # type: ignore[misc]  # its mark
        running.send_signal(signal.SIGKILL)
        running.wait()
    last = start(folder, url=url)
    wait_for(lambda: outbox.report()[Channel.SMS] == {Fate.SENT: MESSAGES})
    took = time.monotonic() - begun
    last.terminate()
    last.wait()
    once, asked = came()
    print_row(
        Row("20,000 SMS handed over, five kill -9 between", f"{MESSAGES / took:.0f}/s", ">= 300/s",
            MESSAGES / took >= LEAST_A_SECOND)
    )  # fmt: skip
    print_row(
        Row("message ids that came (requests with a known id again)", f"{once} ({asked - once})",
            "20,000", once == MESSAGES)
    )  # fmt: skip


def start(folder: Path, *, url: str) -> "subprocess.Popen[bytes]":
    """Start the gateways' process."""
    settings = {"SMS": url, "SMS_TOKEN": "t", "SMS_KNOWS_IDS": "1", "SMS_RATE": "5000"}
    named = {f"OBERIH_GATEWAY_{name}": value for name, value in settings.items()}
    return subprocess.Popen(  # our own command
        [sys.executable, "-m", "oberih.cli", "process", "gateways"],
        env={**os.environ, "OBERIH_DATA": str(folder), **named},
    )


def messages() -> list[Outgoing]:
    """Return invented messages."""
    ends = int(time.time()) + 3_600
    words = ("Т", "Просять знімки. Не робіть. Код abcdefgh")
    return [
        Outgoing(MessageId(f"{n:08x}"), Channel.SMS, "abcd", *words, ends, f"+38050{n:07}")
        for n in range(MESSAGES)
    ]


def wait_for(is_done: Callable[[], bool]) -> None:
    """Ask twice a second for at most four minutes."""
    deadline = time.monotonic() + 240
    while not is_done() and time.monotonic() < deadline:
        time.sleep(0.5)


def seconds(work: Callable[[], object]) -> float:
    """Return how long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
