"""The loops of courier and worker: what is away is tried again, each time a little later."""

import logging
import signal
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError

from oberih.core.errors import CouldNot, OberihError
from oberih.desk import bookkeeping
from oberih.desk.backup import is_ours
from oberih.desk.courier import Courier, Turn
from oberih.desk.waking import courier_bell
from oberih.desk.wiring import clock_now, courier, remember_addresses
from oberih.desk.work import work_once
from oberih.keys.client import Ring
from oberih.system.bell import Bell, ring

LOG = logging.getLogger(__name__)
BUSY_SECONDS = 0.05
IDLE_SECONDS = 2.0
FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
WORKER_SECONDS = 10.0


def take_turns(working: Courier | None = None) -> None:
    """Take the courier's turns until SIGTERM; without a courier, one that asks the running ring."""
    place = courier_bell()
    with Bell(place) as bell:
        stopping = stop_on_signals(also=lambda: ring(place))
        remember_addresses()
        working = working or courier(Ring(settings.RING_SOCKET))
        wait = retry(working)
        bell.wait(wait)
        while not stopping.is_set():
            wait = turn(working, last_wait=wait)
            bell.wait(wait)


def one_turn(working: Courier) -> Turn:
    """Take one whole turn with a backup and both acknowledgements; raises CouldNot."""
    clock = clock_now()
    working.retry_held(clock=clock)
    done = working.turn(clock=clock)
    if bookkeeping.to_back_up() and is_ours():
        working.back_up(now=clock.now)
    working.settle()
    bookkeeping.note_turn(now=clock.now, trouble="")
    return done


def settle_backup(working: Courier) -> int:
    """Tell the front that the operator's own backup holds everything that was filed."""
    return working.note_backup(now=clock_now().now)


def retry(working: Courier) -> float:
    """Try what was held, once at the start; return how long to wait then."""
    try:
        working.retry_held(clock=clock_now())
    except CouldNot as error:
        LOG.warning("The courier waits: %s", type(error).__name__)
        return FIRST_WAIT
    return 0.0


def turn(working: Courier, *, last_wait: float) -> float:
    """Take one turn; return how long to wait before the next."""
    clock = clock_now()
    try:
        done = working.turn(clock=clock)
        working.settle()
    except (OberihError, OperationalError) as error:
        trouble = type(error).__name__
        LOG.warning("The courier waits: %s", trouble)
        bookkeeping.note_turn(now=clock.now, trouble=trouble)
        return min(LONGEST_WAIT, max(FIRST_WAIT, last_wait * 2))
    bookkeeping.note_turn(now=clock.now, trouble="")
    return BUSY_SECONDS if done.was_busy else IDLE_SECONDS


def do_slow_work() -> None:
    """Work until SIGTERM."""
    stopping = stop_on_signals()
    while not stopping.wait(WORKER_SECONDS):
        try:
            work_once()
        except (OberihError, OperationalError) as error:
            LOG.warning("The worker waits: %s", type(error).__name__)


def stop_on_signals(*, also: Callable[[], None] = lambda: None) -> threading.Event:
    """Return an event that SIGTERM or SIGINT sets; `also` wakes who waits for something else."""
    stopping = threading.Event()

    def stop(*_told: object) -> None:
        stopping.set()
        also()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return stopping
