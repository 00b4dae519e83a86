"""What goes wrong on a desk every day: two at once, bombs, long names, deleted, locked."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from desk_cast import Attach, Browse, Desk, Family
from django.conf import settings as desk_settings
from django.db import connection
from django.test import Client
from running_ring import wait_for

from oberih.audit.selectors import newest_events
from oberih.core import time
from oberih.desk import services
from oberih.desk.access import grants, identity
from oberih.desk.access.grants import Wanted
from oberih.desk.access.identity import Person
from oberih.desk.access.models import GrantKind
from oberih.desk.answering import Answer, answer
from oberih.desk.front_calls import CollectedAttachment
from oberih.desk.models import Attachment, Case, Conversation, FamilyIdentity, Reply
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Role

pytestmark = pytest.mark.django_db
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
BOMB = b"%PDF-1.7\n" + b"[" * 400_000
TWO_GIGABYTES = 2 * 1024**3
SERVE = "import sys; from pathlib import Path; from oberih.sandbox.serve import serve; "


@pytest.fixture
def case(desk: Desk, olha: Family) -> CaseId:
    olha.send("Пишуть незнайомці")
    desk.turn()
    return CaseId(Case.objects.get().pk)


@pytest.fixture
def browser(browse: Browse, officer: Member) -> Client:
    return browse(officer)


@pytest.fixture
def _sandbox(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start a real sandbox, and let the pages look where this test's courier stores."""
    at = desk.data / "sandbox.sock"
    monkeypatch.setattr(desk_settings, "SANDBOX_SOCKET", at)
    monkeypatch.setattr(desk_settings, "DESK", desk.data)
    command = [sys.executable, "-c", SERVE + "sys.exit(serve(at=Path(sys.argv[1])))", str(at)]
    process = subprocess.Popen(command)  # noqa: S603  # our own fixed command
    wait_for(at.exists)
    yield
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture
def open_to_officer(officer: Member, lead: Member) -> Callable[[GrantKind], None]:
    def give(kind: GrantKind) -> None:
        case = Case.objects.get().pk
        until = time.now() + timedelta(hours=2)
        grants.give(Wanted(kind, officer, "для роботи", until, case), by=lead, now=time.now())

    return give


@pytest.fixture
def stored(desk: Desk, olha: Family, attach: Attach) -> Callable[[bytes], Attachment]:
    """Return a function that sends a file and lets the courier store it."""

    def send(content: bytes) -> Attachment:
        announced, sealed = attach(content)
        olha.send("з файлом", attachments=(announced,))
        collected = CollectedAttachment(olha.keys.mailbox, announced.id, announced.chunks)
        desk.front.attachments[announced.id] = (collected, sealed)
        desk.turn()
        return Attachment.objects.get(pk=announced.id)

    return send


