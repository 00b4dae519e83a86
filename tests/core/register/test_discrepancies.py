"""What contradicts in a record: each rule finds its own, and nothing where all fits."""

from datetime import date

import pytest

from oberih.register.discrepancies import Mark, Rule, findings
from oberih.register.states import OFFICIAL_KINDS, EventType, SourceKind
from oberih.register.statuses import Fact

ONE, OTHER = date(2024, 3, 1), date(2024, 5, 1)


def fact(type: EventType, on: date = ONE, place: str = "", **fields: object) -> Fact:  # noqa: A002  # the field's name
    kind = fields.pop("kind", SourceKind.RED_CROSS)
    position = on.toordinal() * 100 + list(EventType).index(type)
    told = {"place": place, "is_official": kind in OFFICIAL_KINDS, "occurred_to": on} | fields
    return Fact(position, type, kind, str(kind), on, **told)  # type: ignore[arg-type]


def found(*facts: Fact, marks: tuple[Mark, ...] = ()) -> set[Rule]:
    return {one.rule for one in findings(facts, marks=marks)}


TOLD = fact(EventType.FAMILY_NOTIFIED, OTHER)


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        (Rule.TWO_STATUSES, (fact(EventType.CONFIRMED), fact(EventType.EXCHANGED), TOLD)),
        (Rule.ORDER, (fact(EventType.EXCHANGED), fact(EventType.LETTER_RECEIVED, OTHER))),
        (Rule.ORDER, (fact(EventType.CAPTURED, OTHER), fact(EventType.TRANSFERRED))),
        (
            Rule.TWO_PLACES,
            (fact(EventType.SEEN, place="А"), fact(EventType.VISITED, place="Б")),
        ),
        (Rule.NOT_TOLD, (fact(EventType.CONFIRMED),)),
        (Rule.SEEN_AND_NOT_FOUND, (fact(EventType.SEEN), fact(EventType.NOT_FOUND))),
        (Rule.CAPTIVE_AND_DEAD, (fact(EventType.CONFIRMED, OTHER), fact(EventType.DIED), TOLD)),
    ],
)
def test_each_rule_finds_its_own(rule: Rule, facts: tuple[Fact, ...]) -> None:
    assert rule in found(*facts)


def test_a_record_in_which_all_fits_has_no_finding() -> None:
    facts = (
        fact(EventType.CAPTURED, date(2023, 1, 1)),
        fact(EventType.CONFIRMED),
        fact(EventType.FAMILY_NOTIFIED, date(2024, 3, 4)),
        fact(EventType.EXCHANGED, OTHER),
    )

    assert found(*facts) == set()


def test_a_claim_contradicts_nothing() -> None:
    claim = fact(EventType.LETTER_RECEIVED, OTHER, kind=SourceKind.INTERMEDIARY)

    assert found(fact(EventType.EXCHANGED), claim) == set()


def test_a_year_fits_every_day_of_it() -> None:
    day = Mark("a", born_on=date(1990, 5, 7), born_year=1990)

    assert found(marks=(day, Mark("b", born_year=1990))) == set()
    assert found(marks=(day, Mark("b", born_year=1991))) == {Rule.BORN_DIFFERS}
    assert found(marks=(day, Mark("b", date(1990, 7, 5), 1990))) == {Rule.BORN_DIFFERS}


def test_a_service_number_is_compared_without_its_signs() -> None:
    one = Mark("a", service_number="АБ-123 456")

    assert found(marks=(one, Mark("b", service_number="аб123456"))) == set()
    assert found(marks=(one, Mark("b", service_number="аб123457"))) == {Rule.NUMBER_DIFFERS}
