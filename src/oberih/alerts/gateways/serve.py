"""The gateways' process: the outbox and the networks; no database of the desk, no key, no case."""

import signal
import threading
from pathlib import Path

from oberih.alerts.gateways.outbox import Outbox
from oberih.alerts.gateways.sending import Sender
from oberih.alerts.gateways.settings import gateways, targets
from oberih.alerts.gateways.values import Gateway
from oberih.core import time
from oberih.system.hardening import harden


def outbox_of(data: Path) -> Path:
    """Return where the outbox lies below a data folder."""
    return data / "gateways" / "outbox.sqlite3"


def serve(*, data: Path) -> None:
    """Send until SIGTERM, one thread a channel."""
    harden()
    configured = gateways()
    place = outbox_of(data)
    outbox = Outbox(place)
    outbox.declare(targets())
    outbox.close()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    threads = [
        threading.Thread(target=_send, args=(gateway, place, stopping)) for gateway in configured
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _send(gateway: Gateway, place: Path, stopping: threading.Event) -> None:
    outbox = Outbox(place)
    try:
        Sender(gateway, outbox, lambda: int(time.now().timestamp())).run(stopping)
    finally:
        outbox.close()
        gateway.close()
