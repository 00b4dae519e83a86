"""Serves the front: bodies are read without holding a thread, then Django answers in one of four.

A slow phone therefore costs a socket, not a thread; what is too large is refused before it is
read. Why not WSGI: docs/decisions/0030-front-server.md.
"""

import asyncio
import logging
import os
import random
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from io import BytesIO
from typing import Any, NoReturn

from django.conf import settings

from oberih.core.time import now
from oberih.crypto import blind_questions
from oberih.front import forms, forwarding, limits
from oberih.front.application import prepare
from oberih.front.shelf import Shelf
from oberih.system.listening import (
    Answer,
    Connection,
    Headers,
    Refusal,
    Scope,
    allow_connections,
    read_within,
    refuse,
    serve_until_told,
    stated_size,
)

log = logging.getLogger("oberih.front")

THREADS = 4
LARGE = 32_768
LARGE_AT_ONCE = 64
"""Chunks of attachments are read by so many at once: 16 MB of memory, whatever a flood sends."""
SWEEP_SECONDS = 60.0
SMALL_SECONDS, LARGE_SECONDS = 30.0, 120.0
"""How long a body may take: at 50 kbit/s an envelope takes 3 seconds, a chunk 42."""

PUBLIC_SIZES: Mapping[str, int] = {
    "/api/envelopes": forms.DEPOSIT_BYTES,
    "/api/attachments": forms.ANNOUNCEMENT_BYTES,
    "/api/attachments/parts": forms.CHUNK_BYTES,
    "/api/mailbox/list": forms.ACCESS_BYTES,
    "/api/mailbox/fetch": forms.FETCH_BYTES,
    "/api/mailbox/delete": forms.ACCESS_BYTES,
    blind_questions.PATH: blind_questions.LARGEST,
}
COURIER_SIZES: Mapping[str, int] = {
    f"/api/courier/{name}": limits.COURIER_BYTES
    for name in ("collect", "attachment", "acknowledge", "deliver", "publish")
}
BODYLESS = {"GET", "HEAD", "OPTIONS"}

StartResponse = Callable[..., Any]
Wsgi = Callable[[dict[str, Any], StartResponse], Any]


class Front:
    """The RSGI application: reads the body within its limit, hands it to Django's thread."""

    def __init__(self, application: Wsgi, *, sizes: Mapping[str, int]) -> None:
        """Take Django's application and the largest body of each address."""
        self._application = application
        self._sizes = sizes
        is_public = blind_questions.PATH in sizes
        self._shelf = Shelf(settings.PUBLISHED) if is_public else None
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="front")
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._base: dict[str, Any] = {
            "SCRIPT_NAME": "",
            "SERVER_NAME": "front",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.errors": Silence(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    def finish(self) -> None:
        """Wait until the threads have answered what they began."""
        self._threads.shutdown(wait=True)

    async def __call__(self, scope: Scope, connection: Connection) -> None:
        """Answer one request."""
        try:
            body = await self._body(scope, connection)
        except Refusal as refused:
            answer = refuse(refused)
        else:
            answer = await self._answered(scope, body=body)
        connection.response_bytes(answer.status, answer.headers, answer.body)

    async def _answered(self, scope: Scope, *, body: bytes) -> Answer:
        if scope.path == blind_questions.PATH and settings.LOOKUP_URL:
            return await forwarding.forwarded(scope, body=body, to=settings.LOOKUP_URL)
        kept = self._shelf.answer(scope) if self._shelf else None
        if kept is not None:
            return kept
        environment = self._environment(scope, body=body)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._answer, environment)

    async def _body(self, scope: Scope, connection: Connection) -> bytes:
        if scope.method in BODYLESS:
            return b""
        if scope.path not in self._sizes:
            raise Refusal(HTTPStatus.NOT_FOUND, code="not-found")
        size = stated_size(scope)
        if size > self._sizes[scope.path]:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, code="size")
        if size <= LARGE:
            return await read_within(SMALL_SECONDS, connection=connection)
        async with self._large:
            return await read_within(LARGE_SECONDS, connection=connection)

    def _environment(self, scope: Scope, *, body: bytes) -> dict[str, Any]:
        environment = {
            **self._base,
            "REQUEST_METHOD": scope.method,
            "PATH_INFO": scope.path.encode().decode("latin-1"),
            "QUERY_STRING": scope.query_string,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": scope.scheme,
            "wsgi.input": BytesIO(body),
        }
        for name, value in scope.headers.items():
            if name == "content-type":
                environment["CONTENT_TYPE"] = value
            elif name != "content-length":
                environment["HTTP_" + name.upper().replace("-", "_")] = value
        return environment

    def _answer(self, environment: dict[str, Any]) -> Answer:
        started: list[Any] = []

        def start(status: str, headers: Headers, _error: Any = None) -> None:  # noqa: ANN401  # WSGI's form
            started.extend((int(status[:3]), headers))

        response = self._application(environment, start)
        try:
            body = b"".join(response)
        finally:
            response.close()
        return Answer(started[0], started[1], body)


class Silence:
    """Takes what a library would write beside the log, and drops it."""

    def write(self, _text: str) -> None:
        """Drop it."""

    def flush(self) -> None:
        """Do nothing."""


def serve(*, host: str, port: int) -> NoReturn:
    """Serve one listener until SIGTERM or SIGINT; the courier's listener sweeps as well.

    The process ends here: granian's threads outlive its server, and Python's own way to the end
    would abort in them.
    """
    allow_connections()
    application = prepare()
    is_courier = settings.LISTENER == "courier"
    front = Front(application, sizes=COURIER_SIZES if is_courier else PUBLIC_SIZES)
    if is_courier:
        asyncio.run(answer_and_sweep(front, listen=(host, port)))
    else:
        asyncio.run(serve_until_told(front, host=host, port=port))
    front.finish()
    logging.shutdown()
    os._exit(0)


async def answer_and_sweep(front: Front, *, listen: tuple[str, int]) -> None:
    """Serve until a signal, and sweep meanwhile."""
    sweeping = asyncio.get_running_loop().create_task(sweep_again_and_again())
    await serve_until_told(front, host=listen[0], port=listen[1])
    sweeping.cancel()


async def sweep_again_and_again() -> None:
    """Sweep every minute; an error is logged and the next minute tries again."""
    from oberih.front.sweep import shorten_log, sweep  # noqa: PLC0415  # tables need the set-up

    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        try:
            await asyncio.to_thread(sweep, now=now(), draw=random.SystemRandom().random)
            await asyncio.to_thread(shorten_log)
        except Exception:
            log.exception("The sweep failed.")
