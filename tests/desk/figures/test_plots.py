"""What the plots say: weeks of a burst are marked, and how long families wrote on, by step."""

from datetime import UTC, datetime, timedelta

import pytest

from oberih.desk.casework.models import Consent, Danger, Referral
from oberih.desk.figures import counting, drawing
from oberih.desk.models import Case, Conversation, Message

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def case(number: int, *, days_ago: int, **fields: object) -> Case:
    filed = NOW - timedelta(days=days_ago)
    return Case.objects.create(id=f"CASE-{number:04}", filed_at=filed, **fields)


def wrote(one: Case, *, after_days: int) -> None:
    talk, _new = Conversation.objects.get_or_create(
        case=one,
        defaults={
            "mailbox": f"{one.pk:0>64}",
            "recipient": "",
            "verify_key": "",
            "wrapped_mac": b"",
        },
    )
    at = one.filed_at + timedelta(days=after_days)
    Message.objects.create(
        conversation=talk, direction="report", sequence=after_days + 1, day=at.date(), at=at,
        kind="report", epoch=1, digest="",
    )  # fmt: skip


def test_a_week_with_a_burst_is_marked_and_a_quiet_one_is_not() -> None:
    for number in range(20):
        case(number, days_ago=7 * number % 130, tactics=["C1"])
    for number in range(20, 32):
        case(number, days_ago=10, tactics=["C1"])

    found = counting.burst_weeks(NOW, tactics=["C1"])["C1"]

    week = counting.mondays(NOW).index(counting.monday_of(NOW - timedelta(days=10)))
    assert week in found
    assert found <= {week, week + 1}


def test_the_bar_of_a_burst_is_drawn_apart() -> None:
    (trend,) = drawing.trends({"C1": [1, 9, 2]}, bursts={"C1": {1}})

    assert [bar.is_burst for bar in trend.bars] == [False, True, False]


def test_half_of_the_cases_at_a_step_wrote_on_for_so_many_days() -> None:
    for number, days in enumerate((0, 4, 10)):
        one = case(number, days_ago=60, stage=5)
        wrote(one, after_days=0)
        if days:
            wrote(one, after_days=days)

    assert counting.days_to_stages(NOW) == {5: 4}


def test_hours_to_the_first_answer_are_drawn_to_one_scale() -> None:
    monday = counting.monday_of(NOW)
    weeks = [counting.Week(monday, 3, 3, 2.0, 8.0), counting.Week(monday, 1, 0, None, None)]

    first, second = drawing.load(weeks)

    assert first.half.height * 4 == first.most.height == drawing.HEIGHT
    assert (second.half.height, second.most.height) == (0, 0)


def test_the_steps_carry_their_days_where_there_are_any() -> None:
    steps = drawing.ladder([9, 5, 1], days={1: 3.0})

    assert [(step.count, step.days) for step in steps] == [(9, None), (5, 3.0), (1, None)]


def test_coming_back_is_to_write_after_an_answer_not_in_several_parts() -> None:
    for number, after_days in ((1, 1), (2, 3)):
        one = case(number, days_ago=9, answered_at=NOW - timedelta(days=7))
        wrote(one, after_days=0)
        wrote(one, after_days=after_days)
    wrote(case(3, days_ago=9), after_days=5)
    wrote(case(4, days_ago=400, answered_at=NOW - timedelta(days=399)), after_days=5)

    assert counting.share_that_came_back(NOW) == (1, 2)


def test_referrals_are_counted_by_whether_the_family_said_yes() -> None:
    one = case(1, days_ago=9)
    asked = {"case": one, "body": "police"}
    yes = Consent.objects.create(**asked, until=NOW.date(), how="on paper", by="a", at=NOW)
    danger = Danger.objects.create(**asked, reason="r", declared_by="a", declared_at=NOW)
    for ground in ({"consent": yes}, {"consent": yes}, {"danger": danger}):
        Referral.objects.create(**asked, package="", by="a", sent_at=NOW, **ground)

    assert counting.referred_with_a_yes(NOW) == (2, 3)
