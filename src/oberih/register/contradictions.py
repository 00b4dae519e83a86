"""All that does not fit in what is known of one person: events, claims, names, lists, requests.

Each rule is pure. A finding is a reason to look again: records may be wrong, and a name that is
gone from a list says nothing about the person.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from oberih.core.names.given import given_of
from oberih.core.names.patronymics import patronymic_of
from oberih.core.names.person import PersonName, person_name
from oberih.core.names.surnames import surname_of
from oberih.register.discrepancies import Finding, Mark, Rule, finding_of, findings
from oberih.register.states import EventType, SourceKind
from oberih.register.statuses import Fact, effective

OVER = frozenset({EventType.EXCHANGED, EventType.RELEASED, EventType.DIED})
MOVED = frozenset({EventType.ARRIVED_CAMP, EventType.TRANSFERRED, EventType.HOSPITALISED})


@dataclass(frozen=True, slots=True)
class Spelled:
    """A main name as a source writes it."""

    source: str
    surname: str
    given: str = ""
    patronymic: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel as the ledger or an event has it."""

    source: str
    sent_on: date | None
    acknowledged_on: date
    place: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Until when a request's consent for a purpose stands."""

    request: str
    purpose: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows of one person.

    `gone_from` are sources whose later list lacks the person, `shared_by` official sources of
    which one entry is linked to somebody else too.
    """

    facts: Sequence[Fact]
    marks: Sequence[Mark] = ()
    names: Sequence[Spelled] = ()
    parcels: Sequence[Parcel] = ()
    agreements: Sequence[Agreement] = ()
    requests: int = 0
    gone_from: tuple[str, ...] = ()
    shared_by: tuple[str, ...] = ()


def all_findings(known: Known, *, today: date) -> list[Finding]:
    """Return what does not fit, in the order of the rules' numbers."""
    found = findings(known.facts, marks=known.marks)
    for rule in _OVER_ALL:
        found += rule(known)
    found += _consent_over(known, today=today)
    return sorted(found, key=lambda one: int(one.rule.value[1:]))


def _name_differs(known: Known) -> Iterator[Finding]:
    """Two names that no transliteration, translation or ending makes one."""
    for one, other in combinations(known.names, 2):
        if one.source != other.source and _are_two(_name(one), _name(other)):
            yield Finding(Rule.NAME_DIFFERS, tuple(sorted({one.source, other.source})))
            return


def _name(one: Spelled) -> PersonName:
    return person_name(one.surname, one.given, patronymic=one.patronymic)


def _are_two(one: PersonName, other: PersonName) -> bool:
    return any(
        keys(one) and keys(other) and not keys(one) & keys(other)
        for keys in (_surname_keys, _given_keys, _father_keys)
    )


def _surname_keys(name: PersonName) -> frozenset[str]:
    if not name.surname:
        return frozenset()
    surname = surname_of(name.surname, tradition=name.tradition)
    return frozenset({surname.whole.frame, surname.whole.plain, *surname.parts} - {""})


def _given_keys(name: PersonName) -> frozenset[str]:
    words = [word for word in name.given[:1] if len(word) > 1]
    known = [given_of(word, tradition=name.tradition) for word in words]
    return frozenset(key for one in known for key in (one.name, one.kin) if key)


def _father_keys(name: PersonName) -> frozenset[str]:
    words = [word for word in name.patronymic[:1] if len(word) > 1]
    fathers = (patronymic_of(word, tradition=name.tradition).father for word in words)
    return frozenset(filter(None, fathers))


def _gone_from_list(known: Known) -> Iterator[Finding]:
    """Find who was listed and is not in a later list of the same source."""
    if known.gone_from:
        yield Finding(Rule.GONE_FROM_LIST, known.gone_from)


def _one_entry_for_two(known: Known) -> Iterator[Finding]:
    """One entry of an official list stands for two people here."""
    if known.shared_by:
        yield Finding(Rule.ONE_ENTRY_FOR_TWO, known.shared_by)


def _several_ask(known: Known) -> Iterator[Finding]:
    """Several relatives ask; their requests never meet."""
    if known.requests > 1:
        yield Finding(Rule.SEVERAL_ASK, ())


def _claims(known: Known) -> Iterator[Finding]:
    """Find an intermediary's claim that nobody official makes, or that only repeats a post."""
    facts = effective(known.facts)
    told = [one for one in facts if one.source_kind is SourceKind.INTERMEDIARY]
    posts = [one for one in facts if one.source_kind is SourceKind.OPEN_SOURCE]
    official = {one.type for one in facts if one.is_official}
    repeated = [one for one in told if any(_repeats(one, post=post) for post in posts)]
    alone = [one for one in told if one.type not in official and one not in repeated]
    if alone:
        yield finding_of(Rule.CLAIM_ALONE, *alone)
    if repeated:
        yield finding_of(Rule.CLAIM_REPEATS, *repeated)


def _repeats(claim: Fact, *, post: Fact) -> bool:
    """Whether the claim says nothing that the post had not said before."""
    same_place = not claim.place or claim.place.casefold() == post.place.casefold()
    return claim.type is post.type and same_place and post.learned_on <= claim.learned_on


def _parcel_odd(known: Known) -> Iterator[Finding]:
    """Find a parcel acknowledged before it was sent, or where the person no longer was."""
    facts = [one for one in effective(known.facts) if not one.is_claim]
    for one in (*known.parcels, *_parcels_of(facts)):
        before = one.sent_on is not None and one.acknowledged_on < one.sent_on
        if before or _was_elsewhere(one, facts=facts):
            places = (one.place,) if one.place else ()
            yield Finding(Rule.PARCEL_ODD, (one.source,), places)
            return


def _parcels_of(facts: Sequence[Fact]) -> list[Parcel]:
    sent = [one.occurred_from or one.day for one in facts if one.type is EventType.PARCEL_SENT]
    return [
        Parcel(one.source, min(sent, default=None), one.day, one.place)
        for one in facts
        if one.type is EventType.PARCEL_RECEIVED
    ]


def _was_elsewhere(parcel: Parcel, *, facts: Sequence[Fact]) -> bool:
    if any(one.type in OVER and one.day < parcel.acknowledged_on for one in facts):
        return True
    moves = [one for one in facts if one.type in MOVED and one.place]
    earlier = [one for one in moves if one.day < parcel.acknowledged_on]
    if not parcel.place or not earlier:
        return False
    last = max(earlier, key=lambda one: (one.day, one.position))
    return last.place.casefold() != parcel.place.casefold()


def _consent_over(known: Known, *, today: date) -> list[Finding]:
    """Find a consent that has ended and that no later one of the request goes on with."""
    last: dict[tuple[str, str], date] = {}
    for one in known.agreements:
        key = one.request, one.purpose
        last[key] = max(last.get(key, one.expires_on), one.expires_on)
    is_over = any(end <= today for end in last.values())
    return [Finding(Rule.CONSENT_OVER, ())] if is_over else []


_OVER_ALL: tuple[Callable[[Known], Iterator[Finding]], ...] = (
    _name_differs,
    _gone_from_list,
    _one_entry_for_two,
    _several_ask,
    _claims,
    _parcel_odd,
)
