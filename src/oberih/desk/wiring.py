"""Puts the courier together from the desk's settings."""

import json
import os
from pathlib import Path

from django.conf import settings

from oberih.alerts.gateways.serve import outbox_of
from oberih.core import time
from oberih.desk import bookkeeping
from oberih.desk.alert_publishing import issuer
from oberih.desk.attachments import AttachmentStore
from oberih.desk.backup import Places
from oberih.desk.care.complaints import complaint_recipient
from oberih.desk.courier import Courier, Tools
from oberih.desk.filing import Clock
from oberih.desk.front_calls import Front
from oberih.desk.key_ring import KeyRing
from oberih.desk.logged_front import LoggedFront
from oberih.desk.publishing import Publisher
from oberih.desk.rules_publishing import RulesPublisher
from oberih.desk.watch_publishing import WatchPublisher
from oberih.system.training import require_sending


def courier(ring: KeyRing) -> Courier:
    """Return a courier that works with this ring; raises TrainingSendsNothing."""
    require_sending(settings.DATA)
    front = Front(
        url=settings.COURIER_URL,
        signer=ring,
        fence=bookkeeping.post().fence,
        now=time.now,
        entropy=os.urandom,
    )
    keys = settings.DATA / "keys"
    publisher = Publisher(
        ring=ring,
        front=LoggedFront(front, ring, keys, log_lock(), time.now),
        delegations=keys / "delegations.note",
        page=settings.PAGE_FILES,
        issuer=issuer(),
        outbox=outbox_of(settings.DATA),
        rules=settings.DESK / "rules",
        complaints=complaint_recipient(),
    )
    places = places_of_desk()
    store = AttachmentStore(folder=places.attachments, ring=ring, front=front)
    return Courier(Tools(ring, front, publisher, store, places))


def watch_publisher(ring: KeyRing) -> WatchPublisher:
    """Return what publishes the watch list with this ring; raises TrainingSendsNothing."""
    require_sending(settings.DATA)
    fence = bookkeeping.post().fence
    front, lookup = (
        Front(url=url, signer=ring, fence=fence, now=time.now, entropy=os.urandom)
        for url in (settings.COURIER_URL, settings.LOOKUP_COURIER_URL)
    )
    logged = LoggedFront(front, ring, settings.DATA / "keys", log_lock(), time.now)
    return WatchPublisher(ring, logged, lookup, settings.DESK / "watch-list")


def rules_publisher(ring: KeyRing) -> RulesPublisher:
    """Return what publishes the check's rules with this ring; raises TrainingSendsNothing."""
    require_sending(settings.DATA)
    fence = bookkeeping.post().fence
    front = Front(
        url=settings.COURIER_URL, signer=ring, fence=fence, now=time.now, entropy=os.urandom
    )
    logged = LoggedFront(front, ring, settings.DATA / "keys", log_lock(), time.now)
    return RulesPublisher(ring, logged, settings.DESK / "rules")


def remember_addresses() -> None:
    """Write where the front and the desk are, for commands that run beside the processes."""
    known = {
        "OBERIH_COURIER_URL": settings.COURIER_URL,
        "OBERIH_DESK_URL": settings.DESK_URL,
        "OBERIH_FRONT_URL": settings.FRONT_URL,
        "OBERIH_LOOKUP_COURIER_URL": settings.LOOKUP_COURIER_URL,
    }
    file = settings.DATA / "run" / "addresses.json"
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_text(json.dumps(known))


def log_lock() -> Path:
    """Return the file that whoever has a head of the public log signed holds."""
    return settings.DESK / ".log"


def places_of_desk() -> Places:
    """Return where the desk keeps attachments and backups."""
    return Places(settings.DESK / "attachments", settings.DESK / "backups")


def clock_now() -> Clock:
    """Return the time of this moment and the system's randomness."""
    return Clock(time.now(), os.urandom)
