"""What anyone may hold an operator to: its log only grows, and all it shows now stands in it.

Each check reads the new entries and some tiles, log256(n) a proof; the old entries are not fetched
again. It cannot see what was shown to one reader only and never logged: that takes monitors on
other networks that compare heads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from oberih.client.front import Front
from oberih.core import canonical
from oberih.core.errors import Refused
from oberih.crypto.checkpoint import HeadKeys, origin_of, verify_checkpoint
from oberih.crypto.fields import Fields
from oberih.crypto.log_entry import LONGEST_PATH, Logged, read_entry
from oberih.crypto.notes import BadSignature, Malformed, Purpose, verify
from oberih.crypto.tiles import WIDTH, TileTree, entries_path, unbundled
from oberih.crypto.tree import Head, consistency, inclusion, verify_consistency, verify_inclusion
from oberih.crypto.trust import Delegations, verify_delegations

KEY = "log/ml-dsa-44.txt"
CHECKPOINT = "log/checkpoint"
DELEGATIONS = "delegations.note"
LIST = "alerts.json"
LONGEST_LIST = 4 * 1024 * 1024
MOST_WARNINGS = 100_000
CURRENT = (DELEGATIONS, "watch-list.note", "numbers.note", "rules/current.note", "page.json")
"""Files that show their newest content; warnings are named by their own signed list."""


class NotLogged(Refused):
    """A signed file is shown that does not stand in the public log."""

    def __init__(self, path: str) -> None:
        """Take the file's path."""
        super().__init__(f"The file {path} is shown and does not stand in the public log.")


class OtherRoot(Refused):
    """The log's files do not come to the root that was signed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest head, and what it has that the older one had not."""

    head: Head
    entries: tuple[bytes, ...]

    @property
    def logged(self) -> list[Logged]:
        """Return what the new entries say; raises Malformed."""
        return [read_entry(entry) for entry in self.entries]


def watch(front: Front, *, since: Head | None, now: datetime) -> Seen:
    """Return what is new in the log; raises HistoryChanged, OtherRoot, NotInTheLog, NoteRefused."""
    head = _head(front, now=now)
    tree = TileTree(lambda path: front.published(f"log/{path}"), size=head.size)
    if tree.range_root(0, head.size) != head.root:
        raise OtherRoot
    start = since.size if since else 0
    if since:
        proof = []
        if start < head.size:
            proof = consistency(start, size=head.size, root=tree.range_root)
        verify_consistency(since, new=head, proof=proof)
    entries = tuple(_entries(front, start=start, size=head.size))
    for index, entry in enumerate(entries, start):
        steps = inclusion(index, size=head.size, root=tree.range_root)
        verify_inclusion(entry, index=index, proof=steps, head=head)
    return Seen(head, entries)


def check_shown(front: Front, *, logged: list[Logged], now: datetime) -> int:
    """Return how many files that are shown now stand in the log; raises NotLogged, NoteRefused.

    `logged` is the whole log; the newest entry of a path says what it must show.
    """
    digests = {one.path: one.sha256 for one in logged}
    current = [path for path in CURRENT if path in digests]
    shown = [*current, *_warnings(front, now=now)]
    for path in shown:
        if sha256(front.published(path)).hexdigest() != digests.get(path):
            raise NotLogged(path)
    return len(shown)


def _head(front: Front, *, now: datetime) -> Head:
    delegated = _delegated(front, now=now)
    try:
        second = bytes.fromhex(front.published(KEY).decode("ascii"))
    except ValueError:
        raise BadSignature from None
    if sha256(second).digest() != delegated.key(Purpose.LOG_ML_DSA):
        raise BadSignature
    keys = HeadKeys(delegated.key(Purpose.LOG), second)
    return verify_checkpoint(front.published(CHECKPOINT), origin=origin_of(front.root), keys=keys)


def _delegated(front: Front, *, now: datetime) -> Delegations:
    return verify_delegations(front.published(DELEGATIONS), root=front.root, now=now)


def _warnings(front: Front, *, now: datetime) -> list[str]:
    """Return the paths that the signed list of warnings names."""
    key = _delegated(front, now=now).key(Purpose.ALERTS)
    try:
        wrapped = Fields(canonical.decode(front.published(LIST)), error=Malformed)
    except canonical.NotCanonical:
        raise Malformed from None
    note = wrapped.text("note", longest=LONGEST_LIST).encode()
    document = verify(note, key=key, purpose=Purpose.ALERTS, now=now)
    rows = Fields(document.body, error=Malformed).items("alerts", most=MOST_WARNINGS)
    return [Fields(row, error=Malformed).text("path", longest=LONGEST_PATH) for row in rows]


def _entries(front: Front, *, start: int, size: int) -> Iterator[bytes]:
    """Yield the entries from the first number up to the size; raises Malformed."""
    for index in range(start // WIDTH, -(-size // WIDTH)):
        width = min(WIDTH, size - index * WIDTH)
        bundle = front.published(f"log/{entries_path(index, width=width)}")
        yield from unbundled(bundle, count=width)[max(0, start - index * WIDTH) :]
