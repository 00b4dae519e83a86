"""Nothing is released, opened or agreed to without a passkey shown at that moment."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from desk_cast import Browse
from django.test import Client
from django.urls import reverse

from oberih.core import time
from oberih.desk.access import asking
from oberih.desk.access.asking import Question
from oberih.desk.access.models import Ask, AskKind, AskState, Grant
from oberih.staff.models import Member
from oberih.staff.roles import Role

pytestmark = pytest.mark.django_db
ACTS = [
    ("desk:approve-alert", {"alert": "AAAA"}),
    ("desk:watch-confirm", {"entry": "AAAA"}),
    ("desk:watch-release", {"entry": "AAAA"}),
    ("desk:grant", {"case": "AAAA-AAAA"}),
    ("desk:grant-minors", {}),
    ("desk:agree", {"ask_id": 1}),
    ("staff:agree-role", {"change": 1}),
    ("staff:let-in", {"device": "ab"}),
]
FORGED = '{"id": "YQ", "rawId": "YQ", "response": {"clientDataJSON": "e30", "userHandle": "YQ"}}'


@pytest.fixture
def at_desk(browse: Browse, lead: Member) -> Client:
    """Return a lead's browser that came in by passkey, as outside the demo."""
    return by_passkey(browse(lead))


def by_passkey(browser: Client) -> Client:
    session = browser.session
    session["signed_in_by"] = "passkey"
    session.save()
    return browser


@pytest.mark.parametrize(("name", "named"), ACTS)
@pytest.mark.parametrize("credential", ["", FORGED])
def test_the_act_is_refused_in_a_sentence(
    at_desk: Client, name: str, named: dict[str, str], credential: str
) -> None:
    page = at_desk.post(reverse(name, kwargs=named), {"credential": credential})

    assert page.status_code == 403
    assert "ключ" in page.content.decode() or "passkey" in page.content.decode()


def test_nothing_was_agreed_to(at_desk: Client, member: Callable[[Role], Member]) -> None:
    who = member(Role.OFFICER)
    question = Question(AskKind.BREAK_GLASS, "Треба негайно", "AAAA-AAAA")
    asked = asking.ask(question, by=who, now=time.now())

    at_desk.post(reverse("desk:agree", kwargs={"ask_id": asked.pk}))

    assert Ask.objects.get().state == AskState.WAITING
    assert not Grant.objects.exists()


def test_a_pause_locks_the_desk_and_loses_no_address(at_desk: Client) -> None:
    at_desk.get("/")
    session = at_desk.session
    session["seen_at"] -= timedelta(minutes=16).total_seconds()
    session.save()

    page = at_desk.get("/?view=mine")

    assert page.status_code == 302
    assert page["Location"] == "/unlock/?next=%2F%3Fview%3Dmine"
    assert at_desk.get("/", headers={"X-Background": "1"}).status_code == 403


def test_after_a_week_with_one_passkey_the_desk_asks_for_a_second(
    at_desk: Client, lead: Member
) -> None:
    assert at_desk.get("/").status_code == 200
    Member.objects.filter(pk=lead.pk).update(joined_at=time.now() - timedelta(days=8))

    page = at_desk.get("/")

    assert (page.status_code, page["Location"]) == (302, "/passkeys/")
    assert at_desk.get("/passkeys/").status_code == 200
