"""Fetches what phones answered to the operator's number, and keeps it for the desk to read."""

import logging
from threading import Event

from oberih.alerts.gateways.outbox import Outbox
from oberih.alerts.gateways.sms import Sms
from oberih.alerts.gateways.values import FateUnknown, Passing, Permanent

LOG = logging.getLogger(__name__)
EVERY_SECONDS = 20.0


def listen(gateway: Sms, *, outbox: Outbox, stopping: Event) -> None:
    """Fetch until told to stop; a gateway that is away is asked again later."""
    wait = 0.0
    while not stopping.wait(wait):
        wait = EVERY_SECONDS
        try:
            fetch(gateway, outbox=outbox)
        except (Passing, Permanent, FateUnknown) as trouble:
            LOG.warning("The inbox of the SMS gateway waits: %s", type(trouble).__name__)


def fetch(gateway: Sms, *, outbox: Outbox) -> int:
    """Keep what came in, on the disk, then have the gateway drop it; return how many."""
    found = gateway.answers()
    outbox.take_answers(found)
    for one in found:
        gateway.drop(one)
    return len(found)
