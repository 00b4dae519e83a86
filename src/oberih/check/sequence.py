"""Readings of messages to slots that stand, points, bands and a route."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from oberih.check.frames import Hit, Reading, wording_of
from oberih.check.rules import Frame, Rules
from oberih.check.values import Band

SOLID = 4
SOME = 2
LATER = 10
PAIR = 2
STRONG = 8
PLAIN = frozenset({"fraud", "official", "support", "link", "claims"})
BESIDE_SOLID = 1
BESIDE_GATHERED = 2
QUIET = frozenset({"fraud", "official", "support", "link"})

NO = frozenset[int]()
WORDING = Frame("wording", "wording", "", 6, 0, (), NO, NO, weak=0, keep=True)
FRAUD = Frame("fraud-wording", "fraud", "", 3, 0, (), NO, NO, weak=0, keep=True)


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
    best: tuple[int, ...] = ()

    def take(self, reading: Reading) -> tuple[Band, list[Hit]]:
        """Weigh one message of the other side; return its band and the hits that count."""
        self.order += 1
        if not is_described(reading, rules=self.rules):
            self.best = tuple(sorted((*self.best, reading.score), reverse=True)[:PAIR])
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
        if not reading.hits:
            return self._wording(reading, hits=[]) + self._fraud(reading)
        hits = [hit for hit in reading.hits if self._speaks(hit, reading=reading)]
        model = self.rules.sequence["model"]
        trusted = [
            hit for hit in hits if hit.frame.weak == 0 and self._trusts(hit, reading=reading)
        ]
        solid = any(hit.frame.points >= SOLID for hit in trusted)
        likely = reading.score > int(model["likely"]) or self._pair() > int(model["pair"])
        gathered = self.total() >= int(self.rules.sequence["weak_after"])
        allowed = BESIDE_GATHERED if gathered or likely else BESIDE_SOLID if solid else 0
        counted = [
            hit
            for hit in hits
            if hit.frame.weak <= allowed and (gathered or hit in trusted or hit.frame.weak > 0)
        ]
        return counted + self._wording(reading, hits=counted) + self._fraud(reading)

    def _speaks(self, hit: Hit, *, reading: Reading) -> bool:
        """Tell whether a hit is said to the reader, not told of others or quoted."""
        if hit.frame.slot in {"support", "official"}:
            return True
        if is_described(reading, rules=self.rules):
            return False
        return not (hit.quoted and reading.mention >= SOME and not reading.retold)

    def _trusts(self, hit: Hit, *, reading: Reading) -> bool:
        """Tell whether the model leaves a frame its word; a sure frame needs less of it."""
        model = self.rules.sequence["model"]
        sure = hit.frame.points >= int(self.rules.sequence["stop"])
        least = int(model["veto_sure"] if sure else model["veto"])
        strong = {one.frame.name for one in reading.hits if one.frame.points >= STRONG}
        if hit.frame.slot in QUIET or len(strong) >= int(model["agree"]):
            return True
        if self._is_calm():
            return False
        return reading.score > least or self._pair() > int(model["pair"])

    def _is_calm(self) -> bool:
        """Tell whether even the two heaviest messages weigh little."""
        return len(self.best) == PAIR and self._pair() <= int(self.rules.sequence["model"]["calm"])

    def _pair(self) -> int:
        """Return the model's scores of the two messages that weigh most, together."""
        return sum(self.best) if len(self.best) == PAIR else -(10**9)

    def _wording(self, reading: Reading, *, hits: list[Hit]) -> list[Hit]:
        """Return the model's own hit: on its own when sure, beside a frame when likely."""
        model = self.rules.sequence["model"]
        frauds = any(hit.frame.slot == "fraud" for hit in reading.hits)
        short = len(reading.words) < int(model["words"])
        if is_described(reading, rules=self.rules) or frauds or short or self._is_calm():
            return []
        beside = any(hit.frame.slot not in PLAIN for hit in hits)
        alone = reading.score > int(model["likely"] if beside else model["sure"])
        if not alone and self._pair() <= int(model["pair"] if beside else model["pair_sure"]):
            return []
        start, end = wording_of(reading.words, rules=self.rules)
        return [Hit(WORDING, start, end, quoted=False)] if end > start else []

    def _fraud(self, reading: Reading) -> list[Hit]:
        """Return the other model's hit: the whole text, as another fraud to verify."""
        model = self.rules.sequence["model"]
        # The longer the conversation, the more messages could be taken for fraud by chance.
        least = int(model["fraud"]) + int(model["fraud_step"]) * min(self.order - 1, LATER)
        short = len(reading.words) < int(model["words"])
        if short or reading.fraud <= least or is_described(reading, rules=self.rules):
            return []
        return [Hit(FRAUD, reading.words[0].token.start, reading.words[-1].token.end, quoted=False)]

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
