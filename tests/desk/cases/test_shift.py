"""The shift stays one page however much waits, counts all of it, and asks a bounded number."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from desk_cast import TODAY

from oberih.desk.lateness import overdue
from oberih.desk.models import Case
from oberih.desk.rows import clock_of
from oberih.desk.shift import MOST_OF_ONE, shift_page
from oberih.desk.urgency import Urgency
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def case(number: int, *, waits: timedelta, **fields: object) -> None:
    since = TODAY - waits
    Case.objects.create(id=f"CASE-{number:04}", filed_at=since, waiting_since=since, **fields)


def test_every_case_is_counted_and_the_first_of_each_owner_are_shown(
    officer: Member, lead: Member
) -> None:
    for number in range(20):
        owner = str(officer.pk) if number % 2 else ""
        case(number, waits=timedelta(minutes=number), owner=owner)

    page = shift_page(by=lead, now=TODAY)

    assert [(share.total, len(share.rows), share.more) for share in page.shares] == [
        (10, MOST_OF_ONE, 10 - MOST_OF_ONE)
    ] * 2
    assert page.total == 20


def test_who_waits_longest_for_the_most_urgent_answer_stands_first(lead: Member) -> None:
    case(1, waits=timedelta(minutes=5), urgency=3)
    case(2, waits=timedelta(minutes=1), urgency=0)
    case(3, waits=timedelta(minutes=9), urgency=3)

    (share,) = shift_page(by=lead, now=TODAY).shares

    assert [row.case.pk for row in share.rows] == ["CASE-0002", "CASE-0003", "CASE-0001"]


@pytest.mark.parametrize("urgency", Urgency)
@pytest.mark.parametrize("hours", [0, 1, 2, 5, 24, 25, 72, 73, 500, 5000])
def test_the_rule_of_the_database_agrees_with_the_clock_of_a_row(
    urgency: Urgency, hours: int
) -> None:
    case(1, waits=timedelta(hours=hours, seconds=2), urgency=urgency)
    clock = clock_of(Case.objects.get(), now=TODAY)

    assert clock is not None
    assert Case.objects.filter(overdue(now=TODAY)).exists() is clock.is_overdue


def test_it_asks_as_often_for_forty_cases_as_for_four(
    officer: Member, lead: Member, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(40):
        owner = str(officer.pk) if number % 2 else ""
        case(number, waits=timedelta(hours=number), owner=owner)
    by = Member.objects.get(pk=lead.pk)

    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        assert shift_page(by=by, now=TODAY).total == 40


def test_a_hidden_case_is_not_even_counted(officer: Member) -> None:
    case(1, waits=timedelta(hours=1), team="north")

    assert shift_page(by=officer, now=datetime.now(UTC)).total == 0
