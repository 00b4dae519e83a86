"""On one machine the front passes questions to the look-up; in production the proxy does.

The front sees blinded elements and sizes, as the proxy would, and keeps nothing of them.
"""

import asyncio
from http import HTTPStatus
from urllib.parse import urlsplit

from oberih.core import canonical
from oberih.crypto.blind_questions import LARGEST_ANSWER, PATH
from oberih.system.listening import Answer, Scope, program_headers

SECONDS = 10.0
LARGEST_HEAD = 4096
ADDRESS_HEADER = "X-Real-IP"
PREFLIGHT = [
    ("access-control-allow-methods", "POST"),
    ("access-control-allow-headers", "Content-Type"),
    ("access-control-max-age", "86400"),
]


async def forwarded(scope: Scope, *, body: bytes, to: str) -> Answer:
    """Return the look-up's answer, or that it could not be asked."""
    if scope.method == "OPTIONS":
        return Answer(HTTPStatus.NO_CONTENT, [*program_headers("text/plain"), *PREFLIGHT], b"")
    if scope.method != "POST":
        return told(HTTPStatus.METHOD_NOT_ALLOWED, code="method")
    try:
        async with asyncio.timeout(SECONDS):
            return await exchanged(asked(scope, body=body, to=to), to=to)
    except (OSError, TimeoutError, ValueError, EOFError, asyncio.LimitOverrunError):
        return told(HTTPStatus.SERVICE_UNAVAILABLE, code="busy")


def asked(scope: Scope, *, body: bytes, to: str) -> bytes:
    """Return the request as it goes on: the question, and the address for its budget alone."""
    address = scope.client.rpartition(":")[0].strip("[]")
    lines = [
        f"POST {PATH} HTTP/1.1",
        f"Host: {urlsplit(to).netloc}",
        f"{ADDRESS_HEADER}: {address}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def exchanged(request: bytes, *, to: str) -> Answer:
    """Send one request and return its answer; raises OSError, EOFError or ValueError."""
    place = urlsplit(to)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    try:
        writer.write(request)
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        size = stated(head, name=b"content-length")
        return Answer(
            int(head.split(b" ", 2)[1]),
            program_headers("application/octet-stream" if is_binary(head) else "application/json"),
            await reader.readexactly(size),
        )
    finally:
        writer.close()


def stated(head: bytes, *, name: bytes) -> int:
    """Return the body's stated length; raises ValueError for none or too much."""
    lines = head.lower().split(b"\r\n")
    told = [line.partition(b":")[2] for line in lines if line.startswith(name + b":")]
    size = int(told[0]) if told else -1
    if not 0 <= size <= max(LARGEST_ANSWER, LARGEST_HEAD):
        raise ValueError
    return size


def is_binary(head: bytes) -> bool:
    """Tell whether the answer is evaluated elements, not a refusal."""
    return b"content-type: application/octet-stream" in head.lower()


def told(status: HTTPStatus, *, code: str) -> Answer:
    """Return a refusal of the front's own."""
    sentence = "It could not be looked up now. That says nothing about the contact."
    body = canonical.encode({"error": code, "sentence": sentence})
    return Answer(status, program_headers("application/json"), body)
