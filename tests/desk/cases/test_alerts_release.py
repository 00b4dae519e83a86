"""Promises of alerts: two persons, three families, no quotation, signed, and taken back."""

import json
import os
from collections.abc import Callable
from datetime import datetime

import pytest
from desk_cast import Browse, Desk, Family
from django.db import IntegrityError, transaction
from running_ring import RunningRing

from oberih.alerts import selectors, services
from oberih.alerts.models import Alert
from oberih.alerts.services import (
    BasisMissing,
    Draft,
    Grounds,
    NotADraft,
    OneFamilyCouldKnow,
    OnePersonAlone,
    TooFewFamilies,
    Words,
    WordsMissing,
)
from oberih.alerts.states import AlertId, Basis
from oberih.cli.alerts import Published, verified
from oberih.crypto.notes import BadSignature, Document
from oberih.desk import alerting
from oberih.desk.alerting import NamesAnIdentifier, QuotesTheReport, ReleaseAnswer
from oberih.desk.models import Case
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
UK = Words("Просять сфотографувати вокзал", "Незнайомці обіцяють лист за знімки.", "Не робіть.")
EN = Words("Strangers ask for photos", "They promise a letter in return.", "Do not do it.")
YES = ReleaseAnswer(only_one=False, typed="Україна", findings_read=True)
SOURCE = Grounds(Basis.OTHER_SOURCE, source="a public warning of the police")


def proposed(grounds: Grounds = SOURCE, *, uk: Words = UK, case: str = "") -> Draft:
    """Return a draft that says something in both languages."""
    return Draft(texts={"uk": uk, "en": EN}, grounds=grounds, case=case)


def draft(by: Member, now: datetime, what: Draft | None = None) -> AlertId:
    """Keep a draft."""
    return alerting.draft(what or proposed(), by=by, now=now, entropy=os.urandom)


def test_an_alert_approved_by_a_second_person_is_published_signed(
    desk: Desk, officer: Member, lead: Member, ring: RunningRing
) -> None:
    alert = draft(officer, desk.now)

    alerting.approve(alert, answer=YES, by=lead, now=desk.now)
    desk.turn()

    note = desk.front.published[f"alerts/{alert}.note"]
    document = opened(desk, ring, note)
    assert document.body["texts"]["uk"]["headline"] == UK.headline
    assert alert.encode() in desk.front.published["alerts.atom"]


def test_one_person_alone_cannot_publish(desk: Desk, officer: Member) -> None:
    alert = draft(officer, desk.now)

    with pytest.raises(OnePersonAlone):
        alerting.approve(alert, answer=YES, by=officer, now=desk.now)
    desk.turn()

    assert f"alerts/{alert}.note" not in desk.front.published


