"""What the desk tells linking about a case: no names, no words of the family's own."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING

from oberih.campaigns.identifiers import PAYMENT, is_official
from oberih.campaigns.states import CaseId, ClueKind
from oberih.core import canonical

if TYPE_CHECKING:
    from oberih.core.canonical import Json

WINDOW = 14
"""Days in which a pattern counts as the same; any two moments within half of it share one."""

FEWEST_SIGNS = 4
"""A pattern of fewer tactics and slots is everybody's."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One case, as far as linking knows it; `texts` are the strangers' words."""

    case: CaseId
    family: str
    day: date
    region: str = ""
    channel: str = ""
    tactics: tuple[str, ...] = ()
    stage: int | None = None
    slots: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    identifiers: frozenset[str] = frozenset()
    """As kind:value."""
    files: frozenset[str] = frozenset()
    """SHA-256 of pictures and voices, in hex."""
    pictures: frozenset[str] = frozenset()
    """Fingerprints of pictures, 16 hex digits each."""
    claims: frozenset[tuple[ClueKind, str]] = frozenset()
    """Persons and places that the stranger claims, look-alikes folded."""

    @property
    def digest(self) -> str:
        """Return what changes with any of the facts."""
        told: dict[str, Json] = {
            "v": 1,
            "family": self.family,
            "day": self.day.isoformat(),
            "place": [self.region, self.channel],
            "pattern": [list(self.tactics), self.stage, list(self.slots)],
            "texts": list(self.texts),
            "clues": [sorted(self.identifiers), sorted(self.files), sorted(self.pictures)],
        }
        if self.claims:
            told["claims"] = [f"{kind} {value}" for kind, value in sorted(self.claims)]
        return blake2b(canonical.encode(told), digest_size=16).hexdigest()

    @property
    def clues(self) -> frozenset[tuple[ClueKind, str]]:
        """Return everything that another case could share, official numbers left out."""
        named = {(kind_of(one), one) for one in self.identifiers if not is_official(one)}
        return frozenset(
            named
            | self.claims
            | {(ClueKind.FILE, one) for one in self.files}
            | {(ClueKind.PICTURE, one) for one in self.pictures}
            | {(ClueKind.PATTERN, one) for one in self._patterns()}
        )

    def _patterns(self) -> set[str]:
        signs = [*sorted(self.tactics), *sorted(set(self.slots))]
        if len(signs) < FEWEST_SIGNS:
            return set()
        shown = f"{' '.join(signs)} / {'-' if self.stage is None else self.stage}"
        number = self.day.toordinal()
        halves = ((number // WINDOW, "a"), ((number + WINDOW // 2) // WINDOW, "b"))
        return {f"{shown} @ {window}{half}" for window, half in halves}


def kind_of(identifier: str) -> ClueKind:
    """Return whether money goes there."""
    is_payment = identifier.partition(":")[0] in PAYMENT
    return ClueKind.PAYMENT if is_payment else ClueKind.IDENTIFIER
