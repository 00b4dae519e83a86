"""What share of what was sent is known to have arrived, by facility and month, with intervals.

Nothing is known of what has no proof: the share is a floor, never a rate of loss. What a
prisoner's own letter states counts apart: his letters are censored.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt

from oberih.register.exchange_states import PROVEN, Proof

NINETY_FIVE = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """Of how many sent how many are proven to have arrived; the interval is Wilson's, 95 %."""

    facility: str
    month: date
    sent: int
    proven: int
    stated: int

    @property
    def part(self) -> float:
        """The share itself, 0 to 1."""
        return self.proven / self.sent

    @property
    def interval(self) -> tuple[float, float]:
        """Between what the true share lies, 0 to 1."""
        return wilson(self.proven, of=self.sent)


def wilson(count: int, *, of: int) -> tuple[float, float]:
    """Return Wilson's score interval at 95 % (E. B. Wilson, JASA 22, 1927)."""
    if of < 1 or not 0 <= count <= of:
        raise ValueError(count, of)
    share, square = count / of, NINETY_FIVE**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = NINETY_FIVE * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def shares(rows: Iterable[tuple[str, date, str]]) -> list[Share]:
    """Return the shares of (facility, sent on, proof), by facility and then month."""
    counted: dict[tuple[str, date], list[str]] = defaultdict(list)
    for facility, sent_on, proof in rows:
        counted[facility, sent_on.replace(day=1)].append(proof)
    return [
        Share(
            facility=facility,
            month=month,
            sent=len(proofs),
            proven=sum(1 for one in proofs if one in PROVEN),
            stated=proofs.count(Proof.STATED),
        )
        for (facility, month), proofs in sorted(counted.items())
    ]
