"""What contradicts within one person's events and marks: each a pure rule, none a verdict.

The rules over claims, names, requests and lists stand in `contradictions`. The register is
incomplete, so a finding says "look again", never "impossible" or "false".
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from oberih.register.linkage.units import unit_of
from oberih.register.states import EventType, Status
from oberih.register.statuses import Fact, effective, status_given_by


class Rule(StrEnum):
    """The rules by their numbers."""

    TWO_STATUSES = "D1"
    NAME_DIFFERS = "D2"
    BORN_DIFFERS = "D3"
    NUMBER_DIFFERS = "D4"
    ORDER = "D5"
    TWO_PLACES = "D6"
    NOT_TOLD = "D7"
    SEEN_AND_NOT_FOUND = "D8"
    GONE_FROM_LIST = "D9"
    CAPTIVE_AND_DEAD = "D10"
    ONE_ENTRY_FOR_TWO = "D11"
    SEVERAL_ASK = "D12"
    CLAIM_ALONE = "D13"
    CLAIM_REPEATS = "D14"
    PARCEL_ODD = "D15"
    CONSENT_OVER = "D16"


@dataclass(frozen=True, slots=True)
class Mark:
    """What one source says of the birth, the service number and the unit."""

    source: str
    born_on: date | None = None
    born_year: int | None = None
    service_number: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule, the sources whose words do not fit together, and the places they name."""

    rule: Rule
    sources: tuple[str, ...]
    places: tuple[str, ...] = ()


_DEAD = frozenset({Status.DECEASED_REPORTED, Status.DECEASED_CONFIRMED})
_ALIVE_AFTER = frozenset(
    {EventType.LETTER_RECEIVED, EventType.CARD_RECEIVED, EventType.SEEN, EventType.VISITED}
)
_BEGUN = frozenset({EventType.CAPTURED, EventType.DETAINED})
_HELD = frozenset({EventType.ARRIVED_CAMP, EventType.TRANSFERRED, EventType.VISITED})
_PLACED = _HELD | frozenset({EventType.SEEN, EventType.HOSPITALISED})
_OVER = frozenset({EventType.EXCHANGED, EventType.RELEASED})
_CONFIRMED = frozenset({EventType.CONFIRMED, EventType.LISTED})


def findings(facts: Sequence[Fact], *, marks: Sequence[Mark]) -> list[Finding]:
    """Return what contradicts; claims take no part, nor do entries that were replaced."""
    known = [one for one in effective(facts) if not one.is_claim]
    found = [one for rule in _OVER_FACTS for one in rule(known)]
    return [*found, *_born_differs(marks), *_number_differs(marks)]


def _two_statuses(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Official sources give two statuses for one day."""
    given = [(one, status_given_by(one)) for one in facts if one.is_official]
    for (one, said), (other, also) in combinations(given, 2):
        if one.day == other.day and said is not also and Status.UNKNOWN not in {said, also}:
            yield finding_of(Rule.TWO_STATUSES, one, other)
            return


def _order(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Find a letter dated after death or exchange, or a camp before the capture."""
    for one, other in ((one, other) for one in facts for other in facts):
        ended = one.type in _OVER or one.type is EventType.DIED
        late = ended and other.type in _ALIVE_AFTER and _begin(other) > one.day
        early = one.type in _BEGUN and other.type in _HELD and other.day < _begin(one)
        if late or early:
            yield finding_of(Rule.ORDER, one, other)
            return


def _two_places(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Two places on one day."""
    placed = [one for one in facts if one.type in _PLACED and one.place]
    for one, other in combinations(placed, 2):
        if one.day == other.day and one.place.casefold() != other.place.casefold():
            yield finding_of(Rule.TWO_PLACES, one, other)
            return


def _not_told(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Officially listed or confirmed, and no word that the family was told."""
    official = [one for one in facts if one.is_official]
    confirmed = [one for one in official if one.type in _CONFIRMED]
    if confirmed and not any(one.type is EventType.FAMILY_NOTIFIED for one in official):
        yield finding_of(Rule.NOT_TOLD, *confirmed)


def _seen_and_not_found(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Seen alive by a released prisoner, and an answer "no such person"."""
    seen = [one for one in facts if one.type is EventType.SEEN]
    answers = [one for one in facts if one.type is EventType.NOT_FOUND]
    if seen and answers:
        yield finding_of(Rule.SEEN_AND_NOT_FOUND, *seen, *answers)


def _captive_and_dead(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Captivity confirmed, and death declared, both officially, captivity not the earlier."""
    dead = [one for one in facts if status_given_by(one) in _DEAD]
    captive = [one for one in facts if status_given_by(one) is Status.CAPTIVE_CONFIRMED]
    pairs = [(one, other) for one in captive for other in dead if one.day >= _begin(other)]
    if pairs:
        yield finding_of(Rule.CAPTIVE_AND_DEAD, *pairs[0])


def _born_differs(marks: Sequence[Mark]) -> Iterator[Finding]:
    """Two days of birth, or two years; a year alone fits every day of it."""
    for one, other in combinations(marks, 2):
        years = one.born_year and other.born_year and one.born_year != other.born_year
        days = one.born_on and other.born_on and one.born_on != other.born_on
        if years or days:
            yield Finding(Rule.BORN_DIFFERS, _names(one.source, other.source))
            return


def _number_differs(marks: Sequence[Mark]) -> Iterator[Finding]:
    """Two service numbers, or two units that cannot be one written otherwise."""
    for one, other in combinations(marks, 2):
        if _differ(one.service_number, other.service_number) or _are_two(one.unit, other.unit):
            yield Finding(Rule.NUMBER_DIFFERS, _names(one.source, other.source))
            return


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and _bare(one) != _bare(other)


def _are_two(one: str, other: str) -> bool:
    """Whether two numbers, or two codes, differ; a code beside a number tells nothing."""
    numbers = [unit.number for unit in map(unit_of, (one, other)) if unit and unit.number]
    if len(numbers) < 2:  # noqa: PLR2004  # both are needed
        return False
    return numbers[0][0].isdigit() == numbers[1][0].isdigit() and numbers[0] != numbers[1]


def finding_of(rule: Rule, *facts: Fact) -> Finding:
    """Return the finding that these events give."""
    places = _names(*(one.place for one in facts if one.place))
    return Finding(rule, _names(*(one.source for one in facts)), places)


def _names(*sources: str) -> tuple[str, ...]:
    return tuple(sorted(set(sources)))


def _begin(fact: Fact) -> date:
    return fact.occurred_from or fact.day


def _bare(number: str) -> str:
    return "".join(filter(str.isalnum, number)).casefold()


_OVER_FACTS: tuple[Callable[[Sequence[Fact]], Iterator[Finding]], ...] = (
    _two_statuses,
    _order,
    _two_places,
    _not_told,
    _seen_and_not_found,
    _captive_and_dead,
)
