"""The check's rules as a published edition: the file first, then the note that vouches for it.

The newest of two is published: what came with the program, or what a person handed over with
`oberih rules publish`. The note is signed anew every month, so that an old one ends by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from oberih.check import rules
from oberih.check.edition import Edition, own_edition
from oberih.client.rules import NOTE, path_of
from oberih.core import canonical
from oberih.core.errors import Refused
from oberih.crypto.notes import Document, Purpose
from oberih.desk import bookkeeping
from oberih.desk.key_ring import KeyRing
from oberih.desk.logged_front import LoggedFront
from oberih.desk.watch_epochs import CLOCK_SKEW, whole_second
from oberih.system.private_files import write_whole

NOTE_LASTS = timedelta(days=62)


class NotNewer(Refused):
    """Another edition is as new or newer: give these rules a higher number."""


class NotRules(Refused):
    """This file does not hold compiled rules of the check."""


@dataclass(frozen=True, slots=True)
class RulesPublisher:
    """Publishes the newest edition; `folder` holds what persons handed over, by number."""

    ring: KeyRing
    front: LoggedFront
    folder: Path

    def publish(self, *, now: datetime) -> Edition:
        """Publish the file and its note where they changed; return the edition."""
        edition, content = newest(self.folder)
        digest = sha256(content).hexdigest()
        stamp = sha256(canonical.encode([now.strftime("%Y-%m"), edition, digest])).hexdigest()
        if bookkeeping.published_digest(NOTE) != stamp:
            note = self.ring.sign(_document(edition, digest=digest, now=now))
            self.front.publish(path_of(edition), content=content)
            self.front.publish(NOTE, content=note)
            bookkeeping.mark_published(NOTE, digest=stamp)
        return edition


def hand_over(content: bytes, *, edition: Edition, folder: Path) -> None:
    """Keep rules for publishing; raises NotRules, UnknownRules, NotNewer."""
    try:
        rules.read(content)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotRules from error
    if edition <= newest(folder)[0]:
        raise NotNewer
    write_whole(folder / f"{edition}.json", content=content)


def newest(folder: Path) -> tuple[Edition, bytes]:
    """Return the newest edition and its bytes: a handed one, else what came with the program."""
    handed = max((int(one.stem) for one in folder.glob("[0-9]*.json")), default=0)
    if handed > own_edition():
        return Edition(handed), (folder / f"{handed}.json").read_bytes()
    return own_edition(), rules.ARTEFACT.read_bytes()


def _document(edition: Edition, *, digest: str, now: datetime) -> Document:
    start = whole_second(now)
    return Document(
        purpose=Purpose.RULES,
        sequence=edition,
        not_before=start - CLOCK_SKEW,
        not_after=start + NOTE_LASTS,
        body={"sha256": digest},
    )
