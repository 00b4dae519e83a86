"""Status as a pure function of events, with its basis.

A claim never gives a status. Only an official source confirms captivity, release or death; what
a relative or a released prisoner says of captivity is at most a presumption, and a witness's
report of death gives nothing. That a name is absent from a list, or that an answer says "no such
person", says nothing: no status means "not held".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from oberih.register.states import CLAIMING_KINDS, EventType, SourceKind, Status

_CAPTIVE = frozenset(
    {
        EventType.CAPTURED,
        EventType.DETAINED,
        EventType.ARRIVED_CAMP,
        EventType.TRANSFERRED,
        EventType.HOSPITALISED,
        EventType.SEEN,
        EventType.VISITED,
        EventType.LISTED,
        EventType.CONFIRMED,
        EventType.CARD_RECEIVED,
        EventType.LETTER_RECEIVED,
        EventType.SICK,
        EventType.CHARGED,
        EventType.TRIED,
        EventType.SENTENCED,
    }
)
_OFFICIALLY = {
    EventType.RELEASED: Status.RELEASED,
    EventType.EXCHANGED: Status.RELEASED,
    EventType.REMAINS_RETURNED: Status.DECEASED_REPORTED,
    EventType.DIED: Status.DECEASED_REPORTED,
    EventType.IDENTIFIED: Status.DECEASED_CONFIRMED,
    EventType.CLOSED: Status.CLOSED,
    EventType.REPORTED_MISSING: Status.MISSING,
}
_FROM_ANYONE = frozenset({EventType.REPORTED_MISSING, EventType.CLOSED})
_ENDED = frozenset({Status.RELEASED, Status.CLOSED})
_WEIGHT = {status: weight for weight, status in enumerate(Status)}
CONFIRMED_CREDIBILITY = 1


@dataclass(frozen=True, slots=True)
class Fact:
    """An event as the rules see it; `credibility` runs from 1 (confirmed) to 6 (cannot tell)."""

    position: int
    type: EventType
    source_kind: SourceKind
    source: str
    learned_on: date
    is_official: bool = False
    credibility: int = 6
    occurred_from: date | None = None
    occurred_to: date | None = None
    place: str = ""
    supersedes: int | None = None

    @property
    def is_claim(self) -> bool:
        """Whether nobody but an intermediary or an open channel says so."""
        return self.source_kind in CLAIMING_KINDS

    @property
    def day(self) -> date:
        """The latest day on which it can have happened, else the day on which it was learned."""
        return self.occurred_to or self.occurred_from or self.learned_on


@dataclass(frozen=True, slots=True)
class Standing:
    """A status and the event it stands on; nothing recorded stands on none."""

    status: Status
    basis: Fact | None = None


def standing_of(facts: Iterable[Fact]) -> Standing:
    """Return the status with its basis; the order in which the facts are given changes nothing."""
    known = [one for one in effective(facts) if not one.is_claim]
    given = [(one, status_given_by(one)) for one in known]
    official = _latest(
        (one, status)
        for one, status in given
        if status in _ENDED or (one.is_official and _is_firm(status))
    )
    if official.status not in _ENDED or official.basis is None:
        return official if official.basis else _unofficial(given)
    since = _latest(
        (one, status)
        for one, status in given
        if status is Status.MISSING and one.is_official and one.day > official.basis.day
    )
    if since.basis is None:
        return official
    return _unofficial([pair for pair in given if pair[0].day >= since.basis.day])


def effective(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts that no other one replaces; a withdrawal itself says nothing."""
    listed = list(facts)
    replaced = {one.supersedes for one in listed}
    return [
        one
        for one in listed
        if one.position not in replaced and one.type is not EventType.WITHDRAWN
    ]


def status_given_by(fact: Fact) -> Status:
    """Return what this one event would say alone."""
    if fact.is_claim:
        return Status.UNKNOWN
    if fact.type in _CAPTIVE:
        return Status.CAPTIVE_CONFIRMED if fact.is_official else Status.PRESUMED_CAPTIVE
    if fact.type in _FROM_ANYONE or fact.is_official:
        return _of_official(fact)
    return Status.UNKNOWN


def _of_official(fact: Fact) -> Status:
    if fact.type is EventType.DIED and fact.credibility == CONFIRMED_CREDIBILITY:
        return Status.DECEASED_CONFIRMED
    return _OFFICIALLY.get(fact.type, Status.UNKNOWN)


def _unofficial(given: list[tuple[Fact, Status]]) -> Standing:
    presumed = _latest(pair for pair in given if pair[1] is Status.PRESUMED_CAPTIVE)
    if presumed.basis is not None:
        return presumed
    return _latest(pair for pair in given if pair[1] is Status.MISSING)


def _is_firm(status: Status) -> bool:
    return _WEIGHT[status] >= _WEIGHT[Status.CAPTIVE_CONFIRMED]


def _latest(given: Iterable[tuple[Fact, Status]]) -> Standing:
    """Return the status of the latest fact; of one day, the gravest, then the last learned."""
    ordered = sorted(
        given, key=lambda one: (one[0].day, _WEIGHT[one[1]], one[0].learned_on, one[0].position)
    )
    return Standing(ordered[-1][1], ordered[-1][0]) if ordered else Standing(Status.UNKNOWN)
