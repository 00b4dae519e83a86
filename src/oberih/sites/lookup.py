"""Settings of the look-up's two processes, from the environment; no framework, no database."""

import logging
import os
import time
from pathlib import Path
from typing import NoReturn

from oberih.core.time import now
from oberih.lookup.budget import Alarm, Budget
from oberih.lookup.credential import KeyPlaces
from oberih.lookup.public import MOST_WAITING, Limits
from oberih.lookup.serve import Place, serve_courier, serve_public
from oberih.sites.environment import data_directory, number, text
from oberih.sites.quiet import Quiet

FREE_AN_HOUR = 2_000
"""Elements that a network may ask in an hour without a puzzle: 500 single look-ups."""
ALARM_AN_HOUR = 2_000_000
LOOPBACK = ("127.0.0.1", "::1")


def public(*, host: str, port: int) -> NoReturn:
    """Serve families' questions."""
    _log_quietly()
    serve_public(_place(host, port=port), limits=_limits(), service_key=_service_key())


def courier(*, host: str, port: int) -> NoReturn:
    """Serve the courier's listener."""
    _log_quietly()
    serve_courier(_place(host, port=port), service_key=_service_key())


def _place(host: str, *, port: int) -> Place:
    return Place(data_directory() / "lookup", host, port, now)


def _service_key() -> KeyPlaces:
    descriptor = number("OBERIH_LOOKUP_CREDENTIAL_FD", -1)
    credentials = text("CREDENTIALS_DIRECTORY", "")
    return KeyPlaces(
        descriptor=None if descriptor < 0 else descriptor,
        credentials=Path(credentials) if credentials else None,
        folder=data_directory() / "lookup",
    )


def _limits() -> Limits:
    alarm = Alarm(
        clock=time.monotonic,
        most_an_hour=number("OBERIH_LOOKUP_ALARM", ALARM_AN_HOUR),
        ring=lambda: logging.getLogger("oberih.lookup.alarm").warning("many questions"),
        since=time.monotonic(),
    )
    proxies = text("OBERIH_LOOKUP_PROXIES", "").split()
    free = number("OBERIH_LOOKUP_FREE", FREE_AN_HOUR)
    return Limits(
        budget=Budget(clock=time.monotonic, free_an_hour=free),
        alarm=alarm,
        proxies=frozenset([*LOOPBACK, *proxies]),
        threads=os.cpu_count() or 1,
        waiting=number("OBERIH_LOOKUP_WAITING", MOST_WAITING),
    )


def _log_quietly() -> None:
    """Write the kind and place of an error, and that the alarm rang: nothing of a question."""
    lines = logging.StreamHandler()
    lines.setFormatter(Quiet())
    logging.basicConfig(level=logging.WARNING, handlers=[lines])
