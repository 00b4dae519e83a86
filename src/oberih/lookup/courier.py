"""Takes each epoch's key from the desk's courier, on its own listener; every call is signed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from oberih.core import canonical
from oberih.core.errors import OberihError
from oberih.crypto.courier_requests import (
    FENCE_HEADER,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    TIME_HEADER,
    CourierRequest,
    NotTheCourier,
    verify_request,
)
from oberih.crypto.fields import Fields
from oberih.lookup.epoch_keys import EpochKey, EpochKeys
from oberih.lookup.refusals import MalformedKey, NotReady, as_json, refusal
from oberih.system.listening import (
    Answer,
    Connection,
    Refusal,
    Scope,
    read_within,
    refuse,
    stated_size,
)

PATH = "/api/courier/lookup-key"
LARGEST = 1024
BODY_SECONDS = 10.0
SKEW = timedelta(hours=25)
"""As at the front: a desk whose clock is a day wrong still works."""
NONCE_LETTERS = 32
HEX = set("0123456789abcdef")


@dataclass(slots=True)
class CourierListener:
    """The RSGI application of the courier's listener; `courier_key` is the file of its public key.

    Nonces are kept in memory: a call repeated after a restart brings a key that is here already,
    or one whose epoch is over, and is refused then.
    """

    keys: EpochKeys
    courier_key: Path
    now: Callable[[], datetime]
    _nonces: dict[str, datetime] = field(default_factory=dict)

    async def __call__(self, scope: Scope, connection: Connection) -> None:
        """Answer one request."""
        try:
            answer = self._answer(scope, body=await self._body(scope, connection))
        except Refusal as refused:
            answer = refuse(refused)
        except OberihError as error:
            answer = refusal(error)
        connection.response_bytes(answer.status, answer.headers, answer.body)

    async def _body(self, scope: Scope, connection: Connection) -> bytes:
        if scope.path != PATH or scope.method != "POST":
            raise Refusal(HTTPStatus.NOT_FOUND, code="not-found")
        if stated_size(scope) > LARGEST:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, code="size")
        return await read_within(BODY_SECONDS, connection=connection)

    def _answer(self, scope: Scope, *, body: bytes) -> Answer:
        now = self.now()
        self._authorise(scope, body=body, now=now)
        key = EpochKey.read(Fields(canonical.decode(body), error=MalformedKey))
        public = self.keys.keep(key, now=now)
        return as_json({"epoch": key.epoch, "key": public.hex()}, status=HTTPStatus.CREATED)

    def _authorise(self, scope: Scope, *, body: bytes, now: datetime) -> None:
        """Let exactly this request through, once; raises NotTheCourier, Fenced or NotReady."""
        request = stated_request(scope, body=body)
        signature = scope.headers.get(SIGNATURE_HEADER.lower()) or ""
        verify_request(request, signature=signature, key=self._public_key())
        self._nonces = {one: at for one, at in self._nonces.items() if now - at < 2 * SKEW}
        skew = abs(now - datetime.fromtimestamp(request.time, tz=UTC))
        if skew > SKEW or request.nonce in self._nonces:
            raise NotTheCourier
        self._nonces[request.nonce] = now
        self.keys.raise_fence(request.fence)

    def _public_key(self) -> bytes:
        try:
            return bytes.fromhex(self.courier_key.read_text().strip())
        except (OSError, ValueError) as error:
            raise NotReady from error


def stated_request(scope: Scope, *, body: bytes) -> CourierRequest:
    """Return what the signature stands over; raises NotTheCourier when a header is missing."""
    nonce = scope.headers.get(NONCE_HEADER.lower()) or ""
    if len(nonce) != NONCE_LETTERS or set(nonce) - HEX:
        raise NotTheCourier
    try:
        return CourierRequest(
            method=scope.method,
            path=scope.path,
            body_sha256=hashlib.sha256(body).hexdigest(),
            time=int(scope.headers.get(TIME_HEADER.lower()) or ""),
            nonce=nonce,
            fence=int(scope.headers.get(FENCE_HEADER.lower()) or ""),
        )
    except ValueError as error:
        raise NotTheCourier from error
