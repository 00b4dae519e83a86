from dataclasses import replace

import pytest
from simulated_front import NOW, SimulatedDesk, SimulatedFront, forged

from oberih.client.conversation import Conversation, MoveUnfinished
from oberih.client.entries import Entry
from oberih.client.report import NothingToSend, Report
from oberih.client.reports import Sending, send_report
from oberih.crypto.envelope import seal_envelope
from oberih.crypto.message import (
    Received,
    ReplyBody,
    ReplyKind,
    ReplyMessage,
    ReportKind,
    authenticate_reply,
)
from oberih.crypto.receipt import Receipt

RECEIPT = Receipt(bytes(13))
KEYS = RECEIPT.derive()


class Family:
    """Olha, who has sent one report, and the desk that has collected it."""

    def __init__(self) -> None:
        """Send and collect."""
        self.machine = SimulatedFront()
        self.desk = SimulatedDesk(self.machine)
        sending = Sending(NOW, RECEIPT)
        send_report(Report("help"), front=self.machine.front(), sending=sending)
        self.desk.collect()

    @property
    def conversation(self) -> Conversation:
        """Open it anew, with the words alone."""
        return Conversation(KEYS, front=self.machine.front())

    def texts(self) -> list[str | None]:
        """Return what she reads."""
        return [entry.text for entry in self.conversation.entries()]


@pytest.fixture
def olha() -> Family:
    """Her conversation."""
    return Family()


def test_she_reads_the_reply(olha: Family) -> None:
    olha.desk.reply(ReplyBody(text="We are with you."))

    assert olha.texts() == ["We are with you."]


def test_a_long_reply_is_joined(olha: Family) -> None:
    for part, text in enumerate(["We ", "are ", "here."], start=1):
        olha.desk.reply(ReplyBody(text=text, part=part, parts=3))

    assert olha.texts() == ["We are here."]


def test_her_own_words_are_days_only(olha: Family) -> None:
    olha.desk.reply(ReplyBody(kind=ReplyKind.RECEIVED, received=(Received(1, NOW.date()),)))
    olha.conversation.write("more", now=NOW)

    assert olha.conversation.entries() == [
        Entry("me", 1, NOW.date(), is_received=True),
        Entry("me", 2, NOW.date()),
    ]


def test_a_forged_reply_is_shown_as_refused(olha: Family) -> None:
    olha.machine.put(forged(KEYS.mailbox, to=KEYS.identity))

    assert olha.conversation.entries() == [Entry("desk", 0, NOW.date(), is_refused=True)]


@pytest.mark.parametrize("place", [9, 60, 1_000, 16_383])
def test_a_reply_with_a_flipped_bit_is_shown_as_refused(olha: Family, place: int) -> None:
    envelope = bytearray(olha.desk.reply(ReplyBody(text="hello"), keep=False))
    envelope[place] ^= 1
    olha.machine.put(bytes(envelope))

    assert [(entry.text, entry.is_refused) for entry in olha.conversation.entries()] == [
        (None, True)
    ]


def test_the_same_reply_put_twice_is_one(olha: Family) -> None:
    envelope = olha.desk.reply(ReplyBody(text="hello"))
    olha.machine.put(envelope)

    assert olha.texts() == ["hello"]


def test_another_reply_with_the_same_number_is_refused(olha: Family) -> None:
    olha.desk.reply(ReplyBody(text="one"))
    assert olha.desk.last is not None
    other = replace(olha.desk.last, body=ReplyBody(text="two"))
    inner = authenticate_reply(other, mac_key=KEYS.mac)
    to = KEYS.identity.recipient
    olha.machine.put(seal_envelope(inner, header=other.header, to=to))

    assert sorted(entry.is_refused for entry in olha.conversation.entries()) == [False, True]


def test_a_reply_from_another_conversation_is_refused(olha: Family) -> None:
    other = Receipt(bytes(12) + b"\x01").derive()
    olha.desk.reply(ReplyBody(text="x"), keep=False)
    assert olha.desk.last is not None
    place = replace(olha.desk.last.place, mailbox=KEYS.mailbox)
    message = ReplyMessage(place, ReplyBody(text="x"))
    inner = authenticate_reply(message, mac_key=other.mac)
    to = KEYS.identity.recipient
    olha.machine.put(seal_envelope(inner, header=message.header, to=to))

    assert [entry.is_refused for entry in olha.conversation.entries()] == [True]


