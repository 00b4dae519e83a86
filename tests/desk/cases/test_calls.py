"""A call becomes a sealed report; its ten words are shown once, and no reply until they change."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from desk_cast import Browse, Desk, Family
from django.conf import settings
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import override_settings

from oberih.audit.acts import Act
from oberih.audit.selectors import newest_events
from oberih.crypto.envelope import envelope_id
from oberih.crypto.message import ReportBody, ReportKind
from oberih.crypto.receipt import Receipt
from oberih.desk import services
from oberih.desk.calls.models import Call
from oberih.desk.calls.taking import call_of
from oberih.desk.models import Case, Conversation, Message, Reply
from oberih.desk.services import WordsMustChange
from oberih.desk.states import CaseId, ReplyState
from oberih.desk.urgency import Urgency
from oberih.staff.models import Member
from oberih.staff.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("root_key")]
PAGE = "/calls/new/"
SAID = "Дзвонив чоловік, назвався слідчим."
ENTERED = {
    "once": "0" * 32, "can_talk": "yes", "in_danger": "no", "language": "uk", "consent": "on",
    "said": "так, записуйте", "call_word": "калина", "best_time": "після шостої", "text": SAID,
    "region": "UA-46", "ticked": ["q-secret"],
}  # fmt: skip


def words_on(page: HttpResponse) -> str:
    """Return the ten words that a page shows."""
    shown = re.findall(r"<li>\d+\. <b>([^<]+)</b>", page.content.decode())
    return " ".join(unescape(one) for one in shown)


def caller(desk: Desk, words: str) -> Family:
    """Return the family that heard the words; the desk has one message of theirs."""
    keys = Receipt.read(words).derive()
    return Family(desk.ring, desk.front, keys, 1, Message.objects.get(direction="report").digest)


@pytest.mark.usefixtures("public_front")
def test_what_was_told_becomes_a_case_like_a_report_of_their_own(
    desk: Desk, officer: Member, browse: Browse
) -> None:
    page = browse(officer).post(PAGE, ENTERED)
    desk.turn()

    case = Case.objects.get()
    assert len(words_on(page).split()) == 10
    assert (case.language, case.region, case.answers) == ("uk", "UA-46", {"q-secret": True})
    assert Message.objects.get(direction="report").text == SAID
    assert case.conversation.mailbox == Receipt.read(words_on(page)).derive().mailbox


@pytest.mark.usefixtures("public_front")
def test_no_reply_is_written_until_the_words_that_were_read_out_are_changed(
    desk: Desk, officer: Member, browse: Browse
) -> None:
    browse(officer).post(PAGE, ENTERED)
    desk.turn()

    with pytest.raises(WordsMustChange):
        services.reply(CaseId(Case.objects.get().pk), text="Так.", by=officer, now=desk.now)


@pytest.mark.usefixtures("public_front")
def test_the_family_reads_only_a_receipt_and_a_planted_reply_does_not_leave(
    desk: Desk, officer: Member, browse: Browse
) -> None:
    page = browse(officer).post(PAGE, ENTERED)
    desk.turn()
    talk = Conversation.objects.get()
    Reply.objects.create(
        conversation=talk, kind="reply", text="Так.", written_at=desk.now, due_at=desk.now
    )
    desk.later(seconds=11)
    desk.turn()

    heard = caller(desk, words_on(page))
    assert [one.body.kind for one in heard.inbox()] == ["received"]
    assert Reply.objects.get(kind="reply").state == ReplyState.WITHDRAWN


@pytest.mark.usefixtures("public_front")
def test_after_the_words_are_changed_the_answer_comes_under_the_new_ones(
    desk: Desk, officer: Member, browse: Browse, olha: Family
) -> None:
    page = browse(officer).post(PAGE, ENTERED)
    desk.turn()
    heard = caller(desk, words_on(page))
    for who, where in ((olha, {"move_from": heard.keys.mailbox}),
                       (heard, {"move_to": olha.keys.mailbox})):  # fmt: skip
        sealed = who.seal(ReportBody(kind=ReportKind.MOVE, **where))  # type: ignore[arg-type]
        desk.front.envelopes[envelope_id(sealed)] = sealed
        desk.turn()

    new = Conversation.objects.get(mailbox=olha.keys.mailbox).case_id
    services.reply(CaseId(new), text="Ми з вами.", by=officer, now=desk.now)
    desk.later(seconds=11)
    desk.turn()
    assert olha.answers() == ["Ми з вами."]
    assert heard.answers() == []


@pytest.mark.usefixtures("public_front")
def test_the_words_stand_in_no_table_and_no_act(
    desk: Desk, officer: Member, browse: Browse
) -> None:
    words = words_on(browse(officer).post(PAGE, ENTERED)).split()
    desk.turn()

    kept = ""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # the database's own names
            kept += repr(cursor.fetchall())
    assert words
    assert " ".join(words) not in kept
    assert sum(one in kept for one in words) < len(words)


@pytest.mark.usefixtures("public_front")
def test_a_page_sent_twice_is_one_call_and_shows_no_words_again(
    desk: Desk, officer: Member, browse: Browse
) -> None:
    browser = browse(officer)
    browser.post(PAGE, ENTERED)
    again = browser.post(PAGE, ENTERED)
    desk.turn()

    assert again.status_code == 409
    assert words_on(again) == ""
    assert Case.objects.count() == 1


@pytest.mark.parametrize("missing", ["consent", "can_talk", "in_danger", "text"])
@pytest.mark.usefixtures("public_front")
def test_nothing_is_sent_without_the_card_and_the_consent(
    missing: str, desk: Desk, officer: Member, browse: Browse
) -> None:
    given = {name: value for name, value in ENTERED.items() if name != missing}
    page = browse(officer).post(PAGE, given)

    assert page.status_code == 400
    assert desk.front.envelopes == {}
    assert not Call.objects.exists()


def test_when_the_front_is_away_nothing_is_kept_and_the_text_stays_on_the_page(
    officer: Member, browse: Browse
) -> None:
    with override_settings(FRONT_URL="http://127.0.0.1:9"):
        page = browse(officer).post(PAGE, ENTERED)

    assert page.status_code == 503
    assert SAID in page.content.decode()
    assert not Call.objects.exists()


@pytest.mark.usefixtures("public_front")
def test_the_case_shows_the_card_and_the_consent_as_it_was_read(
    desk: Desk, officer: Member, browse: Browse
) -> None:
    browser = browse(officer)
    browser.post(PAGE, ENTERED)
    desk.turn()
    page = browser.get(f"/cases/{Case.objects.get().pk}/").content.decode()

    for shown in ("калина", "після шостої", "так, записуйте", settings.OPERATOR):
        assert shown in unescape(page)
    assert 'name="text" rows="4"' not in page


@pytest.mark.usefixtures("public_front")
def test_a_stranger_to_the_case_sees_no_card(
    desk: Desk, officer: Member, browse: Browse, member: object
) -> None:
    browse(officer).post(PAGE, ENTERED)
    desk.turn()
    case = Case.objects.get()
    Case.objects.update(team="north")

    far = member(Role.OFFICER, team="south")  # type: ignore[operator]
    assert call_of(CaseId(case.pk), by=far) is None


@pytest.mark.usefixtures("public_front")
def test_immediate_danger_comes_first_in_the_queue(
    desk: Desk, officer: Member, browse: Browse
) -> None:
    browse(officer).post(PAGE, {**ENTERED, "text": "Добрий день.", "in_danger": "yes"})
    desk.turn()

    case = Case.objects.get()
    assert case.physical
    assert case.urgency == Urgency.NOW


@pytest.mark.usefixtures("public_front")
def test_no_time_for_a_call_is_kept_of_somebody_in_occupied_territory(
    desk: Desk, officer: Member, browse: Browse
) -> None:
    browser = browse(officer)
    browser.post(PAGE, {**ENTERED, "never_call": "on"})
    desk.turn()

    assert Call.objects.get().best_time == ""
    with pytest.raises(IntegrityError):
        Call.objects.update(best_time="зранку")


@pytest.mark.usefixtures("public_front")
def test_a_paper_form_is_entered_on_the_same_page_and_the_paper_destroyed(
    officer: Member, browse: Browse
) -> None:
    browser = browse(officer)
    page = browser.post(PAGE, {**ENTERED, "paper_on": "2026-10-02"})
    late = browser.post(PAGE, {**ENTERED, "once": "1" * 32, "paper_on": "2126-10-02"})

    assert "знищте папір" in page.content.decode()
    assert str(Call.objects.get().paper_on) == "2026-10-02"
    assert late.status_code == 400


@pytest.mark.usefixtures("public_front")
def test_the_audit_keeps_who_took_a_call_and_nothing_of_it(
    desk: Desk, officer: Member, browse: Browse
) -> None:
    browse(officer).post(PAGE, ENTERED)
    desk.turn()

    kept = [one.fields for one in newest_events(50) if one.fields]
    (taken,) = [one for one in kept if one["act"] == Act.CALL_TAKEN]
    assert taken["actor"] == str(officer.member_id)
    assert taken["detail"] == {}
    assert [one for one in kept if one["act"] == Act.WORDS_DECLARED_KNOWN]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.TRACING, Role.ADMIN, Role.AUDITOR])
def test_who_does_not_answer_families_takes_no_call(
    role: Role, member: object, browse: Browse
) -> None:
    browser = browse(member(role))  # type: ignore[operator]

    assert browser.get(PAGE).status_code == 403
    assert browser.post(PAGE, ENTERED).status_code == 403


def test_a_desk_for_training_sends_no_call(officer: Member, browse: Browse, tmp_path: Path) -> None:
    (tmp_path / "training").write_text("")
    with override_settings(DATA=tmp_path):
        page = browse(officer).post(PAGE, ENTERED)

    assert page.status_code == 503
    assert not Call.objects.exists()


def test_the_page_is_new_each_time_and_asks_in_the_readers_language(
    officer: Member, browse: Browse
) -> None:
    browser = browse(officer)
    first, second = (browser.get(PAGE).content.decode() for _ in range(2))
    nonces = [re.findall(r'name="once" value="([0-9a-f]{32})"', one) for one in (first, second)]

    assert nonces[0] != nonces[1]
    assert "Просили нікому не казати?" in first


@override_settings(HOURS="mon-fri 09:00-18:00")
def test_the_phone_says_the_hours_in_words(officer: Member, browse: Browse) -> None:
    page = browse(officer).get("/calls/out-of-hours/").content.decode()

    assert "понеділок–п&#x27;ятниця 09:00–18:00 за Києвом" in page
    assert "Monday–Friday 09:00–18:00, Kyiv time" in page
    assert "mon-fri" not in page


def test_out_of_hours_the_phone_and_who_picks_it_up_have_their_words(
    officer: Member, browse: Browse
) -> None:
    page = browse(officer).get("/calls/out-of-hours/").content.decode()

    assert page.count("<blockquote") == 3
    assert all(said in page for said in ("112", "0 800 33 20 29", "ніколи не передзвонюйте"))


def test_who_takes_no_calls_has_no_card_for_them(
    member: Callable[[Role], Member], browse: Browse
) -> None:
    assert browse(member(Role.ANALYST)).get("/calls/out-of-hours/").status_code == 403
