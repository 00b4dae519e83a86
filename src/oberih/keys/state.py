"""The ring's state: locked or unlocked, wrong tries counted, who may have what."""

import os
import threading
import time as clocks
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from oberih.core import time
from oberih.core.canonical import Json
from oberih.keys.making import delegated_until
from oberih.keys.opened import OpenedRing
from oberih.keys.operations import OPERATIONS
from oberih.keys.passphrase import EmptyPassphrase, Passphrase
from oberih.keys.refusals import Locked, NotTheSupervisor, TriesUsedUp, UnknownOperation
from oberih.keys.vault import Vault, WrongPassphrase
from oberih.system.frames import Frame
from oberih.system.sockets import Peer

MOST_TRIES = 3
FIRST_PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Clocks:
    """The time, and how to wait after a wrong passphrase."""

    now: Callable[[], datetime] = time.now
    pause: Callable[[float], None] = clocks.sleep


class RingState:
    """Answers one frame a connection; locked until somebody gives the words."""

    def __init__(self, keys: Path, *, clocks: Clocks) -> None:
        """Take the folder of the keys and the clocks."""
        self._keys = keys
        self._clocks = clocks
        self._opened: OpenedRing | None = None
        self._failures = 0
        self._unlocking = threading.Lock()
        self.stopped = threading.Event()

    @property
    def was_guessed_at(self) -> bool:
        """Tell whether three wrong passphrases ended it."""
        return self._failures >= MOST_TRIES

    def answer(self, asked: Frame, *, peer: Peer) -> Frame:
        """Do what the frame asks; raises a refusal of `refusals`."""
        operation = asked.text("op")
        if operation == "status":
            return Frame(self._status())
        if operation == "unlock":
            return self._unlock(asked)
        if operation == "lock":
            self._opened = None
            return Frame({})
        if operation == "database-key":
            return self._database_key(peer)
        if operation not in OPERATIONS:
            raise UnknownOperation
        return OPERATIONS[operation](self._unlocked(), asked)

    def _status(self) -> dict[str, Json]:
        opened = self._opened
        return {
            "unlocked": opened is not None,
            "epochs": [] if opened is None else opened.epochs.held(),
            "delegated_until": delegated_until(self._keys, now=self._clocks.now()),
        }

    def _unlocked(self) -> OpenedRing:
        if self._opened is None:
            raise Locked
        return self._opened

    def _database_key(self, peer: Peer) -> Frame:
        if peer.pid not in {os.getppid(), os.getpid()}:
            raise NotTheSupervisor
        return Frame({}, self._unlocked().database_key())

    def _unlock(self, asked: Frame) -> Frame:
        with self._unlocking:
            if self.stopped.is_set():
                raise TriesUsedUp
            self._opened = self._opened or self._try(asked.body)
        return Frame({})

    def _try(self, words: bytes) -> OpenedRing:
        try:
            passphrase = Passphrase(words.decode())
            vault = Vault.open(self._keys, passphrase=passphrase)
        except (WrongPassphrase, EmptyPassphrase, UnicodeDecodeError) as error:
            self._count_failure()
            raise WrongPassphrase from error
        self._failures = 0
        return OpenedRing(vault, clock=self._clocks.now)

    def _count_failure(self) -> None:
        """Wait one second, then two; after the third wrong passphrase the ring ends."""
        self._failures += 1
        if self._failures >= MOST_TRIES:
            self.stopped.set()
            raise TriesUsedUp
        self._clocks.pause(FIRST_PAUSE * 2 ** (self._failures - 1))
