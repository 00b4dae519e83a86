"""Starts the two listeners of the look-up: families' questions, and the courier's keys."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from oberih.crypto import ristretto
from oberih.lookup.courier import CourierListener
from oberih.lookup.credential import KeyPlaces, read_service_key
from oberih.lookup.epoch_keys import EpochKeys
from oberih.lookup.public import Limits, LookUp
from oberih.system.boundary import INNER, refuse_packages
from oberih.system.hardening import harden
from oberih.system.listening import Application, allow_connections, serve_until_told
from oberih.system.private_files import make_private_folder

log = logging.getLogger("oberih.lookup")
SWEEP_SECONDS = 60.0
KEYS, COURIER_KEY = "keys", "courier.pub"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the look-up keeps its keys, where it listens, and its clock."""

    folder: Path
    host: str
    port: int
    now: Callable[[], datetime]


def serve_public(place: Place, *, limits: Limits, service_key: KeyPlaces) -> NoReturn:
    """Answer families' questions until SIGTERM or SIGINT."""
    keys = opened_keys(place, service_key=service_key)
    run(LookUp(keys, limits=limits, now=place.now), place=place, keys=keys)


def serve_courier(place: Place, *, service_key: KeyPlaces) -> NoReturn:
    """Take keys from the desk's courier until SIGTERM or SIGINT."""
    keys = opened_keys(place, service_key=service_key)
    listener = CourierListener(keys, place.folder / COURIER_KEY, place.now)
    run(listener, place=place, keys=keys)


def opened_keys(place: Place, *, service_key: KeyPlaces) -> EpochKeys:
    """Return the keys of this machine; raises NoLibsodium, BadServiceKey, InnerPackageLoaded."""
    refuse_packages((*INNER, "front"), modules=list(sys.modules))
    harden()
    allow_connections()
    make_private_folder(place.folder)
    ristretto.random_scalar(os.urandom)
    return EpochKeys(place.folder / KEYS, service_key=read_service_key(service_key))


def run(application: Application, *, place: Place, keys: EpochKeys) -> NoReturn:
    """Serve and sweep; the process ends here, as granian's threads outlive its server."""
    asyncio.run(_serve_and_sweep(application, place=place, keys=keys))
    logging.shutdown()
    os._exit(0)


async def _serve_and_sweep(application: Application, *, place: Place, keys: EpochKeys) -> None:
    sweeping = asyncio.get_running_loop().create_task(_sweep(keys, now=place.now))
    await serve_until_told(application, host=place.host, port=place.port)
    sweeping.cancel()


async def _sweep(keys: EpochKeys, *, now: Callable[[], datetime]) -> None:
    """Wipe what is over, now and every minute; an error is logged and the next minute tries again.

    It stays on the loop's own thread: a key that arrives meanwhile must not be lost to memory.
    """
    while True:
        try:
            keys.wipe_due(now=now())
        except Exception:
            log.exception("The sweep failed.")
        await asyncio.sleep(SWEEP_SECONDS)
