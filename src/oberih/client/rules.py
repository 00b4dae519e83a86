"""Published rules of the check against the note that the operator signed for them.

Pure: no network, no disk. The note binds the edition's number to the hash of its file and is in
date for weeks only. Whoever refuses goes on with the rules that came with the program.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from oberih.check import rules
from oberih.check.edition import Edition
from oberih.check.rules import Rules
from oberih.core.errors import Refused
from oberih.crypto.fields import Fields
from oberih.crypto.notes import Malformed, Purpose, verify
from oberih.crypto.trust import verify_delegations

NOTE = "rules/current.note"
HASH_SIZE = 32


class OldRules(Refused):
    """These rules are older than this program's: it goes on with its own."""


class OtherRules(Refused):
    """These are not the rules that were signed; the program goes on with its own."""


@dataclass(frozen=True, slots=True)
class Published:
    """What the note says of the newest rules, and until when."""

    edition: Edition
    sha256: str
    not_after: datetime

    @property
    def path(self) -> str:
        """Where the file lies below the published folder."""
        return path_of(self.edition)


@dataclass(frozen=True, slots=True)
class Notes:
    """The two notes that are read together: the operator's on the rules, the root's on keys."""

    rules: bytes
    delegations: bytes


def path_of(edition: Edition) -> str:
    """Return where an edition's file lies below the published folder."""
    return f"rules/{edition}.json"


def read_note(notes: Notes, *, root: bytes, own: Edition, now: datetime) -> Published:
    """Return what the note says; raises NoteRefused, or OldRules below the own edition."""
    key = verify_delegations(notes.delegations, root=root, now=now).key(Purpose.RULES)
    document = verify(notes.rules, key=key, purpose=Purpose.RULES, now=now)
    fields = Fields(document.body, error=Malformed)
    digest = fields.hexadecimal("sha256", length=HASH_SIZE)
    fields.close()
    if document.sequence < own:
        raise OldRules
    return Published(Edition(document.sequence), digest.hex(), document.not_after)


def read_rules(content: bytes, *, published: Published) -> Rules:
    """Return the rules of exactly the signed bytes; raises OtherRules, UnknownRules."""
    if sha256(content).hexdigest() != published.sha256:
        raise OtherRules
    return rules.read(content)
