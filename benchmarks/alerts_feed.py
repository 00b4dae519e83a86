"""The published files of 10,000 alerts, served by the front's own process to readers that poll.

Asked for: 10,000 signed notes one after another; the feed of what is in force, whole and by readers
who have it already. Beside it a peer that does nothing but give out files: granian's static mount,
in Rust, over the same folder, without brotli, tags per form or the page's headers.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import brotli
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from rows import Row, print_row

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from oberih.core.time import now
from oberih.crypto.notes import Document, Purpose, sign
from oberih.formats import json_feed
from tests.journeys.operator import Operator

ALERTS, IN_FORCE, CLIENTS, REQUESTS = 10_000, 200, 16, 20_000
LEAST = 5_000
GET = Path(__file__).with_name("get.py")
FEED = "alerts.feed.json"
WORDS = {"headline": "Просять знімки", "text": "Незнайомці обіцяють лист. " * 8, "advice": "Ні."}


def main() -> None:
    """Print the rows."""
    with tempfile.TemporaryDirectory(prefix="ob-") as name:
        operator = Operator.found(Path(name))
        operator.publish()
        published = operator.folder / "front" / "published"
        publish(published)
        notes = [f"/published/alerts/{number}.note" for number in range(0, ALERTS, 4)]
        front = ["process", "front", "--data", name, "--listen"]
        with served([sys.executable, "-m", "oberih.cli", *front], spelled=True) as port:
            mine = asked(port, "", notes)
            rows(port, tag=tag_of(port))
        with served(static(published), spelled=False) as port:
            theirs = asked(port, "", notes)
        row("a signed note each, of 10,000", mine, peer=theirs)


def rows(port: int, *, tag: str) -> None:
    """Print what readers of the feed get."""
    feed = [f"/published/{FEED}"]
    row("the feed, by readers who have it (304)", asked(port, f"If-None-Match: {tag}", feed))
    row(f"the whole feed, {IN_FORCE} in force, brotli", asked(port, "Accept-Encoding: br", feed))


def row(what: str, told: dict[str, float], *, peer: dict[str, float] | None = None) -> None:
    """Print one row."""
    ratio = f"x{told['rate'] / peer['rate']:.2f} of a bare file server" if peer else ""
    other = f"{peer['rate']:,.0f}/s granian static mount" if peer else ""
    measured = f"{told['rate']:,.0f}/s, {told['megabytes']:.0f} MB/s, p95 {told['p95']:.1f} ms"
    print_row(
        Row(f"10,000 alerts: {what}", measured, ">= 5,000/s", told["rate"] >= LEAST, ratio, other)
    )


def publish(folder: Path) -> None:
    """Write the notes of 10,000 invented alerts and the feed, with their packed forms."""
    key, start = Ed25519PrivateKey.generate(), now().replace(microsecond=0)
    (folder / "alerts").mkdir()
    for number in range(ALERTS):
        body = {"id": str(number), "texts": dict.fromkeys(("uk", "en", "ru"), WORDS)}
        document = Document(Purpose.ALERTS, number + 1, start, start + timedelta(days=9), body)
        write(folder / "alerts" / f"{number}.note", sign(document, key=key), quality=4)
    about = json_feed.Feed("Warnings", "https://a.example/", f"https://a.example/{FEED}", "Example")
    items = [
        json_feed.FeedItem(
            id=f"urn:oberih:alert:{number}",
            url="https://a.example/uk/warnings/",
            title=WORDS["headline"],
            text=f"{number} {WORDS['text']}" * 3,
            published=start,
            signed=f"https://a.example/published/alerts/{number}.note",
            cap=f"https://a.example/published/alerts/{number}.xml",
        )
        for number in range(IN_FORCE)
    ]
    write(folder / FEED, json_feed.build(about, items=items), quality=11)


def write(place: Path, content: bytes, *, quality: int) -> None:
    """Write a file and its packed form."""
    place.write_bytes(content)
    place.with_name(f"{place.name}.br").write_bytes(brotli.compress(content, quality=quality))


def static(folder: Path) -> list[str]:
    """Return the peer's command."""
    words = ["--interface", "rsgi", "--workers", "1", "--no-access-log", "--log-level", "critical"]
    mount = ["--static-path-route", "/published", "--static-path-mount", str(folder)]
    return [sys.executable, "-m", "granian", *words, *mount, "get:main", "--port"]


@contextmanager
def served(command: list[str], *, spelled: bool) -> Iterator[int]:
    """Run a server; yield its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = [*command, f"127.0.0.1:{port}" if spelled else str(port)]
    environment = {**os.environ, "PYTHONPATH": str(GET.parent)}
    with subprocess.Popen(words, env=environment) as child:  # noqa: S603  # our own command
        try:
            wait_for(port)
            yield port
        finally:
            child.terminate()


def wait_for(port: int) -> None:
    """Wait until somebody listens, and a moment more."""
    deadline = time.monotonic() + 20
    while not listens(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)


def listens(port: int) -> bool:
    """Tell whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def tag_of(port: int) -> str:
    """Return the feed's tag."""
    import urllib.request  # noqa: PLC0415  # here alone

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/published/{FEED}") as answer:
        return str(answer.headers["ETag"])


def asked(port: int, header: str, paths: list[str]) -> dict[str, float]:
    """Ask and return rate, times and statuses."""
    words = [str(port), str(CLIENTS), str(REQUESTS), header, *paths]
    done = subprocess.run(  # noqa: S603  # our own script
        [sys.executable, str(GET), *words], capture_output=True, check=True
    )
    told = json.loads(done.stdout)
    assert set(told["statuses"]) <= {"200", "304"}, told["statuses"]  # noqa: S101  # else no figure
    return dict(told)


if __name__ == "__main__":
    main()
