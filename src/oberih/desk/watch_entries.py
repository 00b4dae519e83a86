"""Blinded entries in processes of their own: they have the epoch's key, and nothing of the desk."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from os import cpu_count

from oberih.core.identifiers import Identifier, Kind
from oberih.crypto.buckets import bucket_of
from oberih.crypto.voprf import EvaluationKey, Mode, output
from oberih.crypto.watchlist import ENTRY, masked, question
from oberih.system.hardening import end_with_parent

CHUNK = 2_000
AHEAD = 2
"""Shares that wait for each processor: enough to keep it busy, few enough to keep memory small."""
BUCKET = 2
ROW = BUCKET + ENTRY
"""What is made of one identifier: its bucket's number (0 in a whole list), then its entry."""

Bare = tuple[str, str, bytes]
"""Kind, value and the four bytes of the verdict: little to hand to another process."""


@dataclass(frozen=True, slots=True)
class Blinding:
    """What an epoch's entries are made with; `bits` is 0 for a whole list."""

    secret: bytes = field(repr=False)
    salt: bytes = b""
    bits: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the list with what blinds it."""

    blinding: Blinding
    rows: tuple[Bare, ...]


def blinded(shares: Iterable[Share], *, count: int) -> Iterator[bytes]:
    """Yield the rows of each share in their order; `count` identifiers are in all of them.

    A short list is blinded here, a longer one on all processors.
    """
    if count <= CHUNK:
        yield from map(rows_of, shares)
        return
    processors = cpu_count() or 1
    with ProcessPoolExecutor(
        processors, mp_context=get_context("spawn"), initializer=end_with_parent
    ) as pool:
        yield from _in_order(shares, pool=pool, ahead=AHEAD * processors)


def _in_order(shares: Iterable[Share], *, pool: ProcessPoolExecutor, ahead: int) -> Iterator[bytes]:
    """Yield what the pool makes of the shares; no more than `ahead` of them are in memory."""
    waiting: deque[Future[bytes]] = deque()
    for share in shares:
        waiting.append(pool.submit(rows_of, share))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def rows_of(share: Share) -> bytes:
    """Return the rows of one share, one after the other."""
    blinding = share.blinding
    key = EvaluationKey.from_secret(blinding.secret, mode=Mode.VOPRF)
    made = []
    for kind, value, four in share.rows:
        identifier = Identifier(Kind(kind), value)
        bucket = 0
        if blinding.bits:
            bucket = bucket_of(identifier, salt=blinding.salt, bits=blinding.bits)
        made.append(bucket.to_bytes(BUCKET, "big"))
        made.append(masked(four, output=output(question(identifier), key=key)))
    return b"".join(made)
