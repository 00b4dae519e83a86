"""A caller's claim against events: fits, does not fit, only repeats a post, nothing to compare."""

from datetime import date

import pytest

from oberih.register.claim_check import Checked, Claimed, Verdict, check
from oberih.register.exchange_states import Condition, Paper
from oberih.register.states import OFFICIAL_KINDS, EventType, SourceKind
from oberih.register.statuses import Fact

MARCH = (date(2024, 3, 1), date(2024, 3, 31))
WITNESS, POST = SourceKind.WITNESS, SourceKind.OPEN_SOURCE


def fact(
    type: EventType,  # noqa: A002  # the field's name
    on: date = date(2024, 3, 10),
    place: str = "",
    kind: SourceKind = WITNESS,
) -> Fact:
    told = {"place": place, "is_official": kind in OFFICIAL_KINDS, "occurred_to": on}
    return Fact(on.toordinal() + len(kind), type, kind, str(kind), on, **told)  # type: ignore[arg-type]


def asked(*facts: Fact, place: str = "СІЗО-2", **more: object) -> Checked:
    return check(Claimed(place, *MARCH, **more), facts=facts)  # type: ignore[arg-type]


SEEN = fact(EventType.SEEN, place="СІЗО-2")


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ((), Verdict.NOTHING),
        ((SEEN,), Verdict.FITS),
        ((fact(EventType.SEEN, place="Ростов, сізо 2"),), Verdict.FITS),
        ((fact(EventType.SEEN, place="ВК-10"),), Verdict.DOES_NOT),
        ((fact(EventType.SEEN, place="ВК-10"), SEEN), Verdict.FITS),
        ((fact(EventType.SEEN, place="СІЗО-2", kind=POST),), Verdict.PUBLIC),
        ((SEEN, fact(EventType.SEEN, place="СІЗО-2", kind=POST)), Verdict.PUBLIC),
        ((fact(EventType.CAPTURED, date(2024, 5, 1)),), Verdict.DOES_NOT),
        ((fact(EventType.EXCHANGED, date(2024, 1, 1), kind=SourceKind.BUREAU),), Verdict.DOES_NOT),
        ((fact(EventType.EXCHANGED, date(2024, 1, 1)),), Verdict.NOTHING),
        ((fact(EventType.SEEN, date(2023, 1, 1), "ВК-10"),), Verdict.NOTHING),
    ],
)
def test_a_claimed_place_and_month_are_compared(facts: tuple[Fact, ...], verdict: Verdict) -> None:
    assert asked(*facts).verdict is verdict


def test_a_stay_on_both_sides_of_the_months_does_not_fit() -> None:
    before = fact(EventType.TRANSFERRED, date(2024, 2, 1), "ВК-10")
    after = fact(EventType.VISITED, date(2024, 4, 2), "ВК-10")

    found = asked(before, after)

    assert (found.verdict, found.facts) == (Verdict.DOES_NOT, (before, after))


def test_another_intermediary_s_word_supports_nothing() -> None:
    claim = fact(EventType.SEEN, place="СІЗО-2", kind=SourceKind.INTERMEDIARY)

    assert asked(claim).verdict is Verdict.NOTHING


def test_a_paper_and_a_condition_are_compared_too() -> None:
    letter, sick = fact(EventType.LETTER_RECEIVED), fact(EventType.SICK)
    later = fact(EventType.SEEN, date(2024, 6, 1), "ВК-10")

    assert asked(letter, place="", paper=Paper.LETTER).verdict is Verdict.FITS
    assert asked(sick, place="", condition=Condition.SICK).verdict is Verdict.FITS
    assert asked(later, place="", condition=Condition.DEAD).verdict is Verdict.DOES_NOT
    assert asked(letter, place="", paper=Paper.CARD).verdict is Verdict.NOTHING


def test_no_verdict_says_false_or_impossible() -> None:
    assert not any(word in one for one in Verdict for word in ("false", "impossible", "lie"))
