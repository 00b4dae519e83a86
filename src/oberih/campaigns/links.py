"""A link between two messages, with its reason."""

from dataclasses import dataclass
from enum import StrEnum


class LinkKind(StrEnum):
    """What a link rests on; the first two are observed, a script is inferred."""

    IDENTIFIER = "identifier"
    PAYMENT = "payment"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True)
class Link:
    """Why a message belongs with another: `strength` is above 0 and at most 1."""

    to: str
    kind: LinkKind
    strength: float
    why: str

    def as_json(self) -> dict[str, object]:
        """Return it as the contract spells it."""
        return {
            "to": self.to,
            "kind": self.kind.value,
            "strength": self.strength,
            "why": self.why,
        }
