"""How often people agreed with links: counted with each verdict, and the strength that follows.

A link's shown strength is its raw one, moved by what people said of links of the same reason and
about the same strength: `PRIOR` imagined verdicts agree as often as the raw strength says, the real
ones are added. So ten verdicts move it, one does not, and none leave it as it is. What is shown
changes; which links there are and what they join does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from oberih.campaigns.models import LinkVerdict, Tally
from oberih.campaigns.states import Reason, Verdict

STRONG = 0.5
"""Strengths from here on are counted apart from weaker ones."""

PRIOR = 8
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Calibration:
    """What people said until now, by reason and whether the link was strong."""

    rows: Mapping[tuple[str, bool], Tally]

    def strength(self, reason: Reason, *, raw: float) -> float:
        """Return the strength to show, 0 to 1, for a raw one; unsure counts for half."""
        row = self.rows.get((reason, raw >= STRONG))
        if row is None:
            return raw
        agreed = row.accepted + _HALF * row.unsure
        asked = row.accepted + row.rejected + row.unsure
        return (PRIOR * raw + agreed) / (PRIOR + asked)


def calibration() -> Calibration:
    """Return what people said until now: a few rows."""
    return Calibration({(row.reason, row.is_strong): row for row in Tally.objects.all()})


def trust() -> list[Tally]:
    """Return how often people agreed, by reason and strength, where anybody judged."""
    return list(Tally.objects.order_by("reason", "is_strong"))


Reasons = Sequence[Sequence[str | float]]


def count(verdict: Verdict, *, reasons: Reasons, instead: LinkVerdict | None) -> None:
    """Count a verdict for each reason of its link, instead of the one that was given before."""
    if instead is not None:
        _add(Verdict(instead.verdict), reasons=instead.reasons, step=-1)
    _add(verdict, reasons=reasons, step=1)


def _add(verdict: Verdict, *, reasons: Reasons, step: int) -> None:
    for reason, strength in reasons:
        row, _is_new = Tally.objects.get_or_create(
            reason=reason, is_strong=float(strength) >= STRONG
        )
        Tally.objects.filter(pk=row.pk).update(**{verdict.value: F(verdict.value) + step})
