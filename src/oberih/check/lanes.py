"""What one speaker said so far: which slots stand, what gathered, what a message adds to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from oberih.check.evidence import Evidence, joined, talk_score_of
from oberih.check.frames import Hit, Reading, wording_of
from oberih.check.rules import Frame, Rules
from oberih.check.values import Band

SOME = 2
LATER = 10
TOGETHER = 8
FAR = -(10**6)
CRIME = "crime"
QUIET = frozenset({"fraud", "official", "support", "link"})

RAISED = frozenset({Band.WARNING, Band.STOP})
Replies = tuple[str, ...]
"""What she herself wrote last, the oldest first."""

NO = frozenset[int]()
WORDING = Frame("wording", "wording", "", 6, 0, (), NO, NO, weak=0, keep=True)
FRAUD = Frame("fraud-wording", "fraud", "", 3, 0, (), NO, NO, weak=0, keep=True)


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A message's place among those of the other side, and its minute where it has a time."""

    order: int
    minute: int | None = None

    def after(self, earlier: "When | None") -> int:
        """Return the minutes between; 0 where a time is missing."""
        if earlier is None or self.minute is None or earlier.minute is None:
            return 0
        return self.minute - earlier.minute


@dataclass(frozen=True, slots=True)
class Standing:
    """The most that a slot holds, and the message that gave it."""

    points: int
    when: When


