"""What both processes that face the internet share: bodies within limits, a server without logs.

A slow phone costs a socket, not a thread; what is too large is refused before it is read. Why
granian's embedded server: docs/decisions/0030-front-server.md.
"""

import asyncio
import resource
import signal
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from oberih.core import canonical

CONNECTIONS = 4096
BACKLOG = 1024
HEAD_MILLISECONDS = 10_000
"""Whoever says nothing for so long, before a request or within its head, is let go."""
BUFFER_BYTES = 65_536

Headers = list[tuple[str, str]]


class Scope(Protocol):
    """Of granian's RSGI scope, what is used here."""

    method: str
    path: str
    query_string: str
    scheme: str
    client: str
    headers: Any


class Connection(Protocol):
    """Of granian's RSGI protocol, what is used here."""

    async def __call__(self) -> bytes:
        """Return the whole body."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer."""


class Application(Protocol):
    """What answers one request."""

    async def __call__(self, scope: Scope, connection: Connection) -> None:
        """Answer it."""


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
    return Answer(
        refused.status, [*program_headers("application/json"), ("connection", "close")], body
    )


def program_headers(content_type: str) -> Headers:
    """Return what stands over every answer to a program: kept nowhere, read from any origin."""
    return [
        ("content-type", content_type),
        ("cache-control", "no-store"),
        ("access-control-allow-origin", "*"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ("x-content-type-options", "nosniff"),
    ]


def allow_connections() -> None:
    """Take as many open files as the system allows: a connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if most == resource.RLIM_INFINITY else min(most, 2 * CONNECTIONS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


async def serve_until_told(application: Application, *, host: str, port: int) -> None:
    """Answer at this address until SIGTERM or SIGINT, without any log."""
    server = Server(
        application,
        address=host,
        port=port,
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
    await server.serve()