def in_threads(do: Callable[[Member], None], *members: Member) -> None:
    """Let each member do it in a thread of their own, and wait for all."""
    threads = [threading.Thread(target=do, args=(one,)) for one in members]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def test_of_two_officers_who_answer_at_once_the_second_is_told_and_keeps_her_words(
    case: CaseId, officer: Member, member: Callable[[Role], Member], browse: Browse
) -> None:
    seen = Case.objects.get().version
    services.reply(case, text="Перша відповідь", by=officer, now=time.now())

    page = browse(member(Role.OFFICER)).post(
        f"/cases/{case}/reply/", {"text": "Друга відповідь", "seen": seen}
    )

    assert page.status_code == 409
    assert "Друга відповідь" in page.content.decode()
    assert [one.text for one in Reply.objects.filter(kind="reply")] == ["Перша відповідь"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_of_two_who_press_send_in_one_moment_one_is_told(lead: Member, officer: Member) -> None:
    case = Case.objects.create(pk="TWOA-TONC", urgency=2, filed_at=time.now())
    Conversation.objects.create(mailbox="ab" * 32, case=case, recipient="r", verify_key="v")
    told: list[str] = []
    both = threading.Barrier(2)

    def send(by: Member) -> None:
        both.wait()
        try:
            answer(Answer(CaseId(case.pk), by.name, seen="0"), by=by, now=time.now())
        except services.ActedMeanwhile:
            told.append(by.name)
        connection.close()

    in_threads(send, lead, officer)

    (sent,) = Reply.objects.values_list("text", flat=True)
    assert sorted([sent, *told]) == sorted([lead.name, officer.name])


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("change", [{"is_alone": False}, {"words_must_change": True}])
def test_what_was_typed_stays_when_the_family_says_meanwhile_that_nothing_may_be_written(
    browser: Client, change: dict[str, bool]
) -> None:
    case = Case.objects.get()
    Conversation.objects.update(**change)

    page = browser.post(
        f"/cases/{case.pk}/reply/", {"text": "Довга відповідь", "seen": case.version}
    )

    assert page.status_code == 409
    assert "readonly>Довга відповідь</textarea>" in page.content.decode()


def test_who_deleted_the_conversation_is_not_passed_on_without_a_thought(
    case: CaseId, browser: Client
) -> None:
    before = browser.get(f"/cases/{case}/referral/").content.decode()
    Conversation.objects.update(is_deleted=True)

    after = browser.get(f"/cases/{case}/referral/").content.decode()

    said = "Родина видалила цю розмову."
    assert (said in before, said in after) == (False, True)


def test_what_could_not_be_sent_is_kept_as_a_note_by_one_button(
    case: CaseId, browser: Client
) -> None:
    Conversation.objects.update(is_deleted=True)

    page = browser.post(f"/cases/{case}/reply/", {"text": "Довга відповідь"}).content.decode()

    form = page.partition('class="unsent"')[2].partition("</form>")[0]
    assert f'action="/cases/{case}/note/" class="unsent"' in page
    assert 'name="text" rows="4" readonly>Довга відповідь' in form


def test_a_note_that_is_too_long_never_lands_in_the_reply_to_the_family(
    case: CaseId, browser: Client
) -> None:
    page = browser.post(f"/cases/{case}/note/", {"text": "лише для нас " * 10_000})

    reply, _tag, note = page.content.decode().partition('class="internal-note"')
    assert page.status_code == 400
    assert ("лише для нас" in reply, "лише для нас" in note) == (False, True)


def test_a_film_of_two_gigabytes_never_gets_onto_the_desk(
    desk: Desk, olha: Family, attach: Attach
) -> None:
    announced = replace(attach(b"film", "film.mp4")[0], size=TWO_GIGABYTES)
    olha.send("відео", attachments=(announced,))

    desk.turn()

    assert not Attachment.objects.exists()


@pytest.mark.usefixtures("_sandbox")
@pytest.mark.parametrize("content", [SVG, BOMB], ids=["svg with script", "pdf bomb"])
def test_a_file_that_would_do_harm_is_not_drawn_and_its_case_stays_readable(
    stored: Callable[[bytes], Attachment], browser: Client, content: bytes
) -> None:
    row = stored(content)
    case = Case.objects.get().pk

    image = browser.get(f"/attachments/{row.pk}/image/?clear=1")

    assert image.status_code in {409, 503}
    assert b"alert(1)" not in browser.get(f"/attachments/{row.pk}/").content
    assert browser.get(f"/cases/{case}/").status_code == 200


@pytest.mark.usefixtures("_sandbox")
def test_an_original_leaves_only_by_a_grant_and_says_nothing_by_its_name(
    stored: Callable[[bytes], Attachment],
    browser: Client,
    open_to_officer: Callable[[GrantKind], None],
) -> None:
    path = f"/attachments/{stored(SVG).pk}/original/"
    refused = browser.post(path)
    open_to_officer(GrantKind.ORIGINAL)

    taken = browser.post(path)

    assert (refused.status_code, taken.content) == (409, SVG)
    assert taken["Content-Type"] == "application/octet-stream"
    assert "photo" not in taken["Content-Disposition"]
    [newest] = newest_events(1)
    assert newest.fields is not None
    assert newest.fields["act"] == "original.taken"


@pytest.mark.usefixtures("_sandbox")
def test_a_document_that_cannot_be_drawn_is_still_taken_by_a_grant(
    stored: Callable[[bytes], Attachment],
    browser: Client,
    open_to_officer: Callable[[GrantKind], None],
) -> None:
    path = f"/attachments/{stored(BOMB).pk}/"
    open_to_officer(GrantKind.ORIGINAL)

    page = browser.get(path)

    assert page.status_code == 200
    assert f"{path}original/" in page.content.decode()


def test_a_name_of_three_hundred_letters_is_kept_and_a_longer_one_is_not(
    case: CaseId,
    officer: Member,
    browser: Client,
    open_to_officer: Callable[[GrantKind], None],
) -> None:
    path = f"/cases/{case}/identity/"
    browser.post(path, {"name": "Є" * 301})
    without = FamilyIdentity.objects.count()
    browser.post(path, {"name": "Є" * 300})
    open_to_officer(GrantKind.IDENTITY)

    assert without == 0
    assert identity.shown(case, by=officer) == Person("Є" * 300, "")


def test_a_deleted_conversation_stays_readable_and_nothing_more_is_sent_into_it(
    desk: Desk, olha: Family, case: CaseId, browser: Client
) -> None:
    olha.delete()
    desk.turn()

    page = browser.get(f"/cases/{case}/").content.decode()
    sent = browser.post(f"/cases/{case}/reply/", {"text": "Ми з вами"})

    assert "flag blocked" in page
    assert 'id="reply-text"' not in page
    assert sent.status_code == 409
    assert "readonly>Ми з вами</textarea>" in sent.content.decode()
    assert not Reply.objects.filter(kind="reply").exists()


def test_with_the_ring_locked_the_queue_is_read_and_a_page_says_why_nothing_is_sealed(
    case: CaseId, browser: Client
) -> None:
    queue = browser.get("/").content.decode()
    sent = browser.post(f"/cases/{case}/reply/", {"text": "Ми з вами"})
    after = sent.content.decode()

    assert case in queue
    assert "strip locked" in queue
    assert (sent.status_code, "strip locked" in after) == (503, True)
    assert ">Ми з вами</textarea>" in after
    assert not Reply.objects.filter(kind="reply").exists()
