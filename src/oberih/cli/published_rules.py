"""Reads the rules of the check that an operator published, at an address or in a folder."""

from dataclasses import dataclass
from pathlib import Path

from oberih.check.edition import own_edition
from oberih.check.rules import Rules
from oberih.cli.alert_places import delegations_at, place_of
from oberih.cli.alerts import read_root
from oberih.client.rules import Notes, Published, read_note, read_rules
from oberih.core import time


@dataclass(frozen=True, slots=True)
class Source:
    """Where the note lies, and where trust begins; `delegations` is None for the published ones."""

    place: str
    root: str | None
    delegations: Path | None = None


def published_rules(source: Source) -> tuple[Published, Rules]:
    """Return the signed rules; raises NoteRefused, OldRules, OtherRules, UnknownRules, NotThere."""
    place = place_of(source.place)
    notes = Notes(place.content(), delegations_at(place, given=source.delegations))
    root = read_root(source.root)
    published = read_note(notes, root=root, own=own_edition(), now=time.now())
    return published, read_rules(place.beside(published.path) or b"", published=published)