def test_not_even_the_database_takes_the_same_person_twice(desk: Desk, officer: Member) -> None:
    alert = draft(officer, desk.now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(pk=alert).update(approver=str(officer.pk))


def test_two_families_are_too_few(
    desk: Desk, family: Callable[[], Family], officer: Member
) -> None:
    report_same_number(desk, family, times=2)
    grounds = Grounds(Basis.FAMILIES, families=3, counted=2)

    with pytest.raises(TooFewFamilies):
        draft(officer, desk.now, proposed(grounds, case=Case.objects.first().pk))


def test_three_families_are_enough_and_are_counted_again_at_release(
    desk: Desk, family: Callable[[], Family], officer: Member, lead: Member
) -> None:
    report_same_number(desk, family, times=3)
    grounds = Grounds(Basis.FAMILIES, families=3, counted=3)
    alert = draft(officer, desk.now, proposed(grounds, case=Case.objects.first().pk))
    Case.objects.first().delete()

    with pytest.raises(TooFewFamilies):
        alerting.approve(alert, answer=YES, by=lead, now=desk.now)


def test_what_only_one_family_could_know_stays_inside(
    desk: Desk, officer: Member, lead: Member
) -> None:
    alert = draft(officer, desk.now)

    with pytest.raises(OneFamilyCouldKnow):
        alerting.approve(alert, answer=ReleaseAnswer(only_one=True), by=lead, now=desk.now)


def test_another_ground_must_be_named(desk: Desk, officer: Member) -> None:
    with pytest.raises(BasisMissing):
        draft(officer, desk.now, proposed(Grounds(Basis.INFORMED_YES, source=" ")))


def test_an_alert_never_quotes_the_report(desk: Desk, olha: Family, officer: Member) -> None:
    said = "Якщо ти не принесеш ці знімки до вечора, ми більше не подзвонимо ніколи"
    olha.send(said)
    desk.turn()
    words = Words("Погрози", f"Кажуть так: «{said.upper()}»")

    with pytest.raises(QuotesTheReport):
        draft(officer, desk.now, proposed(uk=words, case=Case.objects.get().pk))


def test_an_alert_never_names_a_number_of_one_family(
    desk: Desk, olha: Family, officer: Member
) -> None:
    olha.send("Дзвонили з +380 50 000 00 09")
    desk.turn()
    words = Words("Дзвінки", "Дзвонять з +380500000009, не відповідайте.")

    with pytest.raises(NamesAnIdentifier):
        draft(officer, desk.now, proposed(uk=words))


def test_an_alert_needs_both_languages(desk: Desk, officer: Member) -> None:
    half = Draft(texts={"uk": UK}, grounds=SOURCE)

    with pytest.raises(WordsMissing):
        draft(officer, desk.now, half)


def test_a_published_alert_tells_nothing_of_the_case(
    desk: Desk, family: Callable[[], Family], officer: Member, lead: Member
) -> None:
    report_same_number(desk, family, times=3)
    case = Case.objects.first().pk
    grounds = Grounds(Basis.FAMILIES, families=3, counted=3)
    alert = draft(officer, desk.now, proposed(grounds, case=case))
    alerting.approve(alert, answer=YES, by=lead, now=desk.now)

    desk.turn()

    files = desk.front.published
    published = b"".join(files[path] for path in files if not path.startswith("rules/"))
    assert case.encode() not in published
    assert b'"families"' not in published


def test_a_withdrawn_alert_ends_and_leaves_the_feed(
    desk: Desk, officer: Member, lead: Member
) -> None:
    alert = released(desk, officer, lead)
    desk.turn()
    desk.later(hours=1)

    services.cancel(alert, by=lead, now=desk.now)
    desk.turn()

    note = desk.front.published[f"alerts/{alert}.note"]
    assert json.loads(note.split(b"\n")[0])["body"]["status"] == "cancelled"
    assert alert.encode() not in desk.front.published["alerts.atom"]


def test_a_changed_alert_is_refused(
    desk: Desk, officer: Member, lead: Member, ring: RunningRing
) -> None:
    alert = released(desk, officer, lead)
    desk.turn()
    note = desk.front.published[f"alerts/{alert}.note"].replace(b"photos", b"money!")

    with pytest.raises(BadSignature):
        opened(desk, ring, note)


def test_the_signed_list_names_every_alert(
    desk: Desk, officer: Member, lead: Member, ring: RunningRing
) -> None:
    alert = released(desk, officer, lead)

    desk.turn()

    document = opened(desk, ring, desk.front.published["alerts.json"])
    assert [one["id"] for one in document.body["alerts"]] == [alert]


def test_a_released_alert_is_released_once(desk: Desk, officer: Member, lead: Member) -> None:
    alert = released(desk, officer, lead)

    with pytest.raises(NotADraft):
        alerting.approve(alert, answer=YES, by=lead, now=desk.now)


@pytest.mark.parametrize("role", [Role.TRACING, Role.ADMIN, Role.AUDITOR])
def test_others_do_not_draft(desk: Desk, member: Callable[[Role], Member], role: Role) -> None:
    with pytest.raises(NotPermitted):
        draft(member(role), desk.now)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.TRACING, Role.ADMIN, Role.AUDITOR])
def test_others_do_not_approve(
    desk: Desk, officer: Member, member: Callable[[Role], Member], role: Role
) -> None:
    alert = draft(officer, desk.now)

    with pytest.raises(NotPermitted):
        alerting.approve(alert, answer=YES, by=member(role), now=desk.now)


def test_the_form_does_not_release_without_an_answer(
    desk: Desk, officer: Member, lead: Member, browse: Browse
) -> None:
    alert = draft(officer, desk.now)

    page = browse(lead).post(f"/alerts/{alert}/approve/", {})

    assert page.status_code == 400
    assert selectors.unpublished() == []


def released(desk: Desk, officer: Member, lead: Member) -> AlertId:
    """Return an alert that two persons have made."""
    alert = draft(officer, desk.now)
    alerting.approve(alert, answer=YES, by=lead, now=desk.now)
    return alert


def report_same_number(desk: Desk, family: Callable[[], Family], times: int) -> None:
    """Let several families report one number."""
    for _ in range(times):
        family().send("Пишуть з +380 50 000 00 01, просять знімки")
    desk.turn()


def opened(desk: Desk, ring: RunningRing, note: bytes) -> Document:
    """Verify a note as the command does: from the root's key on."""
    delegations = desk.front.published["delegations.note"]
    root = bytes.fromhex((ring.keys / "root.pub").read_text())
    return verified(Published(note, delegations), root=root)
