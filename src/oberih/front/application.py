"""Makes the front ready in this process: probe, tables, folders; then Django answers requests."""

import fcntl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections

from oberih.system.boundary import INNER, refuse_packages


def prepare() -> Callable[..., Any]:
    """Return the WSGI application of a front that is ready; raises InnerPackageLoaded."""
    django.setup(set_prefix=False)
    settings.PUBLISHED.mkdir(parents=True, exist_ok=True)
    settings.PARTS.mkdir(parents=True, exist_ok=True)
    settings.FRONT.chmod(0o700)
    with one_at_a_time():
        call_command("migrate", interactive=False, verbosity=0)
    connections.close_all()
    application = get_wsgi_application()
    refuse_packages((*INNER, "lookup"), modules=list(sys.modules))
    return application


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let the two listeners make the tables one after the other."""
    with (settings.FRONT / ".preparing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
