"""A family's complaint goes to the auditor; nobody else of the desk sees that there is one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from desk_cast import Browse, Desk, Family
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from oberih.audit.selectors import newest_events
from oberih.crypto.age import Identity, open_sealed
from oberih.crypto.complaint import complaint_body
from oberih.crypto.message import ReportBody, ReportKind
from oberih.desk.care.models import Complaint
from oberih.desk.courier import Courier
from oberih.desk.courier_models import HeldEnvelope, Taken
from oberih.desk.models import Case, Conversation, Message, Reply
from oberih.desk.threads import entries
from oberih.staff.models import Member
from oberih.staff.roles import Role

pytestmark = pytest.mark.django_db
SAID = "Черговий просив у мене адресу. Слово-прикмета: їжакоподібний."
CHANGING = re.compile(
    r'name="(?:csrfmiddlewaretoken|once)" value="[^"]+"'
    r"|<time[^>]*>[^<]*</time>|\d+ (?:хв|с|год)\b|\d\d:\d\d"
)


@pytest.fixture
def auditor() -> Iterator[Identity]:
    identity = Identity.generate()
    with override_settings(COMPLAINT_KEY=str(identity.recipient)):
        yield identity


def complain(family: Family, *, auditor: Identity, text: str = SAID) -> None:
    """Send one beside her messages, as the page does: her own numbers do not move."""
    before = family.sequence, family.previous
    body = complaint_body(text, mailbox=family.keys.mailbox, to=auditor.recipient)
    family.send(body.text, kind=ReportKind.COMPLAINT)
    family.sequence, family.previous = before


@pytest.fixture
def complains(desk: Desk, olha: Family, auditor: Identity) -> Callable[[], None]:
    """Return a function by which a complaint arrives."""

    def arrive() -> None:
        complain(olha, auditor=auditor)
        desk.turn()

    return arrive


@pytest.fixture
def looks(
    desk: Desk, olha: Family, browse: Browse, member: Callable[[Role], Member]
) -> Callable[[Role], Callable[[], list[str]]]:
    """Return a function that gives a case to somebody of a role: how they see the desk."""

    def owned(role: Role) -> Callable[[], list[str]]:
        olha.send("Її перші слова")
        desk.turn()
        who, case = member(role), Case.objects.get().pk
        Case.objects.update(owner=str(who.pk))
        browser = browse(who)
        return lambda: pages(browser, case=case)

    return owned


def pages(browser: Client, *, case: str) -> list[str]:
    """Return what a member sees where a case shows; that they looked is taken back."""
    named = [reverse(f"desk:{one}") for one in ("shift", "care", "figures")]
    opened = reverse("desk:case", kwargs={"case": case})
    addresses = [opened, "/", "/?view=all", "/?view=all&q=їжакоподібний", *named]
    with transaction.atomic():
        shown = [browser.get(one).content.decode() for one in addresses]
        transaction.set_rollback(True)
    return [CHANGING.sub("", one) for one in shown]


def test_only_the_auditor_opens_it(desk: Desk, olha: Family, auditor: Identity) -> None:
    olha.send()
    desk.turn()
    complain(olha, auditor=auditor)
    desk.turn()

    opened = open_sealed(bytes(Complaint.objects.get().sealed), identity=auditor).decode()
    assert opened.rstrip("\n") == f"oberih/1/complaint\n{olha.keys.mailbox}\n\n{SAID}"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD])
def test_the_owner_and_the_lead_see_the_same_pages_as_without_it(
    role: Role, looks: Callable[[Role], Callable[[], list[str]]], complains: Callable[[], None]
) -> None:
    look = looks(role)
    before = look()

    complains()

    assert "Її перші слова" in before[0]
    assert look() == before


def test_nothing_of_the_case_moves(desk: Desk, olha: Family, auditor: Identity) -> None:
    olha.send()
    desk.turn()
    before = Case.objects.values().get(), Message.objects.filter(direction="report").count()

    desk.later(hours=1)
    complain(olha, auditor=auditor)
    desk.turn()

    assert (
        Case.objects.values().get(),
        Message.objects.filter(direction="report").count(),
    ) == before
    assert Conversation.objects.get().last_report == 1


def test_the_desk_keeps_nothing_of_where_it_came_from(
    desk: Desk, olha: Family, auditor: Identity
) -> None:
    olha.send()
    desk.turn()
    complain(olha, auditor=auditor)
    desk.turn()

    assert Taken.objects.filter(mailbox="").count() == 1
    events = [one.fields for one in newest_events(50) if one.fields is not None]
    (made,) = [one for one in events if one["act"] == "complaint.made"]
    assert (made["actor"], made["detail"]) == (None, {})
    assert made["subject"] == f"complaint {Complaint.objects.get().pk}"


def test_the_front_sees_a_receipt_go_back_as_after_any_message(
    desk: Desk, olha: Family, auditor: Identity
) -> None:
    olha.send()
    desk.turn()
    complain(olha, auditor=auditor)
    desk.turn()

    assert [reply.body.kind for reply in olha.inbox()] == ["received", "received"]
    assert [len(reply.body.received) for reply in olha.inbox()] == [1, 0]
    assert {len(one) for one in desk.front.replies.values()} == {16_384}


def test_what_she_writes_next_follows_without_a_gap(
    desk: Desk, olha: Family, auditor: Identity
) -> None:
    olha.send("перше")
    complain(olha, auditor=auditor)
    olha.send("друге", kind=ReportKind.NOTE)
    desk.turn()

    hers = [one for one in entries(Message.objects.all()) if one.first.direction == "report"]
    assert [(one.text, one.has_gap_before) for one in hers] == [("перше", False), ("друге", False)]


def test_one_that_comes_before_its_conversation_waits_and_leaves_no_trace(
    desk: Desk, olha: Family, auditor: Identity
) -> None:
    olha.seal(ReportBody(text="перше"))
    complain(olha, auditor=auditor)
    desk.turn()
    assert HeldEnvelope.objects.count() == 1

    olha.sequence, olha.previous = 0, ""
    olha.send("перше")
    desk.turn()

    assert (HeldEnvelope.objects.count(), Complaint.objects.count()) == (0, 1)


@pytest.mark.parametrize("text", ["відкритим текстом", "", "AAAA", "A" * 10_404])
def test_what_is_not_sealed_to_anybody_is_kept_by_nobody(
    desk: Desk, olha: Family, text: str
) -> None:
    olha.send()
    desk.turn()
    olha.send(text, kind=ReportKind.COMPLAINT)
    desk.turn()

    assert (Complaint.objects.count(), Message.objects.filter(direction="report").count()) == (0, 1)


def test_an_envelope_that_comes_twice_is_one_complaint(
    desk: Desk, olha: Family, auditor: Identity
) -> None:
    olha.send()
    complain(olha, auditor=auditor)
    desk.turn()
    desk.front.filed.clear()
    desk.turn()

    assert Complaint.objects.count() == 1


def test_whoever_is_not_to_be_written_to_gets_no_receipt(
    desk: Desk, olha: Family, auditor: Identity
) -> None:
    olha.send(not_alone=True)
    complain(olha, auditor=auditor)
    desk.turn()

    assert not Reply.objects.exists()
    assert not Conversation.objects.get().is_alone


def test_the_auditor_learns_which_case_and_nobody_else(
    desk: Desk, olha: Family, browse: Browse, member: Callable[[Role], Member]
) -> None:
    olha.send()
    desk.turn()
    case, asked = Case.objects.get().pk, {"mailbox": olha.keys.mailbox}
    address = reverse("desk:place-complaint")

    told = browse(member(Role.AUDITOR)).post(address, asked, follow=True).content.decode()
    refused = [browse(member(role)).post(address, asked) for role in (Role.OFFICER, Role.LEAD)]

    assert case in told
    assert {one.status_code for one in refused} == {403}


def test_the_auditors_key_stands_in_the_signed_note_of_the_week(
    desk: Desk, auditor: Identity
) -> None:
    tools = desk.courier._tools  # noqa: SLF001  # wiring sets this from the settings
    named = replace(tools.publisher, complaints=auditor.recipient)
    Courier(replace(tools, publisher=named)).turn(clock=desk.clock)

    notes = [one for path, one in desk.front.published.items() if path.startswith("recipients/")]
    assert notes
    assert all(str(auditor.recipient).encode() in note for note in notes)
