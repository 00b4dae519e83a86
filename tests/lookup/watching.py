"""A desk's half of the look-up: keys, lists, numbers, published and handed over by hand."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from oberih.core import canonical
from oberih.core.canonical import Json
from oberih.core.identifiers import Identifier, parse
from oberih.core.time import now
from oberih.crypto import buckets, notes, voprf, watchlist
from oberih.crypto.fields import spelled_time
from oberih.crypto.manifest import Form, Manifest
from oberih.crypto.notes import Purpose
from oberih.crypto.voprf import EvaluationKey, Mode
from oberih.crypto.watchlist import Answer, Verdict
from tests.journeys.operator import Operator

REPORTED = "+380 50 000 00 01"
NOT_KNOWN = "+380 50 000 00 02"
OFFICIAL = "+380 44 000 00 01"
KEY_PATH = "/api/courier/lookup-key"
SALT = b"\x07" * 32


@dataclass(slots=True)
class Watch:
    """What the desk publishes for one epoch, over an operator's keys."""

    operator: Operator
    epoch: int = 1
    key: EvaluationKey = field(default_factory=lambda: EvaluationKey.generate(mode=Mode.VOPRF))
    listed: tuple[str, ...] = (REPORTED,)
    start: datetime = field(default_factory=lambda: now() - timedelta(hours=1))
    form: Form = Form.WHOLE
    is_beside: bool = False
    """Whether the whole list lies beside its buckets."""

    def publish(self, *, signer: Ed25519PrivateKey | None = None) -> None:
        """Publish delegations, numbers, the list and its manifest."""
        self.operator.publish()
        self._sign("numbers.note", purpose=Purpose.NUMBERS, body=numbers())
        manifest = self._buckets() if self.form is Form.BUCKETS else self._whole()
        body = manifest.as_json()
        self._sign("watch-list.note", purpose=Purpose.WATCH_LIST, body=body, signer=signer)

    def hand_over(self, address: str, *, not_after: datetime | None = None) -> bytes:
        """Give the key to the look-up's courier listener."""
        return self.operator.call(address, path=KEY_PATH, body=self.handed(not_after))

    def handed(self, not_after: datetime | None = None) -> bytes:
        """Return what is handed over."""
        until = not_after or now() + timedelta(days=9)
        secret = self.key.secret.hex()
        told = {"epoch": self.epoch, "secret": secret, "not_after": spelled_time(until)}
        return canonical.encode(told)

    def entry(self, identifier: Identifier) -> bytes:
        """Return the identifier's entry."""
        output = voprf.output(watchlist.question(identifier), key=self.key)
        return watchlist.entry(Verdict(Answer.REPORTED, ("P1", "M2")), output=output)

    def _whole(self) -> Manifest:
        entries = watchlist.listed(self.entry(parse(one)) for one in self.listed)
        manifest = self._manifest(size=len(entries), digest=sha256(entries).digest())
        self.operator.write(manifest.path, entries)
        return manifest

    def _buckets(self) -> Manifest:
        found = [parse(one) for one in self.listed]
        pairs = [(buckets.bucket_of(one, salt=SALT, bits=3), self.entry(one)) for one in found]
        root, files = buckets.cut(pairs, bits=3)
        size = len(files[0]) - 3 * buckets.HASH
        whole = self._manifest(size=size, digest=root)
        beside = watchlist.listed(self.entry(one) for one in found) if self.is_beside else b""
        digest = sha256(beside).hexdigest() if beside else ""
        manifest = replace(whole, form=Form.BUCKETS, bits=3, salt=SALT, whole=digest)
        self.operator.write(manifest.path, beside)
        for at, file in enumerate(files):
            self.operator.write(manifest.bucket_path(at), file)
        return manifest

    def _manifest(self, *, size: int, digest: bytes) -> Manifest:
        count = len(self.listed)
        return Manifest(
            self.epoch, self.key.public, count, size, digest, "", Form.WHOLE, bits=0, salt=b""
        )

    def _sign(
        self,
        path: str,
        *,
        purpose: Purpose,
        body: Json,
        signer: Ed25519PrivateKey | None = None,
    ) -> None:
        start = self.start.replace(microsecond=0)
        document = notes.Document(purpose, self.epoch, start, start + timedelta(hours=12), body)
        self.operator.write(path, notes.sign(document, key=signer or self.operator.keys[purpose]))


def numbers() -> Json:
    """Return a dated numbers file with one invented body."""
    lines = [{"dial": "+380440000001", "shown": OFFICIAL}, {"dial": "102", "shown": "102"}]
    name = {"en": "An invented bureau", "uk": "Вигадане бюро"}
    return {
        "v": 1,
        "groups": [{"entries": [{"lines": lines, "name": name}]}],
        "official": [{"identifier": "phone:+380440000001", "name": name}],
    }


@dataclass(slots=True)
class Recording(httpx.BaseTransport):
    """Passes requests on and keeps what somebody on the way would see of each."""

    seen: list[tuple[object, ...]] = field(default_factory=list)
    bodies: list[tuple[bytes, bytes]] = field(default_factory=list)
    inner: httpx.HTTPTransport = field(default_factory=httpx.HTTPTransport)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on, whole."""
        body = request.read()
        answer = self.inner.handle_request(request)
        content = answer.read()
        sizes = (len(body), len(content))
        names = (tuple(request.headers), tuple(sorted(answer.headers)))
        self.seen.append((request.method, request.url.path, answer.status_code, *sizes, *names))
        self.bodies.append((body, content))
        return httpx.Response(answer.status_code, content=content)

    def close(self) -> None:
        """Let the connections go."""
        self.inner.close()
