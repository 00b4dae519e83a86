"""Minors: whoever learns it notes it, the case goes apart, and no guardian is told unasked."""

from collections.abc import Callable

import pytest
from desk_cast import Browse, Desk, Family
from django.db import IntegrityError, transaction
from django.urls import reverse

from oberih.audit.selectors import newest_events
from oberih.core import time
from oberih.desk.access.refusals import NoReason, NoSuchCase
from oberih.desk.access.visible import is_visible, visible
from oberih.desk.care import minors
from oberih.desk.care.models import GuardianWord, MaybeTold
from oberih.desk.care.refusals import NotAMinor
from oberih.desk.models import Case
from oberih.desk.search.finding import matching
from oberih.desk.states import CaseId
from oberih.desk.urgency import Urgency
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = pytest.mark.django_db
NOW = time.now()
WORD = "їжакоподібний"


@pytest.fixture
def filed(desk: Desk, olha: Family) -> CaseId:
    olha.send(f"Мені пропонують гроші. {WORD}")
    desk.turn()
    return CaseId(Case.objects.get().pk)


def test_from_then_on_of_the_team_only_the_leads_see_it(
    filed: CaseId, officer: Member, lead: Member
) -> None:
    minors.note_minor(filed, by=officer)

    assert not is_visible(filed, by=officer)
    assert is_visible(filed, by=lead)
    assert Case.objects.get().urgency <= Urgency.URGENT


def test_its_owner_keeps_it(filed: CaseId, officer: Member) -> None:
    Case.objects.update(owner=str(officer.pk))

    minors.note_minor(filed, by=officer)

    assert is_visible(filed, by=officer)


def test_the_search_finds_it_for_the_leads_alone(
    filed: CaseId, officer: Member, lead: Member
) -> None:
    minors.note_minor(filed, by=officer)

    found = [matching(WORD, among=visible(one), by=one, most=9) for one in (officer, lead)]
    assert found == [[], [filed]]


def test_what_is_merged_goes_along(
    filed: CaseId, officer: Member, family: Callable[[], Family], desk: Desk
) -> None:
    family().send("Друге")
    desk.turn()
    Case.objects.exclude(pk=filed).update(merged_into=filed, state="closed")

    minors.note_minor(filed, by=officer)

    assert list(Case.objects.values_list("under18", flat=True)) == [True, True]


def test_who_notes_it_and_sees_it_no_more_is_led_to_the_queue(
    filed: CaseId, officer: Member, browse: Browse
) -> None:
    noted = browse(officer).post(reverse("desk:note-minor", kwargs={"case": filed}))

    assert noted["Location"] == reverse("desk:queue")


def test_a_hidden_case_cannot_be_noted(filed: CaseId, member: Callable[..., Member]) -> None:
    stranger = member(Role.OFFICER, team="far")

    with pytest.raises(NoSuchCase):
        minors.note_minor(filed, by=stranger)


def test_only_who_sees_minors_cases_takes_it_back_and_says_why(
    filed: CaseId, officer: Member, lead: Member
) -> None:
    Case.objects.update(owner=str(officer.pk))
    minors.note_minor(filed, by=officer)

    with pytest.raises(NotPermitted):
        minors.note_grown(filed, reason="сказала", by=officer, now=NOW)
    with pytest.raises(NoReason):
        minors.note_grown(filed, reason=" ", by=lead, now=NOW)
    minors.note_grown(filed, reason="Показала паспорт", by=lead, now=NOW)

    assert not Case.objects.get().under18
    assert Case.objects.get().notes.get().text == "Показала паспорт"


def test_no_guardian_is_told_until_the_minor_was_asked(filed: CaseId, lead: Member) -> None:
    minors.note_minor(filed, by=lead)
    unasked = minors.guardian_word(filed, by=lead)

    minors.settle_guardian(filed, word=MaybeTold.NEVER, by=lead, now=NOW)

    assert (unasked, minors.guardian_word(filed, by=lead)) == ("not asked", "must not be told")


def test_the_page_says_it_where_the_case_is_read(
    filed: CaseId, lead: Member, browse: Browse
) -> None:
    minors.note_minor(filed, by=lead)
    browser, address = browse(lead), reverse("desk:case", kwargs={"case": filed})
    settle = reverse("desk:settle-guardian", kwargs={"case": filed})
    assert "поки нічого не знає" in browser.get(address).content.decode()

    browser.post(settle, {"word": "must not be told"})

    assert "не має знати: це небезпечно" in browser.get(address).content.decode()


def test_an_odd_word_about_a_guardian_is_no(filed: CaseId, lead: Member, browse: Browse) -> None:
    minors.note_minor(filed, by=lead)

    browse(lead).post(reverse("desk:settle-guardian", kwargs={"case": filed}), {"word": "так"})

    assert GuardianWord.objects.get().word == MaybeTold.NEVER


def test_a_grown_person_has_no_guardian(filed: CaseId, lead: Member) -> None:
    with pytest.raises(NotAMinor):
        minors.settle_guardian(filed, word=MaybeTold.MAY, by=lead, now=NOW)
    with pytest.raises(NotAMinor):
        minors.note_grown(filed, reason="так", by=lead, now=NOW)


def test_the_table_takes_no_other_word(filed: CaseId) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        GuardianWord.objects.create(case=filed, word="maybe", settled_by="1", settled_at=NOW)


def test_the_audit_keeps_who_and_no_reason(filed: CaseId, lead: Member) -> None:
    minors.note_minor(filed, by=lead)
    minors.settle_guardian(filed, word=MaybeTold.MAY, by=lead, now=NOW)

    acts = [one.fields["act"] for one in newest_events(2) if one.fields is not None]
    assert sorted(acts) == ["guardian.settled", "minor.noted"]
