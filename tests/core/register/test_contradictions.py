"""What does not fit beyond events: names, claims, lists, requests, parcels, consents."""

from datetime import date, timedelta

import pytest

from oberih.register.contradictions import (
    Agreement,
    Known,
    Parcel,
    Spelled,
    all_findings,
)
from oberih.register.discrepancies import Mark, Rule
from oberih.register.states import OFFICIAL_KINDS, EventType, SourceKind
from oberih.register.statuses import Fact

ONE, OTHER, LATER = date(2024, 3, 1), date(2024, 5, 1), date(2024, 7, 1)
TELLER, POST = SourceKind.INTERMEDIARY, SourceKind.OPEN_SOURCE


def fact(type: EventType, on: date, place: str = "", kind: SourceKind = TELLER) -> Fact:  # noqa: A002  # the field's name
    position = on.toordinal() * 100 + list(EventType).index(type) + len(kind)
    told = {"place": place, "is_official": kind in OFFICIAL_KINDS, "occurred_to": on}
    return Fact(position, type, kind, str(kind), on, **told)  # type: ignore[arg-type]


def found(**known: object) -> set[Rule]:
    given = Known(**{"facts": (), **known})  # type: ignore[arg-type]
    return {one.rule for one in all_findings(given, today=LATER)}


@pytest.mark.parametrize(
    ("one", "other", "rules"),
    [
        (("Гнатюк", "Остап"), ("Hnatiuk", "Ostap"), set()),
        (("Гнатюк", "Остап"), ("Гнатюк", "Остап", "Богданович"), set()),
        (("Вербицький", "Дмитро"), ("Вербицкий", "Дмитрий"), set()),
        (("Гнатюк", "Остап"), ("Ткачук", "Остап"), {Rule.NAME_DIFFERS}),
        (("Гнатюк", "Остап"), ("Гнатюк", "Роман"), {Rule.NAME_DIFFERS}),
        (("Гнатюк", "Остап", "Богданович"), ("Гнатюк", "Остап", "Іванович"), {Rule.NAME_DIFFERS}),
    ],
)
def test_a_name_differs_only_beyond_transliteration(
    one: tuple[str, ...], other: tuple[str, ...], rules: set[Rule]
) -> None:
    names = (Spelled("a", *one), Spelled("b", *other))

    assert found(names=names) == rules


def test_two_units_differ_and_one_written_two_ways_does_not() -> None:
    one, same, other = (Mark(name, unit=name) for name in ("93 ОМБр", "93-тя бригада", "36 ОБрМП"))

    assert found(marks=(one, same)) == set()
    assert found(marks=(one, other)) == {Rule.NUMBER_DIFFERS}
    assert found(marks=(one, Mark("c", unit="в/ч А1302"))) == set()


def test_a_claim_that_nobody_official_makes_is_found() -> None:
    claim = fact(EventType.DIED, ONE)
    confirmed = fact(EventType.DIED, OTHER, kind=SourceKind.BUREAU)

    assert found(facts=(claim,)) == {Rule.CLAIM_ALONE}
    assert Rule.CLAIM_ALONE not in found(facts=(claim, confirmed))


def test_a_claim_that_repeats_a_post_is_told_apart() -> None:
    post = fact(EventType.TRANSFERRED, ONE, "СІЗО-2", POST)

    assert found(facts=(post, fact(EventType.TRANSFERRED, OTHER, "сізо-2"))) == {Rule.CLAIM_REPEATS}
    assert found(facts=(post, fact(EventType.TRANSFERRED, OTHER, "ВК-10"))) == {Rule.CLAIM_ALONE}
    assert found(facts=(post,)) == set()


def test_a_parcel_acknowledged_before_it_was_sent_is_found() -> None:
    assert found(parcels=(Parcel("a", OTHER, ONE),)) == {Rule.PARCEL_ODD}
    assert found(parcels=(Parcel("a", ONE, OTHER),)) == set()


def test_a_parcel_acknowledged_where_he_no_longer_was_is_found() -> None:
    moved = fact(EventType.TRANSFERRED, ONE, "ВК-10", SourceKind.WITNESS)
    freed = fact(EventType.EXCHANGED, ONE, kind=SourceKind.WITNESS)

    assert found(facts=(moved,), parcels=(Parcel("a", None, OTHER, "СІЗО-2"),)) == {Rule.PARCEL_ODD}
    assert found(facts=(moved,), parcels=(Parcel("a", None, OTHER, "вк-10"),)) == set()
    assert found(facts=(freed,), parcels=(Parcel("a", None, OTHER),)) == {Rule.PARCEL_ODD}


def test_parcels_are_read_from_events_too() -> None:
    sent = fact(EventType.PARCEL_SENT, OTHER, kind=SourceKind.FAMILY)
    came = fact(EventType.PARCEL_RECEIVED, ONE, kind=SourceKind.RED_CROSS)

    assert found(facts=(sent, came)) == {Rule.PARCEL_ODD}


def test_a_consent_that_ended_is_found_until_a_later_one_stands() -> None:
    over = Agreement("r", "tracing", LATER)
    again = Agreement("r", "tracing", LATER + timedelta(days=1))

    assert found(agreements=(over,)) == {Rule.CONSENT_OVER}
    assert found(agreements=(over, again)) == set()


def test_lists_and_requests_give_their_findings() -> None:
    assert found(gone_from=("a",)) == {Rule.GONE_FROM_LIST}
    assert found(shared_by=("a",)) == {Rule.ONE_ENTRY_FOR_TWO}
    assert (found(requests=2), found(requests=1)) == ({Rule.SEVERAL_ASK}, set())
