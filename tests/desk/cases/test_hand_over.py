"""The shift's hand-over: a PDF of case numbers, not a word of a family, kept in the audit."""

from collections.abc import Callable

import pytest
from desk_cast import Browse, Desk, Family

from oberih.audit.selectors import newest_events
from oberih.desk.handing_over import on_paper
from oberih.desk.models import Case
from oberih.desk.shift import shift_page
from oberih.formats.handover import HandOver, Section, html
from oberih.staff.models import Member
from oberih.staff.roles import Role

pytestmark = pytest.mark.django_db


def test_the_paper_names_cases_and_says_nothing_of_a_family(
    desk: Desk, olha: Family, officer: Member, browse: Browse
) -> None:
    olha.send("Дзвонили з +380 50 000 00 01, мій Остап у полоні")
    desk.turn()

    text = html(on_paper(shift_page(by=officer, now=desk.now), by=officer))
    answer = browse(officer).get("/shift/hand-over.pdf")

    assert Case.objects.get().pk in text
    assert not [word for word in ("380", "Остап", "полоні") if word in text]
    assert answer.content.startswith(b"%PDF")


def test_the_audit_keeps_who_took_it(officer: Member, browse: Browse) -> None:
    browse(officer).get("/shift/hand-over.pdf")

    assert [one.fields and one.fields["act"] for one in newest_events(1)] == ["shift.printed"]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMIN, Role.AUDITOR])
def test_nobody_takes_it_who_does_not_work_the_shift(
    role: Role, member: Callable[[Role], Member], browse: Browse
) -> None:
    assert browse(member(role)).get("/shift/hand-over.pdf").status_code == 403


def test_no_name_becomes_markup_and_training_is_marked() -> None:
    section = Section("<b>Ім'я</b> 1", (("Now", "AAAA-BBBB", "<script>", "1 h"),))

    page = html(HandOver("uk", "Передача", (), (section,), ("Передав(ла): Х",), mark="НАВЧАННЯ"))

    assert "<script>" not in page
    assert "<b>" not in page
    assert "НАВЧАННЯ" in page
