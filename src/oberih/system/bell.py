"""A bell between processes of one user: whoever waits beside it wakes at once when it is rung."""

import select
import socket
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from oberih.system.private_files import make_private_folder

RUNG = b"\x01"


class Bell:
    """A datagram socket in a private folder; what was rung before the wait counts too."""

    def __init__(self, path: Path) -> None:
        """Hang it; one that an earlier process left is taken down."""
        make_private_folder(path.parent)
        path.unlink(missing_ok=True)
        self._path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._socket.settimeout(0)

    def __enter__(self) -> Self:
        """Give the bell."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Take it down."""
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def wait(self, seconds: float) -> None:
        """Return after so many seconds, or as soon as somebody rings."""
        select.select([self._socket], [], [], seconds)
        with suppress(BlockingIOError):
            while self._socket.recv(1):
                pass


def ring(path: Path) -> None:
    """Wake who waits there; when nobody does, nothing happens."""
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as caller:
        caller.settimeout(0)
        caller.sendto(RUNG, str(path))
