"""Whoever reads of somebody under 18 sees at once whom to call about it."""

import pytest
from desk_cast import Browse, Desk, Family
from django.test import override_settings

from oberih.desk.models import Case
from oberih.staff.models import Member

pytestmark = pytest.mark.django_db
NAMED = "Ірина Калинова, внутрішній 12"


@override_settings(SAFEGUARDING_LEAD=NAMED)
def test_a_minors_case_and_the_page_of_a_call_name_the_safeguarding_lead(
    desk: Desk, olha: Family, lead: Member, browse: Browse
) -> None:
    olha.send(under18=True)
    desk.turn()
    browser = browse(lead)

    assert NAMED in browser.get(f"/cases/{Case.objects.get().pk}/").content.decode()
    assert NAMED in browser.get("/calls/new/").content.decode()


def test_a_grown_familys_case_names_nobody(
    desk: Desk, olha: Family, lead: Member, browse: Browse
) -> None:
    olha.send()
    desk.turn()

    with override_settings(SAFEGUARDING_LEAD=NAMED):
        page = browse(lead).get(f"/cases/{Case.objects.get().pk}/").content.decode()
    assert NAMED not in page


def test_the_page_of_a_call_leads_a_familys_complaint_away_from_the_case(
    lead: Member, browse: Browse
) -> None:
    assert 'href="/care/#complain"' in browse(lead).get("/calls/new/").content.decode()
