"""A page asks the database as often for forty cases as for four: nothing is asked case by case."""

from collections.abc import Callable

import pytest
from desk_cast import TODAY, Browse
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oberih.desk.models import (
    Case,
    CaseIdentifier,
    Conversation,
    Identifier,
    Message,
    SearchDocument,
)
from oberih.desk.search import index
from oberih.staff.models import Member
from oberih.staff.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PAGES = ("/", "/?view=all&q=вокзал", "/?view=all&q=0500000001", "/shift/", "/care/", "/figures/")
MOST = 30
"""More than any of these pages asks; a case's own page asks more, and is bounded below."""
MOST_OF_A_CASE = 75


def file(number: int, *, owner: str) -> None:
    one = Case.objects.create(
        id=f"CASE-{number:04}", filed_at=TODAY, waiting_since=TODAY, owner=owner, tactics=["C1"]
    )
    talk = Conversation.objects.create(
        mailbox=f"{number:064}", case=one, recipient="", verify_key="", wrapped_mac=b""
    )
    Message.objects.create(
        conversation=talk, direction="report", sequence=1, day=TODAY.date(), at=TODAY,
        kind="report", text="Біля вокзалу, +380 50 000 00 01", epoch=1, digest="",
    )  # fmt: skip
    phone, _new = Identifier.objects.get_or_create(kind="phone", value="+380500000001")
    CaseIdentifier.objects.create(case=one, identifier=phone, day=TODAY.date())
    index.replace_all(one)


def asked(browser: object, path: str) -> int:
    browser.get(path)  # type: ignore[attr-defined]  # what is read once a process is read by now
    with CaptureQueriesContext(connection) as found:
        assert browser.get(path).status_code == 200  # type: ignore[attr-defined]
    return len(found)


@pytest.mark.parametrize("path", PAGES)
def test_a_list_asks_as_often_for_forty_cases_as_for_four(
    path: str, lead: Member, member: Callable[[Role], Member], browse: Browse
) -> None:
    owners = [str(member(Role.OFFICER).pk) for _ in range(4)]
    browser = browse(lead)
    for number in range(4):
        file(number, owner=owners[number])
    few = asked(browser, path)
    for number in range(4, 40):
        file(number, owner=owners[number % 4])

    assert asked(browser, path) <= few <= MOST


def test_a_case_asks_as_often_beside_forty_as_beside_four(lead: Member, browse: Browse) -> None:
    browser = browse(lead)
    for number in range(4):
        file(number, owner="")
    few = asked(browser, "/cases/CASE-0000/")
    for number in range(4, 40):
        file(number, owner="")

    assert asked(browser, "/cases/CASE-0000/") <= few <= MOST_OF_A_CASE
    assert SearchDocument.objects.count() == 40
