"""Serves the front: bodies are read without holding a thread, then Django answers in one of four.

A slow phone therefore costs a socket, not a thread; what is too large is refused before it is
read. Why not WSGI: docs/decisions/0030-front-server.md.
"""

import asyncio
import logging
import os
import random
import resource
import signal
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Any, NoReturn, Protocol

from django.conf import settings
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from oberih.core import canonical
from oberih.core.time import now
from oberih.front import forms, limits
from oberih.front.application import prepare

log = logging.getLogger("oberih.front")

THREADS = 4
CONNECTIONS = 4096
BACKLOG = 1024
HEAD_MILLISECONDS = 10_000
"""Whoever says nothing for so long, before a request or within its head, is let go."""
LARGE = 32_768
LARGE_AT_ONCE = 64
"""Chunks of attachments are read by so many at once: 16 MB of memory, whatever a flood sends."""
BUFFER_BYTES = 65_536
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
}
COURIER_SIZES: Mapping[str, int] = {
    f"/api/courier/{name}": limits.COURIER_BYTES
    for name in ("collect", "attachment", "acknowledge", "deliver", "publish")
}
BODYLESS = {"GET", "HEAD", "OPTIONS"}

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Wsgi = Callable[[dict[str, Any], StartResponse], Any]


class Scope(Protocol):
    """Of granian's RSGI scope, what is used here."""

    method: str
    path: str
    query_string: str
    scheme: str
    headers: Any


class Connection(Protocol):
    """Of granian's RSGI protocol, what is used here."""

    async def __call__(self) -> bytes:
        """Return the whole body."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer."""

    status: int
    headers: Headers
    body: bytes


class Refusal(Exception):
    """The request is refused before its body is read."""

    def __init__(self, status: HTTPStatus, *, code: str) -> None:
        """Take what to answer."""
        super().__init__(code)
        self.status = status
        self.code = code


class Front:
    """The RSGI application: reads the body within its limit, hands it to Django's thread."""

    def __init__(self, application: Wsgi, *, sizes: Mapping[str, int]) -> None:
        """Take Django's application and the largest body of each address."""
        self._application = application
        self._sizes = sizes
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
            environment = self._environment(scope, body=body)
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(self._threads, self._answer, environment)
        connection.response_bytes(answer.status, answer.headers, answer.body)

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


async def read_within(seconds: float, *, connection: Connection) -> bytes:
    """Return the body; raises Refusal when it does not arrive in time, or its sender goes away."""
    try:
        async with asyncio.timeout(seconds):
            return await connection()
    except TimeoutError as error:
        raise Refusal(HTTPStatus.REQUEST_TIMEOUT, code="slow") from error
    except RuntimeError as error:  # granian's word for a sender that went away
        raise Refusal(HTTPStatus.BAD_REQUEST, code="malformed") from error


def stated_size(scope: Scope) -> int:
    """Return the body's stated length; raises Refusal without one (chunked, or not a number)."""
    stated = scope.headers.get("content-length")
    if stated is None:
        raise Refusal(HTTPStatus.LENGTH_REQUIRED, code="length")
    if not stated.isascii() or not stated.isdigit():
        raise Refusal(HTTPStatus.BAD_REQUEST, code="malformed")
    return int(stated)


def refuse(refused: Refusal) -> Answer:
    """Return the answer to what was not read; the connection ends with it."""
    sentence = "This address is not there, or takes another size or form."
    body = canonical.encode({"error": refused.code, "sentence": sentence})
    headers = [
        ("content-type", "application/json"),
        ("cache-control", "no-store"),
        ("access-control-allow-origin", "*"),
        ("connection", "close"),
    ]
    return Answer(refused.status, headers, body)


def serve(*, host: str, port: int) -> NoReturn:
    """Serve one listener until SIGTERM or SIGINT; the courier's listener sweeps as well.

    The process ends here: granian's threads outlive its server, and Python's own way to the end
    would abort in them.
    """
    allow_connections()
    application = prepare()
    is_courier = settings.LISTENER == "courier"
    front = Front(application, sizes=COURIER_SIZES if is_courier else PUBLIC_SIZES)
    asyncio.run(serve_until_told(front, listen=(host, port), sweeps=is_courier))
    front.finish()
    logging.shutdown()
    os._exit(0)


def allow_connections() -> None:
    """Take as many open files as the system allows: a connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if most == resource.RLIM_INFINITY else min(most, 2 * CONNECTIONS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


async def serve_until_told(front: Front, *, listen: tuple[str, int], sweeps: bool) -> None:
    """Run the server and, if wanted, the sweep, until a signal."""
    server = Server(
        front,
        address=listen[0],
        port=listen[1],
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEAD_MILLISECONDS, max_buffer_size=BUFFER_BYTES
        ),
        backlog=BACKLOG,
        backpressure=CONNECTIONS,
        log_enabled=False,
        log_level=LogLevels.critical,
        log_access=False,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    sweeping = loop.create_task(sweep_again_and_again()) if sweeps else None
    await server.serve()
    if sweeping is not None:
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
