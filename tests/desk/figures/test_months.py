"""A month's figures: whole months, made once, released by another person, read by command."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from oberih.desk.figures import services
from oberih.desk.figures.counting import load_by_week, mondays, reached_stages, tactics_by_week
from oberih.desk.figures.models import MonthFigures
from oberih.desk.models import Case
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def member(name: str, *, role: Role) -> Member:
    return Member.objects.create(name=name, role=role.value)


def case(number: int, *, day: int, **fields: object) -> None:
    filed = datetime(2026, 10, day, 9, tzinfo=UTC)
    Case.objects.create(id=f"CASE-{number:04}", filed_at=filed, **fields)


@pytest.fixture
def october() -> None:
    for number in range(12):
        case(number, day=1 + number, tactics=["C1"], region="UA-63", band="stop", stage=5)
    case(12, day=20, tactics=["M1"], region="UA-05", band="warning", stage=2)


@pytest.mark.usefixtures("october")
def test_two_people_release_a_month_and_the_few_stay_inside() -> None:
    officer, lead = member("О", role=Role.OFFICER), member("Л", role=Role.LEAD)

    services.make("2026-10", by=officer, now=NOW)
    services.release("2026-10", by=lead, now=NOW)

    (month,) = services.released()
    assert month.tables["region"] == {"UA-63": "–", "UA-05": "<5"}
    assert month.tables["total"] == {"": "15"}


@pytest.mark.usefixtures("october")
def test_nobody_releases_alone_not_even_past_the_page() -> None:
    officer = member("О", role=Role.OFFICER)
    services.make("2026-10", by=officer, now=NOW)

    with pytest.raises(services.OneAlone):
        services.release("2026-10", by=officer, now=NOW)
    with pytest.raises(IntegrityError):
        MonthFigures.objects.update(approver=str(officer.pk))


@pytest.mark.usefixtures("october")
def test_a_month_is_made_once_and_only_when_it_is_over() -> None:
    officer = member("О", role=Role.OFFICER)
    services.make("2026-10", by=officer, now=NOW)

    for month, refusal in (
        ("2026-10", services.AlreadyMade),
        ("2026-11", services.MonthNotOver),
        ("2026-13", services.NotAMonth),
        ("x", services.NotAMonth),
    ):
        with pytest.raises(refusal):
            services.make(month, by=officer, now=NOW)


def test_an_analyst_and_an_auditor_make_no_figures() -> None:
    for role in (Role.ANALYST, Role.AUDITOR, Role.ADMIN, Role.TRACING):
        with pytest.raises(NotPermitted):
            services.make("2026-10", by=member(role.value, role=role), now=NOW)


@pytest.mark.usefixtures("october")
def test_plots_count_what_was_filed() -> None:
    weekly = tactics_by_week(NOW)

    assert (sum(weekly["C1"]), sum(weekly["M1"])) == (12, 1)
    assert reached_stages(NOW) == [13, 13, 13, 12, 12, 12, 0, 0]
    assert sum(week.filed for week in load_by_week(NOW)) == 13
    assert len(mondays(NOW)) == 12
