"""The front as a reporter's program sees it: a few calls, each tried again when the network slips.

Everything sent is sealed or an access token; the front still learns when and from which address.
"""

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import TypeVar

import httpx

from oberih.core.canonical import Json, decode
from oberih.core.errors import BadInput, CouldNot, Refused
from oberih.crypto.envelope import SIZE, EnvelopeId, MailboxId
from oberih.crypto.fields import Fields
from oberih.crypto.receipt import ReporterKeys

Answer = TypeVar("Answer")

TIMEOUT = httpx.Timeout(30.0, connect=10.0)
QUICK = httpx.Timeout(10.0)
LONGEST_SECONDS = 120.0
"""An answer that drips in for longer counts as none."""
PAUSES = (0.3, 1.0, 3.0)
"""Seconds before each further attempt; every call may be repeated without harm."""
HEADERS = {"Content-Type": "application/octet-stream", "Accept-Encoding": "identity"}
DIRECT = {"all://127.0.0.1": None, "all://localhost": None}
"""A proxy of the environment is not asked for this machine itself."""
LARGEST_ANSWER = 8 * 1024 * 1024
MOST_LISTED = 1000
ROOT_IN_PAGE = re.compile(r'<html[^>]* data-root="([0-9a-f]{64})"')


class NoFrontAddress(BadInput):
    """This is not the address of a front: it begins with http:// or https://."""


class FrontAway(CouldNot):
    """The mailbox cannot be reached now; nothing was lost here, try again later."""


class FrontFull(CouldNot):
    """The mailbox has no room now; keep the text and try again later."""


class FrontRefused(CouldNot):
    """The mailbox did not take it."""


class OddAnswer(CouldNot):
    """The mailbox answered in a way that is not known here."""


class NoRoot(BadInput):
    """The operator's root key is not known: give it with --root."""


class WeekOver(CouldNot):
    """The week of this recipient is over, and there is no newer one."""

    def __init__(self, note: str = "") -> None:
        """Take the signed note of the current recipient, when the front sent one."""
        super().__init__()
        self.note = note.encode()


@dataclass(frozen=True, slots=True)
class Access:
    """A mailbox and the token that opens it."""

    token: bytes = field(repr=False)
    mailbox: MailboxId

    @classmethod
    def of(cls, keys: ReporterKeys) -> "Access":
        """Return the access that belongs to a receipt."""
        return cls(keys.token, keys.mailbox)

    def __bytes__(self) -> bytes:
        """Return token and mailbox, as the front reads them."""
        return self.token + bytes.fromhex(self.mailbox)


@dataclass(frozen=True, slots=True)
class Listed:
    """One envelope of a mailbox as the front tells it: nothing of it is authenticated."""

    id: EnvelopeId
    direction: str
    day: date


