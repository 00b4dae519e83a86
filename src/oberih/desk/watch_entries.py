"""Blinded entries in processes of their own: they have the epoch's key, and nothing of the desk."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from os import cpu_count

from oberih.core.identifiers import Identifier
from oberih.crypto.voprf import EvaluationKey, Mode, output
from oberih.crypto.watchlist import Verdict, entry, question
from oberih.system.hardening import end_with_parent

CHUNK = 2_000

Row = tuple[Identifier, Verdict]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the list with the key that blinds it."""

    secret: bytes = field(repr=False)
    rows: tuple[Row, ...]


def blinded(rows: Sequence[Row], *, secret: bytes) -> Iterator[bytes]:
    """Yield the entries of the rows in their order, up to 2,000 at once.

    A short list is blinded here, a longer one on all processors.
    """
    shares = [
        Share(secret, tuple(rows[start : start + CHUNK])) for start in range(0, len(rows), CHUNK)
    ]
    if len(shares) < 2:  # noqa: PLR2004  # one share needs no second process
        yield from map(entries_of, shares)
        return
    with ProcessPoolExecutor(
        cpu_count(), mp_context=get_context("spawn"), initializer=end_with_parent
    ) as pool:
        yield from pool.map(entries_of, shares)


def entries_of(share: Share) -> bytes:
    """Return the entries of one share, one after the other."""
    key = EvaluationKey.from_secret(share.secret, mode=Mode.VOPRF)
    return b"".join(
        entry(verdict, output=output(question(identifier), key=key))
        for identifier, verdict in share.rows
    )
