"""Answers families' questions: evaluates what it cannot see. No list, no report, no log of bodies.

What it learns of a question: the address until the answer is sent, its block's count, the epoch,
and whether up to four or up to ten were asked.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from oberih.core.errors import OberihError
from oberih.crypto.blind_questions import LARGEST, PATH, BlindQuestion, spelled_answer
from oberih.crypto.voprf import EvaluationKey, evaluate_proved
from oberih.lookup.budget import Alarm, Budget
from oberih.lookup.epoch_keys import EpochKeys
from oberih.lookup.refusals import Busy, as_json, refusal
from oberih.system.listening import (
    Answer,
    Connection,
    Refusal,
    Scope,
    program_headers,
    read_within,
    refuse,
    stated_size,
)

ROOT = "/api/lookup/"
BODY_SECONDS = 10.0
MOST_WAITING = 256
"""About half a second of work; whoever comes then hears "could not check" at once."""
ADDRESS_HEADER = "x-real-ip"
PREFLIGHT = [
    ("access-control-allow-methods", "POST"),
    ("access-control-allow-headers", "Content-Type"),
    ("access-control-max-age", "86400"),
]


@dataclass(frozen=True, slots=True)
class Limits:
    """Who may ask how much; `proxies` are the addresses whose word on the sender counts."""

    budget: Budget
    alarm: Alarm
    proxies: frozenset[str]
    threads: int = 2
    waiting: int = MOST_WAITING


class LookUp:
    """The RSGI application of the public listener."""

    def __init__(self, keys: EpochKeys, *, limits: Limits, now: Callable[[], datetime]) -> None:
        """Take the keys, the limits and the clock that the keys' times are compared with."""
        self._keys = keys
        self._limits = limits
        self._now = now
        self._threads = ThreadPoolExecutor(limits.threads, thread_name_prefix="lookup")
        self._waiting = 0

    async def __call__(self, scope: Scope, connection: Connection) -> None:
        """Answer one request."""
        try:
            answer = await self._answer(scope, connection)
        except Refusal as refused:
            answer = refuse(refused)
        except OberihError as error:
            answer = refusal(error)
        connection.response_bytes(answer.status, answer.headers, answer.body)

    async def _answer(self, scope: Scope, connection: Connection) -> Answer:
        if scope.path == ROOT and scope.method == "GET":
            return as_json({"v": 1})
        if scope.path != PATH:
            raise Refusal(HTTPStatus.NOT_FOUND, code="not-found")
        if scope.method == "OPTIONS":
            return Answer(HTTPStatus.NO_CONTENT, [*program_headers("text/plain"), *PREFLIGHT], b"")
        if scope.method != "POST":
            raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, code="method")
        if stated_size(scope) > LARGEST:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, code="size")
        body = await read_within(BODY_SECONDS, connection=connection)
        address = address_of(scope, proxies=self._limits.proxies)
        return await self._evaluated(BlindQuestion.read(body), address=address)

    async def _evaluated(self, question: BlindQuestion, *, address: str) -> Answer:
        key = self._keys.key(question.epoch, now=self._now())
        if self._waiting >= self._limits.waiting:
            raise Busy
        self._limits.budget.spend(question, address=address)
        self._limits.alarm.count(len(question.elements))
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            body = await loop.run_in_executor(self._threads, evaluated, question, key)
        finally:
            self._waiting -= 1
        return Answer(HTTPStatus.OK, program_headers("application/octet-stream"), body)


def address_of(scope: Scope, *, proxies: frozenset[str]) -> str:
    """Return whose budget it is: the sender's, as our own proxy tells it, else the peer's."""
    peer = scope.client.rpartition(":")[0].strip("[]")
    told: str | None = scope.headers.get(ADDRESS_HEADER)
    return told if told is not None and peer in proxies else peer


def evaluated(question: BlindQuestion, key: EvaluationKey) -> bytes:
    """Return the answer's bytes; raises NotAnElement."""
    return spelled_answer(evaluate_proved(question.elements, key=key))