@dataclass(frozen=True, slots=True)
class ChunkAt:
    """One chunk of a sealed attachment and its place."""

    attachment: str
    index: int
    content: bytes


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back, whole."""

    status: int
    content: bytes = field(repr=False)


class Front:
    """One front at an address, with the operator's root key that its documents must follow."""

    def __init__(
        self,
        url: str,
        *,
        root: bytes | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the address; without a root key, `root` reads it from the front's own page."""
        if not re.match(r"https?://[^/]", url):
            raise NoFrontAddress
        mounts = None if transport else DIRECT
        self._client = httpx.Client(
            base_url=url.rstrip("/"), timeout=TIMEOUT, transport=transport, mounts=mounts
        )
        self._sleep = sleep
        self._root = root

    @property
    def root(self) -> bytes:
        """The operator's root key: the given one, else the page's, as a browser would take it."""
        if self._root is None:
            found = ROOT_IN_PAGE.search(self._asked("GET", "/en/", b"").decode("utf-8", "replace"))
            if found is None:
                raise NoRoot
            self._root = bytes.fromhex(found[1])
        return self._root

    def deposit(self, access: Access, envelope: bytes) -> None:
        """Put an envelope in; it is on the front's disk when this returns. Raises WeekOver."""
        self._asked("POST", "/api/envelopes", access.token + envelope)

    def listed(self, access: Access) -> list[Listed]:
        """Return what lies in the mailbox, each envelope once; empty for an absent one."""
        page = self._asked("POST", "/api/mailbox/list", bytes(access))
        if len(page) != SIZE:
            raise OddAnswer
        found = _read(page.rstrip(b" "), _listing)
        return list({one.id: one for one in found}.values())

    def fetch(self, access: Access, envelope: EnvelopeId) -> bytes | None:
        """Return an envelope, None when it is not there."""
        body = bytes(access) + bytes.fromhex(envelope)
        answer = self._asked("POST", "/api/mailbox/fetch", body)
        if len(answer) != SIZE:
            raise OddAnswer
        return None if answer.startswith(bytes(16)) else answer

    def delete(self, access: Access) -> None:
        """Empty the mailbox for good; the desk is told."""
        self._asked("POST", "/api/mailbox/delete", bytes(access))

    def announce(self, access: Access, *, attachment: str, chunks: int) -> set[int]:
        """Open an attachment; return the numbers of the chunks that are there already."""
        body = bytes(access) + bytes.fromhex(attachment) + chunks.to_bytes(4, "big")
        return _read(self._asked("POST", "/api/attachments", body), _have)

    def put_chunk(self, access: Access, chunk: ChunkAt) -> None:
        """Send one chunk of an announced attachment."""
        head = bytes.fromhex(chunk.attachment) + chunk.index.to_bytes(4, "big")
        self._asked("POST", "/api/attachments/parts", bytes(access) + head + chunk.content)

    def published(self, path: str) -> bytes:
        """Return a published file."""
        return self._asked("GET", f"/published/{path}", b"")

    def page(self, path: str) -> bytes:
        """Return a page or one of its files, as a browser would get it."""
        return self._asked("GET", path, b"")

    def asked_once(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Post once; return status and body as they came. Raises FrontAway when it is slow."""
        answer = self._tried("POST", path, body, timeout=QUICK)
        if answer is None:
            raise FrontAway
        return answer.status, answer.content

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def _asked(self, method: str, path: str, body: bytes) -> bytes:
        for pause in (*PAUSES, None):
            answer = self._tried(method, path, body)
            if answer is not None and answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                return _accepted(answer)
            if answer is not None and answer.status == HTTPStatus.INSUFFICIENT_STORAGE:
                raise FrontFull
            if pause is not None:
                self._sleep(pause)
        raise FrontAway

    def _tried(
        self, method: str, path: str, body: bytes, *, timeout: httpx.Timeout = TIMEOUT
    ) -> _Answer | None:
        """Return the answer, None when the network failed: its error could name addresses."""
        try:
            with self._client.stream(
                method, path, content=body, headers=HEADERS, timeout=timeout
            ) as answer:
                return _Answer(answer.status_code, _limited(answer.iter_bytes()))
        except (httpx.TransportError, httpx.DecodingError):
            return None


def _limited(pieces: Iterable[bytes]) -> bytes:
    """Return the whole; raises OddAnswer before it fills the memory or drips in for ever."""
    whole = bytearray()
    until = time.monotonic() + LONGEST_SECONDS
    for piece in pieces:
        whole += piece
        if len(whole) > LARGEST_ANSWER or time.monotonic() > until:
            raise OddAnswer
    return bytes(whole)


def _accepted(answer: _Answer) -> bytes:
    if answer.status in {HTTPStatus.OK, HTTPStatus.CREATED}:
        return answer.content
    if answer.status == HTTPStatus.CONFLICT:
        raise WeekOver(_read(answer.content, _offered_note))
    raise FrontRefused


def _read(content: bytes, form: Callable[[Fields], Answer]) -> Answer:
    try:
        return form(Fields(decode(content), error=Refused))
    except Refused:
        raise OddAnswer from None


def _offered_note(fields: Fields) -> str:
    if fields.take("error") != "epoch":
        raise FrontRefused
    note = fields.take("recipient")
    return note if isinstance(note, str) else ""


def _have(fields: Fields) -> set[int]:
    return {one for one in fields.items("have", most=MOST_LISTED) if isinstance(one, int)}


def _listing(fields: Fields) -> list[Listed]:
    fields.require(fields.number("v") == 1)
    return [_listed(one) for one in fields.items("envelopes", most=MOST_LISTED)]


def _listed(value: Json) -> Listed:
    fields = Fields(value, error=Refused)
    direction = fields.text("direction", longest=6)
    fields.require(direction in {"report", "reply"})
    identifier = EnvelopeId(fields.hexadecimal("id", length=32).hex())
    return Listed(identifier, direction, fields.day("day"))
