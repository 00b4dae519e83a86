"""Blank forms for an office without power: nothing of a family on them, and how to destroy them."""

from collections.abc import Callable

import pytest
from desk_cast import Browse
from django.conf import settings

from oberih.audit.selectors import newest_events
from oberih.desk.calls.forms_on_paper import intake
from oberih.formats.intake import Intake, Sheet, html
from oberih.staff.models import Member
from oberih.staff.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "said"), [("uk", "знищте його"), ("en", "destroy it")])
def test_each_sheet_says_how_to_destroy_it_and_asks_for_no_name(language: str, said: str) -> None:
    form = intake(language)
    page = html(form)

    assert page.count(said) == len(form.sheets) == 2
    assert settings.OPERATOR in page


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_forms_come_as_a_pdf_and_the_audit_keeps_who_took_them(
    language: str, officer: Member, browse: Browse
) -> None:
    answer = browse(officer).get(f"/calls/forms-{language}.pdf")

    assert answer.content.startswith(b"%PDF")
    assert [one.fields and one.fields["act"] for one in newest_events(1)] == ["forms.printed"]


def test_there_is_no_form_in_a_language_that_nobody_wrote(officer: Member, browse: Browse) -> None:
    assert browse(officer).get("/calls/forms-de.pdf").status_code == 409


@pytest.mark.parametrize("role", [Role.ANALYST, Role.TRACING, Role.ADMIN, Role.AUDITOR])
def test_who_takes_no_calls_takes_no_forms(
    role: Role, member: Callable[[Role], Member], browse: Browse
) -> None:
    assert browse(member(role)).get("/calls/forms-uk.pdf").status_code == 403


def test_no_text_becomes_markup_and_training_is_marked() -> None:
    sheet = Sheet("<b>Бланк</b>", "<script>", (("<i>День</i>", 2),))

    page = html(Intake("uk", "Знищте", (sheet,), mark="НАВЧАННЯ"))

    assert not [one for one in ("<script>", "<b>", "<i>") if one in page]
    assert page.count('class="line"') == 2
    assert "НАВЧАННЯ" in page
