"""Whether the desk's keys are unlocked, for the pages: reading goes on, the rest says why not."""

from pathlib import Path

from oberih.core.errors import CouldNot
from oberih.keys.client import Ring, RingAway
from oberih.keys.refusals import Locked


def trouble_with(ring_socket: Path) -> CouldNot | None:
    """Return what keeps the ring from opening and signing, None when nothing does."""
    try:
        is_unlocked = Ring(ring_socket).status().is_unlocked
    except CouldNot:
        return RingAway()
    return None if is_unlocked else Locked()


def require_unlocked(ring_socket: Path) -> None:
    """Raise Locked or RingAway when nothing can be sealed now."""
    trouble = trouble_with(ring_socket)
    if trouble is not None:
        raise trouble
