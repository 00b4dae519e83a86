"""A reply before it is sent: how it will read, and what the officer's own language says to it."""

from dataclasses import dataclass

from oberih.desk.replying.phrasebook import Side, beside
from oberih.desk.replying.places import Unfilled, require_filled


@dataclass(frozen=True, slots=True)
class Preview:
    """The text as the family will read it, sentence beside sentence."""

    text: str
    sides: tuple[Side, ...]
    is_unfilled: bool

    @property
    def untranslated(self) -> int:
        """Return how many sentences the phrase book does not have."""
        return sum(not side.translated for side in self.sides)


def preview_of(text: str, *, language: str, reader: str) -> Preview:
    """Return what the page shows before anything is sent; nothing is stored."""
    cleaned = text.replace("\r\n", "\n").replace("\x00", "").strip()
    try:
        require_filled(cleaned)
    except Unfilled:
        is_unfilled = True
    else:
        is_unfilled = False
    return Preview(cleaned, beside(cleaned, of=language, to=reader), is_unfilled)
