"""Writes the deposits that wait at the same moment in one transaction: one flush of the disk.

Whoever finds the door open writes for all who wait; the others find theirs written. A deposit is
answered only after the flush that holds it. See docs/decisions/0032-one-flush-for-many.md.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from oberih.front.forms import Deposit


@dataclass(frozen=True, slots=True)
class Dated:
    """A deposit and the day on which it came."""

    deposit: Deposit
    day: date


@dataclass(slots=True, eq=False)
class Waiting:
    """A deposit on its way to the disk, and what came of it."""

    dated: Dated
    is_done: bool = False
    error: Exception | None = None


Write = Callable[[Sequence[Dated]], Sequence[Exception | None]]
"""Writes all in one transaction; returns for each the error that concerns it alone, or None."""


@dataclass(slots=True)
class Door:
    """Lets one thread write at a time, for all that wait."""

    write: Write
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _waiting: deque[Waiting] = field(default_factory=deque)

    def deposit(self, dated: Dated) -> None:
        """Return when the deposit is on the disk; raises what writing it raised."""
        own = Waiting(dated)
        self._waiting.append(own)
        with self._lock:
            if not own.is_done:
                self._write_all()
        if own.error is not None:
            raise own.error

    def _write_all(self) -> None:
        together = [self._waiting.popleft() for _ in range(len(self._waiting))]
        try:
            errors = self.write([one.dated for one in together])
        except Exception as error:  # noqa: BLE001  # each of those who wait must hear of it
            errors = [error] * len(together)
        for one, outcome in zip(together, errors, strict=True):
            one.error = outcome
            one.is_done = True