def test_a_missing_reply_is_shown_as_a_gap(olha: Family) -> None:
    olha.desk.reply(ReplyBody(text="lost"), keep=False)
    olha.desk.reply(ReplyBody(text="second"))

    assert [(entry.is_gap, entry.text) for entry in olha.conversation.entries()] == [
        (True, None),
        (False, "second"),
    ]


def test_a_missing_last_part_is_shown_as_a_gap(olha: Family) -> None:
    olha.desk.reply(ReplyBody(text="first half", part=1, parts=2))

    assert [entry.is_gap for entry in olha.conversation.entries()] == [False, True]


def test_her_note_follows_her_report_though_she_has_only_the_words(olha: Family) -> None:
    olha.desk.reply(ReplyBody(kind=ReplyKind.RECEIVED, received=(Received(1, NOW.date()),)))
    olha.conversation.write("first note", now=NOW)
    olha.conversation.write("second note", now=NOW)

    report, first, second = olha.desk.collect()

    assert [one.place.sequence for one in (report, first, second)] == [1, 2, 3]
    assert (first.place.previous, second.place.previous) == (report.digest, first.digest)


def test_her_note_follows_what_the_desk_has_said_it_saw(olha: Family) -> None:
    olha.desk.reply(ReplyBody(text="hello"))
    olha.machine.envelopes = {
        mailbox: [one for one in held if one[7]] for mailbox, held in olha.machine.envelopes.items()
    }
    olha.conversation.write("note", now=NOW)

    report, note = olha.desk.collect()

    assert (note.place.sequence, note.place.previous) == (2, report.digest)
    assert note.place.seen == 1


def test_her_note_is_never_lost_when_nothing_is_known_any_more(olha: Family) -> None:
    olha.machine.envelopes.clear()
    olha.conversation.write("note", now=NOW)

    report, note = olha.desk.collect()

    assert note.place.sequence > report.place.sequence
    assert note.first == report.first


def test_changing_the_words_links_both_mailboxes(olha: Family) -> None:
    sent = olha.conversation.arrive(Sending(NOW, Receipt(bytes(12) + b"\x02")))
    olha.conversation.leave(sent, now=NOW)
    new = Receipt(bytes(12) + b"\x02").derive()

    old_desk = olha.desk
    olha.machine.envelopes, moved = {}, olha.machine.envelopes
    olha.machine.envelopes = {bytes.fromhex(KEYS.mailbox): moved[bytes.fromhex(KEYS.mailbox)]}
    left = old_desk.collect()[-1]
    olha.machine.envelopes = {bytes.fromhex(new.mailbox): moved[bytes.fromhex(new.mailbox)]}
    arrived = SimulatedDesk(olha.machine).collect()[0]

    assert sent.mailbox == new.mailbox == left.body.move_to
    assert arrived.body.move_from == KEYS.mailbox
    assert left.body.kind is arrived.body.kind is ReportKind.MOVE


def test_a_move_that_was_cut_off_leaves_her_both_words(olha: Family) -> None:
    sent = olha.conversation.arrive(Sending(NOW, Receipt(bytes(12) + b"\x02")))
    olha.machine.lost = 100

    with pytest.raises(MoveUnfinished):
        olha.conversation.leave(sent, now=NOW)

    olha.machine.lost = 0
    olha.conversation.leave(sent, now=NOW)
    assert len(olha.machine.envelopes[bytes.fromhex(KEYS.mailbox)]) == 1


def test_deleting_empties_the_mailbox(olha: Family) -> None:
    olha.desk.reply(ReplyBody(text="hello"))

    olha.conversation.delete()

    assert olha.texts() == []


def test_she_can_ask_for_silence(olha: Family) -> None:
    olha.conversation.stop_writing(now=NOW)

    message = olha.desk.collect()[-1]

    assert (message.body.kind, message.body.not_alone) == (ReportKind.STOP_WRITING, True)


def test_an_empty_note_is_not_sent(olha: Family) -> None:
    with pytest.raises(NothingToSend):
        olha.conversation.write("  ", now=NOW)


def test_other_words_find_an_empty_mailbox(olha: Family) -> None:
    olha.desk.reply(ReplyBody(text="hello"))
    other = Receipt(bytes(12) + b"\x03").derive()

    assert Conversation(other, front=olha.machine.front()).entries() == []
