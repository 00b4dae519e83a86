"""The desk's processes: its pages, its courier, its worker. Django is set up first, then used."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from oberih.desk.preparing import prepare
from oberih.system.hardening import end_with_parent, harden

THREADS = 4


def serve_desk(*, host: str, port: int) -> None:
    """Serve the staff's pages until SIGTERM."""
    from granian import Granian  # noqa: PLC0415  # the other processes need no server
    from granian.constants import Interfaces  # noqa: PLC0415  # the same

    harden()
    prepare()
    Granian(
        "oberih.desk.serve:pages",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        factory=True,
        log_enabled=False,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve()


def pages() -> Callable[..., Any]:
    """Return the WSGI application, in a process that does not outlive its parent."""
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415  # in the worker alone

    end_with_parent()
    return get_wsgi_application()


def serve_courier() -> None:
    """Take turn after turn until SIGTERM."""
    harden()
    prepare()
    import_module("oberih.desk.rounds").take_turns()


def serve_worker() -> None:
    """Do the slow work until SIGTERM."""
    harden()
    prepare()
    import_module("oberih.desk.rounds").do_slow_work()
