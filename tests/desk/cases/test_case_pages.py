"""Promises of the pages: who may, who may not, what is said first, and nothing unsafe in them."""

import re
from collections.abc import Callable

import pytest
from desk_cast import Browse, Desk, Family
from django.test import Client
from django.urls import reverse

from oberih.audit.selectors import newest_events
from oberih.core import time
from oberih.desk.models import Case, InternalNote, Reply
from oberih.desk.states import VerifiedHow
from oberih.desk.working import acts
from oberih.desk.working.acts import Chosen
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = pytest.mark.django_db
DEMAND = "Він каже: підпаліть військову машину, інакше вашого сина битимуть. +380500000001"
ACTS = ("reply", "note", "assign", "close", "verified", "words")
NOT_FOR_CASES = [Role.ANALYST, Role.TRACING, Role.ADMIN, Role.AUDITOR]


@pytest.fixture
def case(desk: Desk, olha: Family) -> Case:
    """Return the case of one report with a demand."""
    olha.send(DEMAND)
    desk.turn()
    return Case.objects.get()


def url(name: str, case: Case) -> str:
    """Return an address of the case."""
    return reverse(f"desk:{name}", kwargs={"case": case.pk})


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD])
def test_officer_and_lead_read_a_case(
    case: Case, browse: Browse, member: Callable[[Role], Member], role: Role
) -> None:
    page = browse(member(role)).get(url("case", case))

    assert page.status_code == 200
    assert "підпаліть" in re.sub("<[^>]+>", "", page.content.decode())


@pytest.mark.parametrize("route", ["official", "none"])
def test_only_who_claims_an_official_body_is_said_to(
    case: Case, browse: Browse, officer: Member, route: str
) -> None:
    Case.objects.update(band="verify", route=route)

    page = browse(officer).get(url("case", case)).content.decode()

    assert ("Називається офіційною установою" in page) == (route == "official")
    assert "Напевно сказати не можна" in page


@pytest.mark.parametrize("role", NOT_FOR_CASES)
def test_nobody_else_reads_a_case(
    case: Case, browse: Browse, member: Callable[[Role], Member], role: Role
) -> None:
    page = browse(member(role)).get(url("case", case))

    assert page.status_code == 403
    assert "підпаліть" not in page.content.decode()


@pytest.mark.parametrize("role", NOT_FOR_CASES)
def test_nobody_else_acts_on_a_case(
    case: Case, browse: Browse, member: Callable[[Role], Member], role: Role
) -> None:
    browser = browse(member(role))
    given = {"text": "так", "how": "in person"}

    answers = [browser.post(url(act, case), given).status_code for act in ACTS]

    assert answers == [403] * len(ACTS)
    assert (Reply.objects.filter(kind="reply").count(), InternalNote.objects.count()) == (0, 0)


def test_a_stranger_is_sent_to_sign_in(case: Case, client: Client) -> None:
    page = client.get(url("case", case), headers={"host": "localhost"})

    assert page.status_code == 302
    assert "/sign-in/" in page["Location"]


def test_opening_a_case_is_kept_in_the_audit(case: Case, browse: Browse, officer: Member) -> None:
    browse(officer).get(url("case", case))

    [newest] = newest_events(1)
    assert newest.fields is not None
    assert (newest.fields["act"], newest.fields["actor"]) == ("case.opened", str(officer.pk))


def test_the_marked_words_stand_out_in_the_thread(
    case: Case, browse: Browse, officer: Member
) -> None:
    page = browse(officer).get(url("case", case)).content.decode()

    assert "<mark" in page


def test_an_internal_note_is_marked_as_such(case: Case, browse: Browse, officer: Member) -> None:
    browser = browse(officer)
    browser.post(url("note", case), {"text": "лише для колег"})

    page = browser.get(url("case", case)).content.decode()

    item = page[page.index("item internal") :][:400]
    assert "INTERNAL" in item or "ВНУТРІШНЄ" in item


def test_the_reply_reminds_that_nobody_is_verified_until_somebody_is(
    case: Case, browse: Browse, officer: Member
) -> None:
    browser = browse(officer)
    before = browser.get(url("case", case)).content.decode()

    browser.post(url("verified", case), {"how": VerifiedHow.IN_PERSON.value})

    assert "reminder unverified" in before
    assert "reminder unverified" not in browser.get(url("case", case)).content.decode()


