"""What a caller claimed, against what is recorded: fits, does not fit, or only repeats a post.

Records may be wrong and the register is incomplete: nothing here says "false" or "impossible".
The answer is for officers alone and never goes to somebody who is not verified.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from oberih.register.contradictions import OVER
from oberih.register.exchange_states import Condition, Paper
from oberih.register.states import EventType, SourceKind
from oberih.register.statuses import Fact, effective

PLACED = frozenset(
    {
        EventType.ARRIVED_CAMP,
        EventType.TRANSFERRED,
        EventType.VISITED,
        EventType.SEEN,
        EventType.HOSPITALISED,
        EventType.LISTED,
    }
)
BEGUN = frozenset({EventType.CAPTURED, EventType.DETAINED})
PAPERS = {
    Paper.LETTER: EventType.LETTER_RECEIVED,
    Paper.CARD: EventType.CARD_RECEIVED,
    Paper.LIST: EventType.LISTED,
}
CONDITIONS = {
    Condition.SICK: frozenset({EventType.SICK, EventType.HOSPITALISED}),
    Condition.DEAD: frozenset({EventType.DIED, EventType.IDENTIFIED}),
}


class Verdict(StrEnum):
    """What the comparison says; none of it is proof of anything."""

    FITS = "fits what is recorded"
    DOES_NOT = "does not fit"
    PUBLIC = "only repeats what is public"
    NOTHING = "nothing to compare with"


@dataclass(frozen=True, slots=True)
class Claimed:
    """What was claimed; an empty part was not said. `since` and `until` are days of the months."""

    place: str = ""
    since: date | None = None
    until: date | None = None
    condition: Condition = Condition.NOTHING
    paper: Paper = Paper.NOTHING

    @property
    def window(self) -> tuple[date, date]:
        """From when until when, as far as was said."""
        return self.since or date.min, self.until or date.max


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict with the events that it stands on."""

    verdict: Verdict
    facts: tuple[Fact, ...] = ()


def check(claimed: Claimed, *, facts: Iterable[Fact]) -> Checked:
    """Compare; what does not fit is said before what fits."""
    known = effective(facts)
    records = [one for one in known if not one.is_claim]
    posts = [one for one in known if one.source_kind is SourceKind.OPEN_SOURCE]
    against = _against(claimed, records=records)
    if against:
        return Checked(Verdict.DOES_NOT, tuple(against))
    public = [one for one in posts if _supports(claimed, fact=one)]
    if public:
        return Checked(Verdict.PUBLIC, tuple(public))
    speaking = [one for one in records if _supports(claimed, fact=one)]
    return Checked(Verdict.FITS, tuple(speaking)) if speaking else Checked(Verdict.NOTHING)


def _against(claimed: Claimed, *, records: Sequence[Fact]) -> list[Fact]:
    """Return the events with which the claim does not go together."""
    since, until = claimed.window
    ended = [one for one in records if one.type in OVER and one.is_official and one.day < since]
    begun = [one for one in records if one.type in BEGUN]
    early = [one for one in begun if (one.occurred_from or one.day) > until]
    alive = (
        [one for one in records if one.type in PLACED and one.day > until]
        if claimed.condition is Condition.DEAD and claimed.until
        else []
    )
    return [*ended, *early, *alive, *_elsewhere(claimed, records=records)]


def _elsewhere(claimed: Claimed, *, records: Sequence[Fact]) -> list[Fact]:
    """Return the placements of those months when none of them is the claimed place."""
    since, until = claimed.window
    if not claimed.place or (claimed.since is None and claimed.until is None):
        return []
    placed = [one for one in records if one.type in PLACED and one.place]
    within = [one for one in placed if one.day >= since and (one.occurred_from or one.day) <= until]
    if not within:
        within = _on_both_sides(placed, since=since, until=until)
    return [] if any(_is_same(one.place, claimed.place) for one in within) else within


def _on_both_sides(placed: Sequence[Fact], *, since: date, until: date) -> list[Fact]:
    """Return the stay around the months, where he was in one place before and after them."""
    before = [one for one in placed if one.day < since]
    after = [one for one in placed if (one.occurred_from or one.day) > until]
    if not before or not after:
        return []
    last, first = max(before, key=lambda one: one.day), min(after, key=lambda one: one.day)
    return [last, first] if _is_same(last.place, first.place) else []


def _supports(claimed: Claimed, *, fact: Fact) -> bool:
    """Whether an event says what the claim says, within its months."""
    since, until = claimed.window
    if fact.day < since or (fact.occurred_from or fact.day) > until:
        return False
    if claimed.place and fact.place and _is_same(fact.place, claimed.place):
        return True
    if fact.type is PAPERS.get(claimed.paper):
        return True
    return fact.type in CONDITIONS.get(claimed.condition, ())


def _is_same(one: str, other: str) -> bool:
    first, second = bare(one), bare(other)
    return bool(first and second) and (first in second or second in first)


def bare(place: str) -> str:
    """Return a text as places are compared: letters and digits alone, in small letters."""
    return "".join(filter(str.isalnum, place)).casefold()
