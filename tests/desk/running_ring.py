"""A ring that runs in a thread of the tests."""

import threading
import time as clocks
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from oberih.keys.client import Ring
from oberih.keys.making import Places, make_keys
from oberih.keys.passphrase import Passphrase
from oberih.keys.ring import accept_until_stopped
from oberih.keys.state import Clocks, RingState
from oberih.system.sockets import listening

WORDS = "river candle seven window apple winter paper"


@dataclass(frozen=True, slots=True)
class RunningRing:
    """A ring that runs in a thread of the tests, with the words that unlock it."""

    client: Ring
    passphrase: Passphrase
    keys: Path
    pauses: list[float]


def start_in_thread(folder: Path, *, now: datetime, states: list[RingState]) -> RunningRing:
    """Make keys, start a locked ring that lives at a given time, and wait until it answers."""
    places = Places(keys=folder / "keys", root=folder / "root")
    passphrase = Passphrase(WORDS)
    make_keys(places, passphrase=passphrase, now=now)
    pauses: list[float] = []
    state = RingState(places.keys, clocks=Clocks(now=lambda: now, pause=pauses.append))
    states.append(state)
    at = folder / "run" / "ring.sock"
    threading.Thread(target=_serve, args=(state, at), daemon=True).start()
    wait_for(at.exists)
    return RunningRing(Ring(at), passphrase, places.keys, pauses)


def _serve(state: RingState, at: Path) -> None:
    with listening(at) as listener:
        accept_until_stopped(listener, state=state)


def wait_for(is_true: Callable[[], bool]) -> None:
    """Wait until something is true, ten seconds at most."""
    for _ in range(1000):
        if is_true():
            return
        clocks.sleep(0.01)
    pytest.fail("waited for ten seconds in vain")
