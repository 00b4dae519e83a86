"""Promises about passing on: only with a yes, item by item, or two people and a life in danger."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from desk_cast import Browse, Desk, Family
from django.db import IntegrityError, transaction

from oberih.audit.selectors import newest_events
from oberih.core import time
from oberih.desk.access import grants, identity
from oberih.desk.access.grants import Wanted
from oberih.desk.access.identity import Person
from oberih.desk.access.models import GrantKind
from oberih.desk.access.refusals import NotYourself
from oberih.desk.casework import consents, referrals
from oberih.desk.casework.consents import Given
from oberih.desk.casework.models import ConsentHow, Danger, Referral, ReferralState, Task
from oberih.desk.casework.packages import bodies, items_of_packages, package
from oberih.desk.casework.referrals import IdentityIsShut
from oberih.desk.casework.refusals import (
    ConsentTooLong,
    NoConsent,
    NoDangerToAnswer,
    NoIdentityWithoutConsent,
    NoSuchReferral,
    NotForThisBody,
)
from oberih.desk.models import Case
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = pytest.mark.django_db
NOW = time.now()
TODAY = NOW.date()
ITEMS = ("identifiers", "strangers-words")
CHAT = [
    {"from": "them", "at": "", "text": "Пані Ольго Березенко, підпаліть машину. +380 50 000 00 01"},
    {"from": "them", "at": "", "text": "Я знаю ваш номер +380 50 111 22 33, Березенко"},
    {"from": "me", "at": "", "text": "Я боюся, мій син там"},
]


@pytest.fixture
def case(desk: Desk, olha: Family, officer: Member) -> CaseId:
    olha.send("Мені страшно, +380 50 000 00 01")
    desk.turn()
    found = Case.objects.get()
    found.conversation.messages.update(chat=CHAT)
    person = Person("Березенко Ольга", "+380501112233")
    identity.keep(CaseId(found.pk), person=person, by=officer, now=NOW)
    return CaseId(found.pk)


def given(*items: str, body: str = "police", days: int = 30) -> Given:
    return Given(body, items or ITEMS, TODAY + timedelta(days=days), ConsentHow.IN_CONVERSATION)


def send(
    case: CaseId, *, by: Member, items: tuple[str, ...] = ITEMS, body: str = "police"
) -> Referral:
    shown = referrals.preview(case, body=body, items=items, by=by)
    return referrals.refer(case, shown=shown, by=by, now=time.now())


def test_nothing_is_passed_on_without_a_recorded_yes(case: CaseId, officer: Member) -> None:
    with pytest.raises(NoConsent):
        send(case, by=officer)

    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(given("identifiers"), id="for fewer items"),
        pytest.param(given(body="cyberpolice"), id="for another body"),
    ],
)
def test_a_yes_counts_for_its_body_and_its_items_alone(
    case: CaseId, officer: Member, odd: Given
) -> None:
    consents.record_consent(case, given=odd, by=officer)

    with pytest.raises(NoConsent):
        send(case, by=officer)


def test_a_yes_ends(case: CaseId, officer: Member) -> None:
    row = consents.record_consent(case, given=given(), by=officer)
    type(row).objects.update(until=TODAY - timedelta(days=1))

    with pytest.raises(NoConsent):
        send(case, by=officer)
    with pytest.raises(ConsentTooLong):
        consents.record_consent(case, given=given(days=200), by=officer)


def test_with_a_yes_exactly_what_was_shown_leaves(case: CaseId, officer: Member) -> None:
    consents.record_consent(case, given=given(), by=officer)
    shown = referrals.preview(case, body="police", items=ITEMS, by=officer)

    row = referrals.refer(case, shown=shown, by=officer, now=NOW)

    assert row.package == shown.text
    assert "підпаліть" in row.package
    assert "Я боюся" not in row.package


def test_the_familys_name_and_number_are_cut_out_in_any_ending(case: CaseId) -> None:
    text = package(Case.objects.get(pk=case), body="police", items=ITEMS).text

    assert "Березенк" not in text
    assert "Ольг" not in text
    assert "111 22 33" not in text
    assert "000 00 01" in text


@pytest.mark.parametrize(
    "told", ["Пані Олю, я знаю", "Олею звати", "пиши @OLIA_KV_1987 або", "Оля"]
)
def test_short_names_and_accounts_are_cut_out_too(case: CaseId, officer: Member, told: str) -> None:
    person = Person("Оля Березенко", "телеграм @olia_kv_1987")
    identity.keep(case, person=person, by=officer, now=NOW)
    row = Case.objects.get(pk=case)
    row.conversation.messages.update(chat=[{"from": "them", "at": "", "text": f"{told} усе."}])

    text = package(row, body="police", items=["strangers-words"]).text

    assert "Ол" not in text
    assert "olia" not in text.casefold()
    assert text.endswith("усе.")


@pytest.mark.parametrize(
    "body", [code for code, one in bodies().items() if one.purpose == "prosecution"]
)
def test_the_familys_own_words_never_go_to_a_prosecuting_body(
    case: CaseId, officer: Member, body: str
) -> None:
    with pytest.raises(NotForThisBody):
        consents.record_consent(case, given=given("familys-words", body=body), by=officer)
    with pytest.raises(NotForThisBody):
        package(Case.objects.get(pk=case), body=body, items=["familys-words"])


def test_no_body_that_reaches_the_detaining_side_gets_a_case() -> None:
    assert not {"nib", "cta", "icrc", "red-cross"} & set(bodies())
    assert set(items_of_packages()) == {
        *("identifiers", "assessment", "days", "region"),
        *("strangers-words", "familys-words", "identity"),
    }


def test_who_the_family_is_needs_its_own_grant_to_be_packed(
    case: CaseId, officer: Member, lead: Member
) -> None:
    consents.record_consent(case, given=given("identity", body="legal-aid"), by=officer)
    with pytest.raises(IdentityIsShut):
        send(case, by=officer, items=("identity",), body="legal-aid")

    until = NOW + timedelta(hours=3)
    grants.give(Wanted(GrantKind.IDENTITY, officer, "за згодою", until, case), by=lead, now=NOW)

    row = send(case, by=officer, items=("identity",), body="legal-aid")
    assert "Березенко Ольга" in row.package


def test_danger_needs_a_second_person(case: CaseId, officer: Member, lead: Member) -> None:
    row = consents.declare_danger(case, body="police", reason="Посилка під дверима", by=officer)
    with pytest.raises(NoConsent):
        send(case, by=officer)
    with pytest.raises(NotYourself):
        consents.confirm_danger(row.pk, by=officer, now=time.now())

    consents.confirm_danger(row.pk, by=lead, now=time.now())

    assert send(case, by=officer).danger_id == row.pk


def test_danger_never_carries_who_the_family_is(
    case: CaseId, officer: Member, lead: Member
) -> None:
    row = consents.declare_danger(case, body="police", reason="Посилка під дверима", by=officer)
    consents.confirm_danger(row.pk, by=lead, now=time.now())
    until = NOW + timedelta(hours=3)
    grants.give(Wanted(GrantKind.IDENTITY, officer, "небезпека", until, case), by=lead, now=NOW)

    with pytest.raises(NoIdentityWithoutConsent):
        send(case, by=officer, items=("identity",))


def test_after_danger_somebody_tells_the_family(
    case: CaseId, officer: Member, lead: Member
) -> None:
    row = consents.declare_danger(case, body="police", reason="Посилка під дверима", by=officer)
    consents.confirm_danger(row.pk, by=lead, now=time.now())

    send(case, by=officer)

    assert Task.objects.filter(case=case, code="", state="open").count() == 1


def test_a_danger_of_yesterday_opens_nothing(case: CaseId, officer: Member, lead: Member) -> None:
    row = consents.declare_danger(case, body="police", reason="Посилка під дверима", by=officer)
    consents.confirm_danger(row.pk, by=lead, now=time.now())
    Danger.objects.update(answered_at=time.now() - timedelta(hours=25))

    with pytest.raises(NoConsent):
        send(case, by=officer)


def test_one_person_is_not_two_in_the_database_either(case: CaseId, officer: Member) -> None:
    row = consents.declare_danger(case, body="police", reason="Посилка під дверима", by=officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Danger.objects.filter(pk=row.pk).update(second_by=str(officer.pk))


def test_a_yes_taken_back_calls_back_what_rests_on_it(case: CaseId, officer: Member) -> None:
    consent = consents.record_consent(case, given=given(), by=officer)
    row = send(case, by=officer)

    consents.withdraw_consent(case, consent=consent.pk, by=officer)

    assert Referral.objects.get(pk=row.pk).state == "revoked"
    with pytest.raises(NoConsent):
        send(case, by=officer)


def test_a_referral_goes_on_step_by_step_and_never_back(case: CaseId, officer: Member) -> None:
    consents.record_consent(case, given=given(), by=officer)
    row = send(case, by=officer)
    for state in (ReferralState.ACCEPTED, ReferralState.DONE):
        referrals.move_on(row.pk, to=state, by=officer, now=NOW)

    for state in (ReferralState.SENT, ReferralState.ACCEPTED, ReferralState.REVOKED):
        with pytest.raises(NoSuchReferral):
            referrals.move_on(row.pk, to=state, by=officer, now=NOW)


def test_a_stranger_to_the_case_reaches_nothing_of_it(
    case: CaseId, officer: Member, member: Callable[..., Member], browse: Browse
) -> None:
    consents.record_consent(case, given=given(), by=officer)
    row = send(case, by=officer)
    danger = consents.declare_danger(case, body="police", reason="Посилка тут", by=officer)
    stranger = member(Role.LEAD)
    stranger.teams.clear()

    with pytest.raises(NoDangerToAnswer):
        consents.confirm_danger(danger.pk, by=stranger, now=time.now())
    for path in (f"/referrals/{row.pk}/", f"/cases/{case}/referral/"):
        assert "підпаліть" not in browse(stranger).get(path).content.decode()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.TRACING, Role.ADMIN, Role.AUDITOR])
def test_nobody_else_passes_anything_on(
    case: CaseId, member: Callable[..., Member], role: Role
) -> None:
    for act in (
        lambda by: referrals.preview(case, body="police", items=ITEMS, by=by),
        lambda by: consents.record_consent(case, given=given(), by=by),
        lambda by: consents.declare_danger(case, body="police", reason="Посилка", by=by),
    ):
        with pytest.raises(NotPermitted):
            act(member(role))


def test_the_page_passes_on_only_what_it_showed(
    case: CaseId, officer: Member, browse: Browse
) -> None:
    consents.record_consent(case, given=given(), by=officer)
    asked = {"body": "police", "items": list(ITEMS)}
    browser = browse(officer)
    page = browser.get(f"/cases/{case}/referral/", asked).content.decode()
    digest = page.split('name="digest" value="')[1][:64]

    for sent in ("0" * 64, digest):
        browser.post(f"/cases/{case}/referral/send/", {**asked, "digest": sent})

    assert Referral.objects.count() == 1


def test_the_audit_keeps_to_whom_and_what_but_no_content(case: CaseId, officer: Member) -> None:
    consents.record_consent(case, given=given(), by=officer)
    send(case, by=officer)

    [made, allowed] = [one.fields for one in newest_events(2) if one.fields]
    assert (made["act"], allowed["act"]) == ("referral.made", "consent.recorded")
    assert "підпал" not in str(made)
