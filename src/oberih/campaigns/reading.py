"""Read a file of messages into sketches, a stretch of lines at a time, on every core."""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context

import numpy as np

from oberih.campaigns.messages import NotAMessage
from oberih.campaigns.sketch import Lines, Sketches, Unread, sketches_of
from oberih.core.errors import BadInput
from oberih.system.hardening import end_with_parent

STRETCH = 4_000
_AHEAD = 4

Progress = Callable[[int], None]
"""Told how many messages were read in all."""


class NoMessages(BadInput):
    """The file holds no message."""


def read_sketches(lines: Iterable[bytes], *, told: Progress) -> Sketches:
    """Return the sketches of all lines, empty ones skipped.

    Raises NotAMessage for the first line that is none, and for an id that was there before, and
    NoMessages when there is nothing.
    """
    parts: list[Sketches] = []
    count = 0
    for part in _sketched(_stretches(lines)):
        if isinstance(part, Unread):
            raise NotAMessage(part.number, why=part.why)
        parts.append(part)
        count += len(part.ids)
        told(count)
    if not parts:
        raise NoMessages
    joined = _joined(parts)
    _check_ids(joined)
    return joined


def _stretches(lines: Iterable[bytes]) -> Iterator[Lines]:
    numbers: list[int] = []
    written: list[bytes] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            numbers.append(number)
            written.append(line)
        if len(written) == STRETCH:
            yield Lines(numbers, written)
            numbers, written = [], []
    if written:
        yield Lines(numbers, written)


def _sketched(stretches: Iterator[Lines]) -> Iterator[Sketches | Unread]:
    """Yield the results in the order of the lines; processes are started only for many lines."""
    first = list(islice(stretches, 2))
    if len(first) > 1:
        yield from _on_every_core(chain(first, stretches))
    else:
        yield from map(sketches_of, first)


def _on_every_core(stretches: Iterator[Lines]) -> Iterator[Sketches | Unread]:
    workers = max(2, os.cpu_count() or 1)
    waiting: deque[Future[Sketches | Unread]] = deque()
    with ProcessPoolExecutor(workers, get_context("fork"), _leave_interrupts) as pool:
        waiting.extend(pool.submit(sketches_of, one) for one in islice(stretches, workers * _AHEAD))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(sketches_of, lines) for lines in islice(stretches, 1))


def _leave_interrupts() -> None:
    """Let the command alone answer Ctrl-C; the processes end with it, however it ends.

    What was there before the fork is never collected here: its threads are not here to end it.
    """
    gc.freeze()
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _joined(parts: list[Sketches]) -> Sketches:
    begin, named = 0, []
    for part in parts:
        named += [(place + begin, identifier) for place, identifier in part.named]
        begin += len(part.ids)
    return Sketches(
        [one for part in parts for one in part.ids],
        np.concatenate([part.numbers for part in parts]),
        np.concatenate([part.id_hashes for part in parts]),
        np.concatenate([part.ranks for part in parts]),
        np.concatenate([part.lengths for part in parts]),
        np.concatenate([part.words for part in parts]),
        named,
    )


def _check_ids(sketches: Sketches) -> None:
    order = np.argsort(sketches.id_hashes, kind="stable")
    ordered = sketches.id_hashes[order]
    again = order[1:][ordered[1:] == ordered[:-1]]
    if len(again):
        number = int(sketches.numbers[again].min())
        raise NotAMessage(number, why='its "id" was there before')
