"""Work on several threads: numpy lets go of the interpreter while it sorts and gathers."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Told = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

_Order = TypeVar("_Order")
_Result = TypeVar("_Result")


def on_threads(work: Callable[[_Order], _Result], orders: Iterable[_Order]) -> Iterator[_Result]:
    """Yield the results in the order of the orders; what has not begun when it ends is dropped."""
    listed = list(orders)
    if len(listed) < 2:  # noqa: PLR2004  # one piece of work needs no thread
        yield from map(work, listed)
        return
    pool = ThreadPoolExecutor(os.cpu_count() or 1)
    try:
        yield from pool.map(work, listed)
    finally:
        pool.shutdown(cancel_futures=True)


def untold(what: str, done: int, total: int) -> None:
    """Say nothing."""
