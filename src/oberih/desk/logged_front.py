"""The front as publishers see it: whatever is signed stands in the public log before it is shown.

Publishing never waits for the log: when the ring will not sign a head (keys older than the log, a
desk restored from a backup), the warning still goes out, and monitors see that it is not logged.
"""

import fcntl
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from oberih.alerts import public_log
from oberih.crypto.checkpoint import Checkpoint, origin_of
from oberih.crypto.tiles import files_between
from oberih.crypto.tree import Hash, HistoryChanged, consistency, range_root
from oberih.desk import bookkeeping
from oberih.desk.front_calls import Front
from oberih.desk.key_ring import KeyRing
from oberih.keys.vault import NoSuchSecret

LOG = logging.getLogger(__name__)
FOLDER = "log"
CHECKPOINT = "log/checkpoint"
KEY = "log/ml-dsa-44.txt"
LOGGED = (".note", "page.json")


@dataclass(frozen=True, slots=True)
class LoggedFront:
    """Publishes by way of the log; `keys` is the folder with the ring's public files.

    `lock` is a file of the desk: courier and worker never have heads signed across each other.
    """

    front: Front
    ring: KeyRing
    keys: Path
    lock: Path
    now: Callable[[], datetime]

    def publish(self, path: str, *, content: bytes) -> None:
        """Log what is to be logged, then publish it; raises FrontAway, FrontRefused, RingAway."""
        if path.endswith(LOGGED):
            self._log(path, content=content)
        self.front.publish(path, content=content)

    def _log(self, path: str, *, content: bytes) -> None:
        try:
            with self._alone():
                public_log.append(path, content=content, day=self.now().date())
                self._show()
        except (HistoryChanged, NoSuchSecret) as error:
            LOG.warning("Not in the public log: %s", type(error).__name__)

    def _show(self) -> None:
        """Publish what the log has new: its files first, the head that needs them last."""
        entries = public_log.all_entries()
        shown = int(bookkeeping.published_digest(CHECKPOINT) or 0)
        if shown == len(entries):
            return
        leaves = public_log.leaves_of(entries)
        head = self._signed_head(leaves)
        self._show_key()
        for path, content in files_between(entries, leaves=leaves, old_size=shown):
            self.front.publish(f"{FOLDER}/{path}", content=content)
        self.front.publish(CHECKPOINT, content=head)
        bookkeeping.mark_published(CHECKPOINT, digest=str(len(entries)))

    def _signed_head(self, leaves: Sequence[Hash]) -> bytes:
        """Have a head signed that provably extends the last one; raises HistoryChanged."""
        last = self.ring.log_size()
        if last > len(leaves):
            raise HistoryChanged
        proof = consistency(last, size=len(leaves), root=range_root(leaves)) if last else []
        checkpoint = Checkpoint(self._origin(), public_log.head_of(leaves))
        return self.ring.sign_head(checkpoint, proof=proof)

    def _show_key(self) -> None:
        key = (self.keys / "log.pub").read_bytes()
        if bookkeeping.published_digest(KEY) != sha256(key).hexdigest():
            self.front.publish(KEY, content=key)
            bookkeeping.mark_published(KEY, digest=sha256(key).hexdigest())

    def _origin(self) -> str:
        return origin_of(bytes.fromhex((self.keys / "root.pub").read_text()))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self.lock.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
