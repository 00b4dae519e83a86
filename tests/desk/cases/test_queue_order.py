"""Promises of the queue: danger first, families counted, nothing shown to those who may not."""

from collections.abc import Callable

import pytest
from desk_cast import Desk, Family
from django.utils import translation

from oberih.desk import selectors
from oberih.desk.models import Case
from oberih.desk.printing import queue_lines, queue_list
from oberih.desk.rows import same_identifier_cases
from oberih.desk.selectors import View
from oberih.desk.states import CaseId
from oberih.desk.urgency import Signs, Urgency, reasons_for, urgency_of
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
CALM = Signs(band="none", physical=False, support=False, under18=False)


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (CALM, Urgency.ROUTINE),
        (Signs("verify", physical=False, support=False, under18=False), Urgency.TODAY),
        (Signs("warning", physical=False, support=False, under18=False), Urgency.TODAY),
        (Signs("stop", physical=False, support=False, under18=False), Urgency.URGENT),
        (Signs("none", physical=False, support=False, under18=True), Urgency.URGENT),
        (Signs("stop", physical=False, support=False, under18=True), Urgency.NOW),
        (Signs("none", physical=False, support=True, under18=False), Urgency.NOW),
        (Signs("none", physical=True, support=False, under18=False), Urgency.NOW),
    ],
)
def test_danger_despair_and_minors_come_before_the_rest(signs: Signs, expected: Urgency) -> None:
    assert urgency_of(signs) is expected


def test_physical_danger_is_the_first_reason_in_words() -> None:
    reasons = reasons_for(Signs("stop", physical=True, support=True, under18=True))

    assert "physical danger" in str(reasons[0]) or "фізична" in str(reasons[0])
    assert len(reasons) == 4


def test_only_what_claims_an_official_body_is_said_to() -> None:
    doubtful = Signs("verify", physical=False, support=False, under18=False)

    with translation.override("en"):
        (claim,) = map(str, reasons_for(doubtful, route="official"))
        (unclear,) = map(str, reasons_for(doubtful, route="none"))

    assert "official body" in claim
    assert "official" not in unclear
    assert "verify" in unclear


def test_two_families_with_one_number_show_as_two_on_both(
    desk: Desk, family: Callable[[], Family], officer: Member
) -> None:
    family().send("Дзвонили з +380 50 000 00 01")
    family().send("Пишуть із 050-000-00-01")
    desk.turn()

    rows = selectors.queue(View(), by=officer, now=desk.now).rows

    assert [row.families for row in rows] == [2, 2]


def test_a_lone_case_shares_with_nobody(
    desk: Desk, family: Callable[[], Family], officer: Member
) -> None:
    family().send("Дзвонили з +380 50 000 00 01")
    family().send("Дзвонили з +380 50 000 00 02")
    desk.turn()

    cases = [CaseId(case.pk) for case in Case.objects.all()]
    assert [same_identifier_cases(case, by=officer) for case in cases] == [[], []]


def test_the_json_of_the_queue_has_the_promised_fields(
    desk: Desk, family: Callable[[], Family]
) -> None:
    family().send("Дзвонили з +380 50 000 00 01")
    family().send("Знову +380 50 000 00 01")
    desk.turn()

    [first, second] = queue_list(now=desk.now)

    promised = [
        "case",
        "text",
        "band",
        "route",
        "stage",
        "identifiers",
        "same_identifier_cases",
        "state",
    ]
    assert set(promised) <= set(first)
    assert first["identifiers"] == ["phone:+380500000001"]
    assert [first["same_identifier_cases"], second["same_identifier_cases"]] == [1, 1]


def test_the_printed_queue_says_when_nothing_waits(desk: Desk) -> None:
    assert list(queue_lines(now=desk.now, width=76)) == ["Nothing waits."]


def test_a_number_is_found_however_it_is_typed(desk: Desk, olha: Family, officer: Member) -> None:
    olha.send("Дзвонили з +380 50 000 00 01")
    desk.turn()

    found = [
        len(selectors.queue(View(search=typed), by=officer, now=desk.now).rows)
        for typed in ("+380500000001", "050 000 00 01", "+380500000002")
    ]

    assert found == [1, 1, 0]


def test_cyrillic_words_are_found_in_any_case(desk: Desk, olha: Family, officer: Member) -> None:
    olha.send("Просять СФОТОГРАФУВАТИ вокзал")
    desk.turn()

    rows = selectors.queue(View(search="сфотографувати"), by=officer, now=desk.now).rows

    assert len(rows) == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD])
def test_who_reads_cases_sees_their_words_in_the_queue(
    desk: Desk, olha: Family, member: Callable[[Role], Member], role: Role
) -> None:
    olha.send("слова родини")
    desk.turn()

    [row] = selectors.queue(View(), by=member(role), now=desk.now).rows

    assert row.text == "слова родини"


@pytest.mark.parametrize("role", [Role.ANALYST, Role.TRACING])
def test_who_only_sees_the_queue_gets_no_words(
    desk: Desk, olha: Family, member: Callable[[Role], Member], role: Role
) -> None:
    olha.send("слова родини")
    desk.turn()

    [row] = selectors.queue(View(), by=member(role), now=desk.now).rows

    assert row.text == ""


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_admin_and_auditor_see_no_queue(
    desk: Desk, member: Callable[[Role], Member], role: Role
) -> None:
    with pytest.raises(NotPermitted):
        selectors.queue(View(), by=member(role), now=desk.now)


def test_the_clock_says_when_an_answer_is_overdue(
    desk: Desk, olha: Family, officer: Member
) -> None:
    olha.send()
    desk.turn()
    desk.later(days=4)

    [row] = selectors.queue(View(), by=officer, now=desk.now).rows

    assert row.clock is not None
    assert row.clock.is_overdue
