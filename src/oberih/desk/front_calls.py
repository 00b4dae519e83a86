"""The courier's calls to the front: outbound only, each one signed by the ring."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Protocol

import httpx

from oberih.core import canonical
from oberih.core.errors import CouldNot
from oberih.crypto.courier_requests import (
    FENCE_HEADER,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    TIME_HEADER,
    CourierRequest,
    publish_path,
)
from oberih.crypto.envelope import EnvelopeId, MailboxId, envelope_id

ENVELOPE, ATTACHMENT, TOMBSTONE = 1, 2, 3
ID_BYTES = 32
RECORD_HEAD = 5
SECONDS = 30.0
NONCE_BYTES = 16
TARGET_HEADER = "X-Oberih-Path"
MOST_IDS = 1_000


class FrontAway(CouldNot):
    """The front does not answer; the courier tries again later."""


class FrontRefused(CouldNot):
    """The front refused the courier's call: check its courier key and its log."""


class FencedOff(CouldNot):
    """Another desk collects now. To take over on purpose: `oberih desk courier --take-over`."""

    def __init__(self, fence: int = 0) -> None:
        """Take the number that the front holds."""
        super().__init__()
        self.fence = fence


class Signer(Protocol):
    """What signs the courier's calls."""

    def sign_courier(self, request: CourierRequest) -> str:
        """Return the signature in hex."""


@dataclass(frozen=True, slots=True)
class CollectedAttachment:
    """An attachment that lies whole at the front."""

    mailbox: MailboxId
    id: str
    chunks: int


@dataclass(frozen=True, slots=True)
class Collected:
    """What one call brought."""

    envelopes: tuple[tuple[EnvelopeId, bytes], ...]
    attachments: tuple[CollectedAttachment, ...]
    tombstones: tuple[MailboxId, ...]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the front said of replies; `refused` ones have no mailbox there any more."""

    delivered: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(slots=True)
class Front:
    """The front's courier listener, as this desk may use it."""

    url: str
    signer: Signer
    fence: int
    now: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    http: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=SECONDS, trust_env=False)
    )

    def collect(self, *, limit: int) -> Collected:
        """Return what waits at the front; it stays there until it is acknowledged."""
        content = self.post("/api/courier/collect", body=canonical.encode({"limit": limit}))
        return _collected(content)

    def chunk(self, attachment: str, *, index: int) -> bytes:
        """Return one chunk of an attachment."""
        wanted = canonical.encode({"id": attachment, "index": index})
        return self.post("/api/courier/attachment", body=wanted)

    def acknowledge(
        self,
        *,
        filed: Sequence[str] = (),
        backed_up: Sequence[str] = (),
        emptied: Sequence[str] = (),
    ) -> None:
        """Tell what the desk has, what its backup has, and which mailboxes' words were changed."""
        for start in range(0, max(len(filed), len(backed_up), len(emptied)), MOST_IDS):
            share = slice(start, start + MOST_IDS)
            told = {"filed": list(filed[share]), "backed_up": list(backed_up[share])}
            if emptied[share]:
                told["emptied"] = list(emptied[share])
            self.post("/api/courier/acknowledge", body=canonical.encode(told))

    def deliver(self, envelopes: Sequence[bytes]) -> Delivered:
        """Put sealed replies into their mailboxes."""
        answer = json.loads(self.post("/api/courier/deliver", body=b"".join(envelopes)))
        return Delivered(tuple(answer["delivered"]), tuple(answer["refused"]))

    def publish(self, path: str, *, content: bytes) -> None:
        """Publish one signed file under /published/."""
        self.post("/api/courier/publish", body=content, target=path)

    def post(self, path: str, *, body: bytes, target: str | None = None) -> bytes:
        """Make one signed call and return its answer; `target` is published to."""
        headers = self._headers(path if target is None else publish_path(target), body=body)
        if target is not None:
            headers[TARGET_HEADER] = target
        try:
            response = self.http.post(self.url.rstrip("/") + path, content=body, headers=headers)
        except httpx.HTTPError as error:
            raise FrontAway from error
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            _raise_refusal(response)
        return response.content

    def _headers(self, path: str, *, body: bytes) -> dict[str, str]:
        request = CourierRequest(
            method="POST",
            path=path,
            body_sha256=hashlib.sha256(body).hexdigest(),
            time=int(self.now().timestamp()),
            nonce=self.entropy(NONCE_BYTES).hex(),
            fence=self.fence,
        )
        return {
            TIME_HEADER: str(request.time),
            NONCE_HEADER: request.nonce,
            FENCE_HEADER: str(request.fence),
            SIGNATURE_HEADER: self.signer.sign_courier(request),
            "Content-Type": "application/octet-stream",
        }


def _raise_refusal(response: httpx.Response) -> None:
    try:
        told = response.json()
    except ValueError as error:
        raise FrontAway from error
    if isinstance(told, dict) and told.get("error") == "fence":
        raise FencedOff(int(told.get("fence", 0)))
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise FrontAway
    raise FrontRefused


def _collected(content: bytes) -> Collected:
    envelopes, attachments, tombstones = [], [], []
    for kind, record in _records(content):
        name = record[:ID_BYTES].hex()
        if kind == ENVELOPE:
            sealed = record[ID_BYTES:]
            envelopes.append((envelope_id(sealed), sealed))
        elif kind == ATTACHMENT:
            chunks = int.from_bytes(record[2 * ID_BYTES :], "big")
            attachment = record[ID_BYTES : 2 * ID_BYTES].hex()
            attachments.append(CollectedAttachment(MailboxId(name), attachment, chunks))
        elif kind == TOMBSTONE:
            tombstones.append(MailboxId(name))
    return Collected(tuple(envelopes), tuple(attachments), tuple(tombstones))


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + RECORD_HEAD <= len(content):
        kind, length = content[at], int.from_bytes(content[at + 1 : at + RECORD_HEAD], "big")
        record = content[at + RECORD_HEAD : at + RECORD_HEAD + length]
        if len(record) != length:
            raise FrontRefused
        yield kind, record
        at += RECORD_HEAD + length
