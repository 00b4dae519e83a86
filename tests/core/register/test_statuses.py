"""Status is a pure function of events: no order matters, no claim counts, absence says nothing."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from oberih.register.family_words import status_for_family
from oberih.register.states import CLAIMING_KINDS, OFFICIAL_KINDS, EventType, SourceKind, Status
from oberih.register.statuses import Fact, standing_of

START = date(2022, 3, 1)
DAYS = some.integers(0, 900).map(lambda one: START + timedelta(days=one))
CONFIRMED = {Status.CAPTIVE_CONFIRMED, Status.DECEASED_CONFIRMED, Status.DECEASED_REPORTED}


@some.composite
def fact(draw: some.DrawFn) -> Fact:
    kind = draw(some.sampled_from(SourceKind))
    day = draw(DAYS)
    return Fact(
        position=draw(some.integers(1, 10_000)),
        type=draw(some.sampled_from(EventType)),
        source_kind=kind,
        source="a source",
        learned_on=day,
        is_official=kind in OFFICIAL_KINDS and draw(some.booleans()),
        credibility=draw(some.integers(1, 6)),
        occurred_to=draw(some.one_of(some.none(), some.just(day))),
        supersedes=draw(some.one_of(some.none(), some.integers(1, 10_000))),
    )


FACTS = some.lists(fact(), max_size=12, unique_by=lambda one: one.position)


def told(type: EventType, day: str, *, kind: SourceKind = SourceKind.RED_CROSS) -> Fact:  # noqa: A002  # the field's name
    official = kind in OFFICIAL_KINDS
    at = date.fromisoformat(day)
    return Fact(at.toordinal(), type, kind, "a source", at, official, 1, occurred_to=at)


@given(FACTS, some.randoms())
def test_order_changes_nothing(facts: list[Fact], chance: object) -> None:
    turned = list(facts)
    chance.shuffle(turned)  # type: ignore[attr-defined]

    assert standing_of(facts) == standing_of(turned)


@given(FACTS)
def test_a_claim_never_gives_a_status(facts: list[Fact]) -> None:
    without = [one for one in facts if one.source_kind not in CLAIMING_KINDS]
    claims = [one for one in facts if one.source_kind in CLAIMING_KINDS and not one.supersedes]

    assert standing_of(claims).status is Status.UNKNOWN
    assert standing_of(without).status is standing_of([*without, *claims]).status


@given(FACTS)
def test_only_an_official_source_confirms(facts: list[Fact]) -> None:
    standing = standing_of(facts)

    assert standing.status not in CONFIRMED or (standing.basis and standing.basis.is_official)


@given(FACTS)
def test_every_status_but_none_has_its_basis(facts: list[Fact]) -> None:
    standing = standing_of(facts)

    assert (standing.basis is None) == (standing.status is Status.UNKNOWN)


@given(FACTS)
def test_an_answer_no_such_person_says_nothing(facts: list[Fact]) -> None:
    without = [one for one in facts if one.type is not EventType.NOT_FOUND]

    assert standing_of(without).status is standing_of(facts).status or any(
        one.supersedes for one in facts
    )


def test_nothing_recorded_is_no_status() -> None:
    assert standing_of([]).status is Status.UNKNOWN


def test_a_witness_of_captivity_gives_a_presumption_and_of_death_nothing() -> None:
    seen = told(EventType.SEEN, "2024-01-02", kind=SourceKind.WITNESS)
    died = told(EventType.DIED, "2024-02-02", kind=SourceKind.WITNESS)

    assert standing_of([seen, died]).status is Status.PRESUMED_CAPTIVE
    assert standing_of([died]).status is Status.UNKNOWN


def test_who_was_released_can_go_missing_again() -> None:
    facts = [
        told(EventType.CONFIRMED, "2023-01-01"),
        told(EventType.EXCHANGED, "2023-06-01"),
        told(EventType.REPORTED_MISSING, "2024-06-01"),
    ]

    assert standing_of(facts[:2]).status is Status.RELEASED
    assert standing_of(facts).status is Status.MISSING


def test_a_replaced_event_counts_no_more() -> None:
    wrong = told(EventType.DIED, "2024-01-01")
    taken_back = Fact(
        9_000_000, EventType.WITHDRAWN, SourceKind.STATE_BODY, "", START, supersedes=wrong.position
    )

    assert standing_of([wrong]).status is Status.DECEASED_CONFIRMED
    assert standing_of([wrong, taken_back]).status is Status.UNKNOWN


def test_no_family_hears_of_death_here_nor_of_a_release_before_she_was_told() -> None:
    death = told(EventType.DIED, "2024-01-01")
    release = told(EventType.EXCHANGED, "2024-01-01")
    notified = told(EventType.FAMILY_NOTIFIED, "2024-01-03", kind=SourceKind.STATE_BODY)

    assert status_for_family([death, notified]) is Status.UNKNOWN
    assert status_for_family([release]) is Status.UNKNOWN
    assert status_for_family([release, notified]) is Status.RELEASED
