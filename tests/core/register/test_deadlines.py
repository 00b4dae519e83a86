"""Deadlines: the clock starts at arrival, the last possible day counts, policy is called policy."""

from datetime import date, timedelta

import pytest

from oberih.register.deadlines import Due, DueState, due, rules
from oberih.register.states import Category, EventType, SourceKind
from oberih.register.statuses import Fact

ARRIVED = date(2024, 3, 1)


def fact(type: EventType, on: date = ARRIVED, **fields: object) -> Fact:  # noqa: A002  # the field's name
    kind = fields.pop("kind", SourceKind.FAMILY)
    position = on.toordinal() * 100 + list(EventType).index(type)
    return Fact(position, type, kind, "a source", on, occurred_to=on, **fields)  # type: ignore[arg-type]


def of_rule(
    name: str, *facts: Fact, days: int, category: Category = Category.UNKNOWN
) -> Due | None:
    today = ARRIVED + timedelta(days=days)
    found = due(facts, category=category, today=today)
    return next((one for one in found if one.rule.name == name), None)


def test_every_rule_has_its_article_s_text_or_is_called_policy() -> None:
    assert rules()
    assert all(bool(one.text) is not one.is_policy for one in rules())
    assert all(one.reading for one in rules())


def test_no_number_of_days_of_ours_is_called_law() -> None:
    assert all(one.is_policy for one in rules() if set(one.days) & {30, 60, 90, 120})


@pytest.mark.parametrize("start", [EventType.ARRIVED_CAMP, EventType.TRANSFERRED])
def test_a_card_is_due_a_week_after_arrival(start: EventType) -> None:
    found = of_rule("capture-card", fact(start), days=8)

    assert found is not None
    assert found.latest == ARRIVED + timedelta(days=7)
    assert found.state(today=ARRIVED + timedelta(days=7)) is DueState.RUNNING
    assert found.state(today=ARRIVED + timedelta(days=8)) is DueState.OVERDUE


def test_between_the_earliest_and_the_latest_day_it_is_only_perhaps_overdue() -> None:
    arrived = fact(EventType.ARRIVED_CAMP, occurred_from=ARRIVED - timedelta(days=10))

    found = of_rule("capture-card", arrived, days=5)

    assert found is not None
    assert found.state(today=ARRIVED + timedelta(days=5)) is DueState.PERHAPS


def test_a_card_that_came_stops_the_clock_and_an_earlier_one_does_not() -> None:
    arrived = fact(EventType.ARRIVED_CAMP)
    before = fact(EventType.CARD_RECEIVED, ARRIVED - timedelta(days=3))
    after = fact(EventType.CARD_RECEIVED, ARRIVED + timedelta(days=3))

    assert of_rule("capture-card", arrived, before, days=30) is not None
    assert of_rule("capture-card", arrived, after, days=30) is None


@pytest.mark.parametrize("end", [EventType.EXCHANGED, EventType.RELEASED, EventType.CLOSED])
def test_nothing_is_due_after_the_end(end: EventType) -> None:
    facts = [fact(EventType.ARRIVED_CAMP), fact(end, ARRIVED + timedelta(days=1))]

    assert due(facts, category=Category.PRISONER, today=ARRIVED + timedelta(days=99)) == []


def test_a_claim_starts_no_clock() -> None:
    claim = fact(EventType.ARRIVED_CAMP, kind=SourceKind.INTERMEDIARY)

    assert of_rule("capture-card", claim, days=30) is None


def test_a_civilian_s_custody_has_its_own_article() -> None:
    detained = fact(EventType.DETAINED)

    assert of_rule("civilian-custody", detained, days=20, category=Category.CIVILIAN) is not None
    assert of_rule("capture-card", detained, days=20, category=Category.CIVILIAN) is None
    assert of_rule("civilian-custody", detained, days=20, category=Category.PRISONER) is None


@pytest.mark.parametrize(("days", "term"), [(10, 30), (31, 30), (70, 60), (130, 120)])
def test_of_several_terms_the_last_one_past_counts(days: int, term: int) -> None:
    found = of_rule("ask-again", fact(EventType.CAPTURED), days=days)

    assert found is not None
    assert found.latest == ARRIVED + timedelta(days=term)


@pytest.mark.parametrize(
    ("name", "start", "met"),
    [
        ("trial-ahead", EventType.CHARGED, EventType.TRIED),
        ("judgment-told", EventType.SENTENCED, EventType.FAMILY_NOTIFIED),
        ("papers-of-a-death", EventType.DIED, EventType.IDENTIFIED),
    ],
)
def test_trials_and_deaths_are_asked_about_by_policy(
    name: str, start: EventType, met: EventType
) -> None:
    begun = fact(start, kind=SourceKind.BUREAU, is_official=True)

    found = of_rule(name, begun, days=40)

    assert found is not None
    assert found.rule.is_policy
    assert of_rule(name, begun, fact(met, ARRIVED + timedelta(days=1)), days=40) is None


def test_a_civilian_s_transfer_is_asked_about_after_a_week() -> None:
    moved = fact(EventType.TRANSFERRED)

    assert of_rule("civilian-change", moved, days=8, category=Category.CIVILIAN) is not None
    assert of_rule("civilian-change", moved, days=8, category=Category.PRISONER) is None


def test_a_witness_s_word_of_a_death_starts_and_ends_no_clock() -> None:
    captured = fact(EventType.CAPTURED)
    word = fact(EventType.DIED, ARRIVED + timedelta(days=1), kind=SourceKind.WITNESS)

    assert of_rule("papers-of-a-death", captured, word, days=60) is None
    assert of_rule("ask-again", captured, word, days=60) is not None


def test_two_letters_of_one_day_start_the_clock_of_silence() -> None:
    twice = [fact(EventType.LETTER_RECEIVED), fact(EventType.CARD_RECEIVED)]

    assert of_rule("long-silence", *twice, days=61) is not None
