"""A complaint is read by nobody on the desk: sealed on arrival, listed for the auditor alone."""

import os
from collections.abc import Iterator

import pytest
from desk_cast import Browse
from django.test import override_settings
from django.urls import reverse

from oberih.audit.selectors import newest_events
from oberih.core import time
from oberih.crypto.age import Identity, open_sealed
from oberih.desk.care import complaints
from oberih.desk.care.models import Complaint
from oberih.desk.care.refusals import ComplaintEmpty, NoComplaintKey
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = pytest.mark.django_db
NOW = time.now()
SAID = "Колега назвав родині місце. Справа K7QF-2XMA."


@pytest.fixture
def auditors_key() -> Iterator[Identity]:
    identity = Identity.generate()
    with override_settings(COMPLAINT_KEY=str(identity.recipient)):
        yield identity


def complain(by: Member, text: str = SAID) -> Complaint:
    complaints.complain(text, by=by, now=NOW, entropy=os.urandom)
    return Complaint.objects.get()


def test_only_the_auditors_key_opens_a_complaint(officer: Member, auditors_key: Identity) -> None:
    row = complain(officer)

    assert SAID.encode() not in bytes(row.sealed)
    assert open_sealed(bytes(row.sealed), identity=auditors_key).decode().strip() == SAID


@pytest.mark.usefixtures("auditors_key")
def test_the_audit_keeps_that_there_is_one_and_not_whose(officer: Member) -> None:
    row = complain(officer)

    (event,) = [one.fields for one in newest_events(1)]
    assert event is not None
    assert (event["actor"], event["subject"]) == (None, f"complaint {row.pk}")
    assert event["detail"] == {}


@pytest.mark.usefixtures("auditors_key")
def test_its_length_tells_nothing(officer: Member) -> None:
    short = len(bytes(complain(officer, "а").sealed))
    Complaint.objects.all().delete()

    assert len(bytes(complain(officer, "а" * 1_900).sealed)) == short


@pytest.mark.usefixtures("auditors_key")
@pytest.mark.parametrize("role", [one for one in Role if one is not Role.AUDITOR])
def test_nobody_but_the_auditor_takes_a_complaint(role: Role, member: object) -> None:
    row = complain(member(Role.OFFICER))  # type: ignore[operator]

    with pytest.raises(NotPermitted):
        complaints.sealed_complaint(row.pk, by=member(role))  # type: ignore[operator]


@pytest.mark.usefixtures("auditors_key")
def test_the_auditor_takes_it_away_sealed(member: object, browse: Browse) -> None:
    row = complain(member(Role.OFFICER))  # type: ignore[operator]
    browser = browse(member(Role.AUDITOR))  # type: ignore[operator]

    listed = browser.get(reverse("desk:complaints")).content.decode()
    taken = browser.post(reverse("desk:take-complaint", kwargs={"complaint": row.pk}))

    assert row.pk in listed
    assert taken.content == bytes(row.sealed)


def test_without_a_key_nothing_is_kept(officer: Member) -> None:
    with pytest.raises(NoComplaintKey):
        complain(officer)
    assert not Complaint.objects.exists()


@pytest.mark.usefixtures("auditors_key")
@pytest.mark.parametrize("text", ["", "  \n", "а" * 20_001])
def test_an_empty_or_endless_complaint_is_refused(officer: Member, text: str) -> None:
    with pytest.raises(ComplaintEmpty):
        complain(officer, text)


@pytest.mark.usefixtures("auditors_key")
def test_the_page_says_sealed_only_of_what_was_sealed(officer: Member, browse: Browse) -> None:
    browser, address = browse(officer), reverse("desk:complain")

    refused = browser.post(address, {"text": "а" * 20_001})
    taken = browser.post(address, {"text": "а\r\n" * 10_000})

    assert "sealed" not in refused["Location"]
    assert "sealed=1" in taken["Location"]
    assert Complaint.objects.count() == 1
