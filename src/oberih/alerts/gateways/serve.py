"""The gateways' process: the outbox and the networks; no database of the desk, no key, no case."""

import signal
import threading
from pathlib import Path

from oberih.alerts.gateways.listening import listen
from oberih.alerts.gateways.outbox import Outbox
from oberih.alerts.gateways.push import Push
from oberih.alerts.gateways.sending import Sender
from oberih.alerts.gateways.settings import PUSH_POINT, gateways, targets
from oberih.alerts.gateways.sms import Sms
from oberih.alerts.gateways.values import Gateway
from oberih.core import time
from oberih.crypto.webpush import point_of, text_of
from oberih.system.hardening import harden
from oberih.system.private_files import write_whole


def outbox_of(data: Path) -> Path:
    """Return where the outbox lies below a data folder."""
    return data / "gateways" / "outbox.sqlite3"


def serve(*, data: Path) -> None:
    """Send until SIGTERM, one thread a channel."""
    harden()
    place = outbox_of(data)
    configured = gateways(folder=place.parent)
    outbox = Outbox(place)
    outbox.declare(targets())
    outbox.open_channels({one.channel: bool(getattr(one, "inbox", "")) for one in configured})
    _tell_point(configured, folder=place.parent)
    outbox.close()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    threads = [
        threading.Thread(target=_send, args=(gateway, place, stopping)) for gateway in configured
    ]
    threads += [
        threading.Thread(target=_listen, args=(one, place, stopping))
        for one in configured
        if isinstance(one, Sms) and one.inbox
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _tell_point(configured: list[Gateway], *, folder: Path) -> None:
    """Write the public half of the push key, which the families' page shows to browsers."""
    for one in configured:
        if isinstance(one, Push):
            write_whole(folder / PUSH_POINT, content=text_of(point_of(one.key)).encode())


def _listen(gateway: Sms, place: Path, stopping: threading.Event) -> None:
    outbox = Outbox(place)
    try:
        listen(gateway, outbox=outbox, stopping=stopping)
    finally:
        outbox.close()


def _send(gateway: Gateway, place: Path, stopping: threading.Event) -> None:
    outbox = Outbox(place)
    try:
        Sender(gateway, outbox, lambda: int(time.now().timestamp())).run(stopping)
    finally:
        outbox.close()
        gateway.close()
