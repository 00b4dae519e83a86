"""Takes messages from the outbox and hands them over, each channel at its own pace."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from time import monotonic

from oberih.alerts.gateways.outbox import Outbox, Result
from oberih.alerts.gateways.values import (
    Fate,
    FateUnknown,
    Gateway,
    Outgoing,
    Passing,
    Permanent,
)

LOG = logging.getLogger(__name__)
IDLE_SECONDS = 1.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
BATCH = 128
EXPIRE_SECONDS = 30


@dataclass(slots=True)
class Sender:
    """Sends one channel's messages; `now` gives whole seconds since 1970."""

    gateway: Gateway
    outbox: Outbox
    now: Callable[[], int]
    pause: float = 0.0
    looked: int = 0

    def run(self, stopping: Event) -> None:
        """Send until told to stop; what a crash left half sent is settled first."""
        self.outbox.recover(self.gateway.channel, knows_ids=self.gateway.knows_ids)
        with ThreadPoolExecutor(self.gateway.at_once) as hands:
            wait = 0.0
            while not stopping.wait(wait):
                wait = self.turn(hands)

    def turn(self, hands: ThreadPoolExecutor) -> float:
        """Send one batch; return how long to wait before the next."""
        begun = monotonic()
        self._expire()
        claimed = self.outbox.claim(self.gateway.channel, most=self._most(), now=self.now())
        if not claimed:
            return IDLE_SECONDS
        results = list(hands.map(self.send, claimed))
        self.outbox.settle(results, now=self.now())
        if all(one.fate is Fate.WAITING for one in results):
            self.pause = min(LONGEST_PAUSE, max(FIRST_PAUSE, self.pause * 2))
            LOG.warning("The %s gateway waits: %s", self.gateway.channel, results[0].trouble)
            return self.pause
        self.pause = 0.0
        return max(0.0, len(claimed) / self.gateway.a_second - (monotonic() - begun))

    def send(self, message: Outgoing) -> Result:
        """Hand one message over; what becomes of it is told, never raised."""
        try:
            self.gateway.send(message)
        except Passing as trouble:
            return Result(message.id, Fate.WAITING, "passing", trouble.wait)
        except Permanent:
            return Result(message.id, Fate.FAILED, "permanent")
        except FateUnknown:
            fate = Fate.WAITING if self.gateway.knows_ids else Fate.UNCERTAIN
            return Result(message.id, fate, "unknown")
        return Result(message.id, Fate.SENT)

    def _expire(self) -> None:
        if self.now() - self.looked >= EXPIRE_SECONDS:
            self.looked = self.now()
            self.outbox.expire(self.gateway.channel, now=self.looked)

    def _most(self) -> int:
        """Return how many to mark as being sent: one where a crash would leave it uncertain."""
        return min(BATCH, self.gateway.a_second) if self.gateway.knows_ids else self.gateway.at_once