def test_without_a_choice_nobody_becomes_verified(
    case: Case, browse: Browse, officer: Member
) -> None:
    page = browse(officer).post(url("verified", case), {"how": "on the phone"})

    assert page.status_code == 400
    assert not Case.objects.get().requester_verified


def test_physical_danger_is_said_before_the_thread(
    case: Case, browse: Browse, officer: Member
) -> None:
    Case.objects.update(physical=True)

    page = browse(officer).get(url("case", case)).content.decode()

    assert 0 < page.index("flag danger") < page.index('class="thread"')


def test_not_alone_takes_the_reply_form_away_and_says_why(
    desk: Desk, olha: Family, browse: Browse, officer: Member
) -> None:
    olha.send("Не пишіть", not_alone=True)
    desk.turn()

    page = browse(officer).get(url("case", Case.objects.get())).content.decode()

    assert 'id="reply-text"' not in page
    assert "flag blocked" in page


def test_with_locked_keys_the_queue_stays_and_the_reply_says_why_not(
    case: Case, browse: Browse, officer: Member
) -> None:
    browser = browse(officer)

    page = browser.get(url("case", case)).content.decode()
    browser.post(url("reply", case), {"text": "Ми з вами"})

    assert "strip locked" in page
    assert "disabled" in page[page.index('id="reply-text"') :][:200]
    assert not Reply.objects.filter(kind="reply").exists()


def test_an_officer_assigns_to_herself_but_not_to_others(
    case: Case, officer: Member, lead: Member
) -> None:
    chosen = Chosen((case.pk,))
    acts.assign(chosen, to=officer, by=officer, now=time.now())

    with pytest.raises(NotPermitted):
        acts.assign(chosen, to=lead, by=officer, now=time.now())
    assert Case.objects.get().owner == str(officer.pk)


def test_a_lead_assigns_to_an_officer_but_not_to_an_analyst(
    case: Case, officer: Member, lead: Member, member: Callable[[Role], Member]
) -> None:
    chosen = Chosen((case.pk,))
    acts.assign(chosen, to=officer, by=lead, now=time.now())

    with pytest.raises(NotPermitted):
        acts.assign(chosen, to=member(Role.ANALYST), by=lead, now=time.now())


def test_a_closed_case_opens_when_the_family_writes(
    desk: Desk, olha: Family, case: Case, officer: Member
) -> None:
    acts.close(Chosen((case.pk,)), by=officer, now=time.now())

    olha.send("Він знову пише")
    desk.turn()

    assert Case.objects.get().state == "open"


def test_a_chat_is_escaped_wherever_it_is_shown(
    desk: Desk, olha: Family, browse: Browse, officer: Member
) -> None:
    olha.send("<script>alert(1)</script> <b onclick=x>підпаліть машину</b>")
    desk.turn()

    page = browse(officer).get(url("case", Case.objects.get())).content.decode()

    assert "<script>alert" not in page
    assert "<b onclick" not in page


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("path", ["/", "/shift/", "/alerts/", "/alerts/new/"])
def test_pages_carry_no_inline_script_style_or_handler(
    browse: Browse, lead: Member, path: str
) -> None:
    page = browse(lead).get(path).content.decode()

    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)


def test_a_case_page_asks_for_nothing_outside(case: Case, browse: Browse, officer: Member) -> None:
    page = browse(officer).get(url("case", case)).content.decode()

    assert not re.search(r'(src|href|action)="(https?:)?//', page)


def test_the_auditor_reads_acts_without_contents(
    case: Case, browse: Browse, member: Callable[[Role], Member]
) -> None:
    page = browse(member(Role.AUDITOR)).get("/acts/").content.decode()

    assert case.pk in page
    assert "380500000001" not in page


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMIN])
def test_nobody_else_reads_the_acts(
    browse: Browse, member: Callable[[Role], Member], role: Role
) -> None:
    assert browse(member(role)).get("/acts/").status_code == 403


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD])
def test_the_shift_is_shown_to_those_who_work_it(
    case: Case, browse: Browse, member: Callable[[Role], Member], role: Role
) -> None:
    assert case.pk in browse(member(role)).get("/shift/").content.decode()


def test_an_unknown_case_is_not_found(browse: Browse, officer: Member) -> None:
    assert browse(officer).get("/cases/AAAA-AAAA/").status_code == 404
