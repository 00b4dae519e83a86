"""The ring's process: the desk's private keys behind a Unix socket, for one user's processes.

It opens and signs, and gives out no key but the database's, to the process that started it. It
does not protect against root, nor against its own user's debugger where the system allows one.
"""

import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path

from oberih.core.errors import OberihError
from oberih.keys.refusals import RingFailed, name_of
from oberih.keys.state import Clocks, RingState
from oberih.system.frames import BrokenFrame, Frame, close_files, receive, send
from oberih.system.hardening import harden, keep_out_of_swap
from oberih.system.sockets import Peer, listening, peer_of

MOST_CALLERS = 32
CALL_SECONDS = 60.0
GUESSED_AT = 3


def serve(keys: Path, *, at: Path, clocks: Clocks | None = None) -> int:
    """Serve the ring on the socket `at` until SIGTERM; return 3 after three wrong passphrases.

    `keys` need not hold keys yet: unlocking then raises NoKeys at the caller.
    """
    harden()
    keep_out_of_swap()
    state = RingState(keys, clocks=clocks or Clocks())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: state.stopped.set())
    with listening(at) as listener:
        accept_until_stopped(listener, state=state)
    return GUESSED_AT if state.was_guessed_at else 0


def accept_until_stopped(listener: socket.socket, *, state: RingState) -> None:
    """Answer each connection in a thread of its own, at most 32 at once."""
    callers = threading.BoundedSemaphore(MOST_CALLERS)
    while not state.stopped.is_set():
        with suppress(TimeoutError):
            connection, _address = listener.accept()
            callers.acquire()
            threading.Thread(
                target=_answer_one, args=(connection, state, callers), daemon=True
            ).start()


def _answer_one(
    connection: socket.socket, state: RingState, callers: threading.BoundedSemaphore
) -> None:
    with connection, suppress(OSError):  # a caller that went away left nothing half done
        connection.settimeout(CALL_SECONDS)
        _exchange(connection, state=state)
    callers.release()


def _exchange(connection: socket.socket, *, state: RingState) -> None:
    """Answer one frame; another user's connection is closed without a word."""
    peer = peer_of(connection)
    if peer.uid != os.geteuid():
        return
    try:
        asked = receive(connection)
    except BrokenFrame:
        send(connection, Frame({"error": BrokenFrame.__name__}))
        return
    try:
        send(connection, _answered(state, asked=asked, peer=peer))
    finally:
        close_files(asked.files)


def _answered(state: RingState, *, asked: Frame, peer: Peer) -> Frame:
    """Return the answer or the name of the refusal: an error's text stays inside."""
    try:
        return state.answer(asked, peer=peer)
    except OberihError as error:
        return Frame({"error": name_of(error)})
    except Exception as error:  # noqa: BLE001  # one odd frame must not end the ring
        sys.stderr.write(f"ring: unexpected {type(error).__name__}\n")
        return Frame({"error": RingFailed.__name__})
