"""Readings of messages to slots that stand, points, bands and a route."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from oberih.check.frames import Hit, Reading
from oberih.check.rules import Rules
from oberih.check.values import Band

SOLID = 4
BESIDE_SOLID = 1
BESIDE_GATHERED = 2
QUIET = frozenset({"fraud", "official", "support", "link"})


@dataclass(frozen=True, slots=True)
class Standing:
    """The most that a slot holds, and the message of the other side that gave it."""

    points: int
    order: int


@dataclass(slots=True)
class Course:
    """The conversation so far: which slots stand, which tactics were seen."""

    rules: Rules
    slots: dict[str, Standing] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    order: int = 0

    def take(self, reading: Reading) -> tuple[Band, list[Hit]]:
        """Weigh one message of the other side; return its band and the hits that count."""
        self.order += 1
        hits = self._counted(reading)
        for hit in hits:
            slot, points = hit.frame.slot, hit.frame.points
            standing = self.slots.get(slot)
            if standing is None or standing.points <= points or self._is_old(standing):
                self.slots[slot] = Standing(points, self.order)
            self.first.setdefault(slot, self.order)
        return self._band(hits), hits

    def total(self) -> int:
        """Return the points of the slots that stand now, with the bonuses."""
        standing = self._standing()
        total = sum(points for slot, points in standing.items() if slot not in QUIET - {"link"})
        for bonus in self.rules.sequence["bonuses"]:
            if all(slot in standing for slot in bonus["all"]):
                total += int(bonus["points"])
        return total + self._order_bonus(standing)

    def _counted(self, reading: Reading) -> list[Hit]:
        described = is_described(reading, rules=self.rules)
        hits = [
            hit
            for hit in reading.hits
            if hit.frame.slot in {"support", "official"}
            or not (described or (hit.quoted and reading.mention >= 2 and not reading.retold))  # noqa: PLR2004  # quoted, and some sign of a report
        ]
        strong = any(hit.frame.points >= SOLID and hit.frame.weak == 0 for hit in hits)
        gathered = self.total() >= int(self.rules.sequence["weak_after"])
        allowed = BESIDE_GATHERED if gathered else BESIDE_SOLID if strong else 0
        return [hit for hit in hits if hit.frame.weak <= allowed]

    def _band(self, hits: Iterable[Hit]) -> Band:
        added = {hit.frame.slot for hit in hits}
        raising = added - QUIET
        total = self.total() if raising else 0
        sequence = self.rules.sequence
        demand = added & set(sequence["demands"]) or {"threat", "condition"} <= added
        if demand and total >= int(sequence["stop"]):
            return Band.STOP
        if total >= int(sequence["warning"]):
            return Band.WARNING
        if total >= int(sequence["verify"]) or added & {"fraud", "official"}:
            return Band.VERIFY
        return Band.NONE

    def _standing(self) -> Mapping[str, int]:
        return {s: one.points for s, one in self.slots.items() if not self._is_old(one)}

    def _is_old(self, standing: Standing) -> bool:
        return self.order - standing.order >= int(self.rules.sequence["window"])

    def _order_bonus(self, standing: Mapping[str, int]) -> int:
        ordered = self.rules.sequence["ordered"]
        before = [self.first[slot] for slot in ordered["first"] if slot in standing]
        after = [self.first[slot] for slot in ordered["then"] if slot in standing]
        follows = bool(before) and bool(after) and min(before) < max(after)
        return int(ordered["points"]) if follows else 0


def is_described(reading: Reading, *, rules: Rules) -> bool:
    """Tell whether the text is news or a warning about others: it only describes."""
    mention = rules.sequence["mention"]
    retold = int(mention["retold"]) if reading.retold else 0
    return reading.mention >= int(mention["enough"]) + retold
