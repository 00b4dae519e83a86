"""Wakes the courier when something is released, so that a warning does not wait for its round."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from oberih.system import bell


def courier_bell() -> Path:
    """Return where the courier's bell hangs."""
    folder: Path = settings.DATA / "run"
    return folder / "courier.bell"


def wake_courier() -> None:
    """Ring as soon as what was done is committed."""
    transaction.on_commit(lambda: bell.ring(courier_bell()))