@dataclass(frozen=True, slots=True)
class Turn:
    """A message of the last ones: what the readers see of it, and what it weighs for a demand."""

    when: When
    evidence: Evidence
    text: str
    demand: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the models say of a message where it stands in its conversation.

    `both`: its score and half of what it weighs for a demand. `raises`: it raises by itself or
    with those before it; `asks`: a demand or a threat is among them; `follows`: it is not calm,
    and a message before it has raised.
    """

    score: int
    both: int
    raises: bool
    asks: bool
    follows: bool


@dataclass(slots=True)
class Lane:
    """One speaker: which slots stand, when each was first filled, what gathered.

    `gathered` grows with messages that weigh for coercion and shrinks with calm ones; `resumed` is
    the message that ended the last long silence.
    """

    rules: Rules
    slots: dict[str, Standing] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    now: When = field(default=When(0))
    resumed: int = 0
    gathered: int = 0
    warned: bool = False
    stopped: bool = False

    def take(
        self, reading: Reading, *, when: When, replies: Replies = ()
    ) -> tuple[Band, list[Hit]]:
        """Weigh one message of this speaker; return its band and the hits that count."""
        if when.after(self.now) >= self.rules.sequence["silence"]["minutes"]:
            self.resumed = when.order
        is_timed = when.minute is not None or self.now.minute is None
        self.now = when if is_timed else When(when.order, self.now.minute)
        weighed = self._weighed(reading)
        hits = self._counted(reading, weighed=weighed)
        for hit in hits:
            slot, points = hit.frame.slot, hit.frame.points
            standing = self.slots.get(slot)
            if standing is None or standing.points <= points or self._is_old(standing.when):
                self.slots[slot] = Standing(points, self.now)
            self.first.setdefault(slot, when.order)
        band = self._band(hits, weighed=weighed)
        if band in RAISED and self._is_calm(hits, replies=replies):
            band = Band.VERIFY
        self.warned |= band in RAISED
        self.stopped |= band is Band.STOP
        return band, hits

    def presses(self, least: int) -> bool:
        """Tell whether so many slots of coercion stand, or a message has raised."""
        asks = {*self.rules.sequence["coercive"], *self.rules.sequence["demands"]}
        return self.warned or len(asks & self._standing().keys()) >= least

    def joined_with(self, others: "Iterable[Lane]") -> "Lane":
        """Return what this speaker and others would be as one; none of them changes."""
        whole = replace(self, slots=dict(self.slots), first=dict(self.first))
        for other in others:
            whole.absorb(other)
        return whole

    def absorb(self, other: "Lane") -> None:
        """Take what another speaker said so far for this one's."""
        for slot, standing in other.slots.items():
            known = self.slots.get(slot, standing)
            self.slots[slot] = standing if known.points <= standing.points else known
            first = other.first[slot]
            self.first[slot] = min(first, self.first.get(slot, first))
        turns = sorted((*self.turns, *other.turns), key=lambda one: one.when.order)
        self.turns = tuple(turns[-TOGETHER:])
        self.gathered += other.gathered
        self.resumed = max(self.resumed, other.resumed)
        self.warned |= other.warned
        self.stopped |= other.stopped

    def total(self) -> int:
        """Return the points of the slots that stand now, with the bonuses."""
        standing = self._standing()
        total = sum(points for slot, points in standing.items() if slot not in QUIET - {"link"})
        for bonus in self.rules.sequence["bonuses"]:
            if all(slot in standing for slot in bonus["all"]):
                total += int(bonus["points"])
        return total + self._order_bonus(standing)

    def _weighed(self, reading: Reading) -> Weighed:
        model = self.rules.sequence["model"]
        less = int(model["described"]) if is_described(reading, rules=self.rules) else 0
        score, demand = reading.score - less, reading.demand - less
        size = max(int(model["low"]), min(int(model["high"]), score))
        self.gathered = max(0, self.gathered + size - int(model["drift"]))
        if self.turns and self._is_old(self.turns[0].when):
            self.turns = tuple(one for one in self.turns if not self._is_old(one.when))
        turn = Turn(self.now, reading.evidence, reading.text, demand)
        self.turns = (*self.turns, turn)[-TOGETHER:]
        moved = score > int(model["likely"])
        together = moved and self._talk() - less > int(model["talk"])
        both = score + demand // 2
        alone = len(reading.words) >= int(model["words"]) and both > int(model["sure"])
        asked = together and max(one.demand for one in self.turns) > int(model["asked"])
        asks = asked or demand > int(model["demand"])
        return Weighed(score, both, alone or together, asks, moved and self.warned)

    def _talk(self) -> int:
        """Return what the last messages weigh together; not where it is calm or a Stop already."""
        near = int(self.rules.sequence["model"]["near"])
        if self.stopped or len(self.turns) == 1 or self.gathered <= near:
            return FAR
        return self._told()

    def _told(self) -> int:
        score = talk_score_of(joined([one.evidence for one in self.turns]), rules=self.rules)
        second = self.rules.second
        if second is None:
            return score
        texts = [one.text for one in self.turns]
        return second.told(score, texts=texts, tables=self.rules.tables)

    def _counted(self, reading: Reading, *, weighed: Weighed) -> list[Hit]:
        weak = 2 if weighed.raises or weighed.follows else 0
        counted = [
            hit
            for hit in reading.hits
            if hit.frame.weak <= weak
            and self._speaks(hit, reading=reading, weighed=weighed)
            and self._trusts(hit, weighed=weighed)
        ]
        return (
            counted
            + self._wording(reading, weighed=weighed)
            + self._fraud(reading, weighed=weighed)
        )

    def _speaks(self, hit: Hit, *, reading: Reading, weighed: Weighed) -> bool:
        """Tell whether a hit is said to the reader, not told of others or quoted."""
        if hit.frame.slot in {"support", "official"} or weighed.raises:
            return True
        if is_described(reading, rules=self.rules):
            return False
        return not (hit.quoted and reading.mention >= SOME and not reading.retold)

    def _trusts(self, hit: Hit, *, weighed: Weighed) -> bool:
        """Tell whether the model leaves a frame its word; a sure frame needs less of it."""
        model = self.rules.sequence["model"]
        sure = hit.frame.points >= int(self.rules.sequence["stop"])
        least = int(model["veto_sure"] if sure else model["veto"])
        heard = weighed.raises or weighed.follows
        return hit.frame.slot in QUIET or heard or weighed.both > least

    def _wording(self, reading: Reading, *, weighed: Weighed) -> list[Hit]:
        """Return the words that weigh most where the models raise."""
        if not weighed.raises:
            return []
        start, end = wording_of(reading.words, rules=self.rules)
        return [Hit(WORDING, start, end, quoted=False)] if end > start else []

    def _fraud(self, reading: Reading, *, weighed: Weighed) -> list[Hit]:
        """Return the third model's hit: the whole text, as another fraud to verify."""
        model = self.rules.sequence["model"]
        # The longer the conversation, the more messages could be taken for fraud by chance.
        least = int(model["fraud"]) + int(model["fraud_step"]) * min(self.now.order - 1, LATER)
        short = len(reading.words) < int(model["words"])
        if short or weighed.raises or reading.fraud <= least:
            return []
        return [Hit(FRAUD, reading.words[0].token.start, reading.words[-1].token.end, quoted=False)]

    def _band(self, hits: Iterable[Hit], *, weighed: Weighed) -> Band:
        added = {hit.frame.slot for hit in hits}
        total = self.total() if added - QUIET else 0
        sequence = self.rules.sequence
        demand = bool(added & set(sequence["demands"])) or {"threat", "condition"} <= added
        if "wording" in added and (demand or weighed.asks):
            return Band.STOP
        if demand and total >= int(sequence["stop"]):
            return Band.STOP
        if total >= int(sequence["warning"]):
            return Band.WARNING
        doubtful = weighed.score > int(sequence["model"]["verify"])
        if doubtful or total >= int(sequence["verify"]) or added & {"fraud", "official"}:
            return Band.VERIFY
        return Band.NONE

    def _is_calm(self, hits: Iterable[Hit], *, replies: Replies) -> bool:
        """Tell whether her replies show that she talks with her own people.

        Only the second reader hears them. A crime with what makes it worse is a Stop whatever
        she replies; her words never raise.
        """
        second = self.rules.second
        if second is None or not replies or self._is_grave(hits):
            return False
        return second.calms(self._told(), replies=replies, tables=self.rules.tables)

    def _is_grave(self, hits: Iterable[Hit]) -> bool:
        standing, bonuses = self._standing(), self.rules.sequence["bonuses"]
        worse = any(CRIME in one["all"] and standing.keys() >= {*one["all"]} for one in bonuses)
        return worse and any(hit.frame.slot == CRIME for hit in hits)

    def _standing(self) -> Mapping[str, int]:
        return {s: one.points for s, one in self.slots.items() if not self._is_old(one.when)}

    def _is_old(self, when: When) -> bool:
        sequence = self.rules.sequence
        far = self.now.order - when.order >= sequence["window"]
        return far or (when.minute is not None and self.now.after(when) > sequence["minutes"])

    def _order_bonus(self, standing: Mapping[str, int]) -> int:
        """Return the points of an offer before a demand, and of a long silence between them."""
        ordered, silence = self.rules.sequence["ordered"], self.rules.sequence["silence"]
        before = [self.first[slot] for slot in ordered["first"] if slot in standing]
        after = [self.first[slot] for slot in ordered["then"] if slot in standing]
        follows = bool(before) and bool(after) and min(before) < max(after)
        points = int(ordered["points"]) if follows else 0
        pressed = [self.slots[one].when.order for one in silence["then"] if one in standing]
        resumes = bool(before) and bool(pressed) and min(before) < self.resumed <= max(pressed)
        return points + (int(silence["points"]) if resumes else 0)


def is_described(reading: Reading, *, rules: Rules) -> bool:
    """Tell whether the text is news or a warning about others: it only describes."""
    mention = rules.sequence["mention"]
    retold = int(mention["retold"]) if reading.retold else 0
    return reading.mention >= int(mention["enough"]) + retold
