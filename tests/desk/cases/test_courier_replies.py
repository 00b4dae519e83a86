"""Promises of answers: authenticated, in order, never against her wish, and taken back in time."""

import pytest
from desk_cast import Desk, Family, FrontAwayFor

from oberih.crypto.message import ReportKind
from oberih.desk import services
from oberih.desk.front_calls import FrontAway
from oberih.desk.models import Case, Conversation, Reply, SealedReply
from oberih.desk.outbox import split
from oberih.desk.services import (
    ConversationDeleted,
    EmptyText,
    NotAlone,
    ReplyId,
    TooLateToTakeBack,
    WordsMustChange,
)
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def reply(desk: Desk, officer: Member, text: str = "Ми з вами.") -> ReplyId:
    """Reply to the one case."""
    return services.reply(Case.objects.get().pk, text=text, by=officer, now=desk.now)


def test_the_desk_says_that_it_has_the_report_and_nothing_of_it(desk: Desk, olha: Family) -> None:
    olha.send("Підпаліть військову машину")

    desk.turn()

    [receipt] = olha.inbox()
    assert receipt.body.kind == "received"
    assert [one.sequence for one in receipt.body.received] == [1]
    assert receipt.body.text == ""


def test_a_reporter_reads_the_reply(desk: Desk, olha: Family, officer: Member) -> None:
    olha.send()
    desk.turn()
    reply(desk, officer)

    desk.later(seconds=11)
    desk.turn()

    assert olha.answers() == ["Ми з вами."]
    assert Case.objects.get().state == "waiting"


def test_what_she_wrote_while_the_reply_waited_still_waits_for_an_answer(
    desk: Desk, olha: Family, officer: Member
) -> None:
    olha.send()
    desk.turn()
    reply(desk, officer)
    desk.later(seconds=5)
    olha.send("Він уже під домом", kind=ReportKind.NOTE)
    desk.turn()
    came = desk.now

    desk.later(seconds=6)
    desk.turn()

    assert olha.answers() == ["Ми з вами."]
    assert (Case.objects.get().state, Case.objects.get().waiting_since) == ("open", came)


def test_a_reply_that_waited_for_the_keys_does_not_answer_what_came_after_it(
    desk: Desk, olha: Family, officer: Member
) -> None:
    olha.send()
    desk.turn()
    reply(desk, officer)
    desk.later(hours=3)
    olha.send("Він уже під домом", kind=ReportKind.NOTE)

    desk.turn()

    assert olha.answers() == ["Ми з вами."]
    assert Case.objects.get().waiting_since == desk.now


def test_a_reply_does_not_leave_for_ten_seconds(desk: Desk, olha: Family, officer: Member) -> None:
    olha.send()
    desk.turn()
    reply(desk, officer)

    desk.later(seconds=9)
    desk.turn()

    assert olha.answers() == []


def test_a_reply_taken_back_never_leaves(desk: Desk, olha: Family, officer: Member) -> None:
    olha.send()
    desk.turn()
    services.take_back(reply(desk, officer), by=officer, now=desk.now)

    desk.later(minutes=5)
    desk.turn()

    assert olha.answers() == []
    assert Reply.objects.get(kind="reply").state == "withdrawn"


def test_a_reply_that_left_cannot_be_taken_back(desk: Desk, olha: Family, officer: Member) -> None:
    olha.send()
    desk.turn()
    sent = reply(desk, officer)

    desk.later(seconds=11)

    with pytest.raises(TooLateToTakeBack):
        services.take_back(sent, by=officer, now=desk.now)


def test_a_long_reply_comes_in_parts_that_join(desk: Desk, olha: Family, officer: Member) -> None:
    text = "Слово за словом, рядок за рядком. " * 700
    olha.send()
    desk.turn()
    reply(desk, officer, text)

    desk.later(seconds=11)
    desk.turn()

    assert len(olha.answers()) > 2
    assert "".join(olha.answers()) == text.strip()


def test_replies_follow_one_another_without_a_gap(
    desk: Desk, olha: Family, officer: Member
) -> None:
    olha.send()
    desk.turn()
    for text in ("перше", "друге"):
        reply(desk, officer, text)
        desk.later(seconds=11)
        desk.turn()

    inbox = olha.inbox()

    assert [one.place.sequence for one in inbox] == [1, 2, 3]
    assert inbox[2].place.previous == inbox[1].digest


def test_nobody_writes_to_someone_who_is_not_alone(
    desk: Desk, olha: Family, officer: Member
) -> None:
    olha.send("Не пишіть, я не сама", not_alone=True)

    desk.turn()

    with pytest.raises(NotAlone):
        reply(desk, officer)
    assert olha.inbox() == []


def test_a_reply_on_its_way_stops_when_she_is_no_longer_alone(
    desk: Desk, olha: Family, officer: Member
) -> None:
    olha.send()
    desk.turn()
    reply(desk, officer)
    olha.send("", kind=ReportKind.STOP_WRITING)

    desk.later(seconds=11)
    desk.turn()

    assert olha.answers() == []


def test_the_desk_may_write_again_when_she_does(desk: Desk, olha: Family, officer: Member) -> None:
    olha.send(not_alone=True)
    desk.turn()
    olha.send("Тепер можна")
    desk.turn()

    reply(desk, officer)
    desk.later(seconds=11)
    desk.turn()

    assert olha.answers() == ["Ми з вами."]


def test_a_deleted_conversation_is_not_written_into(
    desk: Desk, olha: Family, officer: Member
) -> None:
    olha.send()
    desk.turn()
    olha.delete()

    desk.turn()

    assert olha.keys.mailbox in desk.front.filed
    with pytest.raises(ConversationDeleted):
        reply(desk, officer)


def test_words_read_out_over_a_phone_must_change_before_a_reply(
    desk: Desk, olha: Family, officer: Member
) -> None:
    olha.send()
    desk.turn()

    services.require_new_words(Case.objects.get().pk, by=officer)

    with pytest.raises(WordsMustChange):
        reply(desk, officer)


def test_an_empty_reply_is_refused(desk: Desk, olha: Family, officer: Member) -> None:
    olha.send()
    desk.turn()

    with pytest.raises(EmptyText):
        reply(desk, officer, " \n ")


def test_a_reply_stays_until_the_front_has_it(
    desk: Desk, olha: Family, officer: Member, front_away: FrontAwayFor
) -> None:
    olha.send()
    desk.turn()
    reply(desk, officer)
    desk.later(seconds=11)
    with pytest.raises(FrontAway), front_away():
        desk.turn()
    assert SealedReply.objects.count() == 1

    desk.turn()

    assert olha.answers() == ["Ми з вами."]
    assert SealedReply.objects.count() == 0


def test_a_reply_for_a_mailbox_that_is_gone_is_withdrawn(
    desk: Desk, olha: Family, officer: Member
) -> None:
    olha.send()
    desk.turn()
    reply(desk, officer)
    desk.later(seconds=11)
    desk.front.gone.add(olha.keys.mailbox)

    desk.turn()

    assert Reply.objects.get(kind="reply").state == "withdrawn"


def test_the_mac_key_is_not_in_the_database(desk: Desk, olha: Family) -> None:
    olha.send()

    desk.turn()

    stored = bytes(Conversation.objects.get().wrapped_mac)
    assert olha.keys.mac not in stored


def test_a_text_is_split_by_its_weight_and_joins_again() -> None:
    text = "щ" * 10_000 + "😀" * 100

    pieces = split(text, size=9_000)

    assert "".join(pieces) == text
    assert all(len(piece.encode()) <= 9_000 for piece in pieces)
