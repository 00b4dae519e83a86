import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulated_front import NOW, WEEK, SimulatedDesk, SimulatedFront

from oberih.client.front import FrontAway, FrontFull, OddAnswer
from oberih.client.recipients import NoRecipient
from oberih.client.report import (
    Chat,
    ChatLine,
    NothingToSend,
    Report,
    TooManyAttachments,
    bodies_of,
)
from oberih.client.reports import PartlySent, Sending, send_report
from oberih.client.uploads import UnreadableAttachment
from oberih.core.time import Epoch
from oberih.crypto.attachments import (
    AttachmentTooLarge,
    EmptyAttachment,
    open_attachment,
    room_of,
)
from oberih.crypto.envelope import CAPACITY

LONG = 'довга історія 🙂 "так"\n' * 3_000


@pytest.fixture
def machine() -> SimulatedFront:
    """Return a front that works."""
    return SimulatedFront()


def send(machine: SimulatedFront, report: Report) -> str:
    """Send a report and return its mailbox."""
    return send_report(report, front=machine.front(), sending=Sending(NOW)).mailbox


def test_what_is_sent_is_what_the_desk_reads(machine: SimulatedFront) -> None:
    mailbox = send(machine, Report("Привіт", region="UA-63", under18=True))

    (message,) = SimulatedDesk(machine).collect()

    assert (message.body.text, message.place.mailbox) == ("Привіт", mailbox)
    assert (message.body.region, message.body.under18) == ("UA-63", True)


def test_a_long_story_with_a_chat_arrives_whole(machine: SimulatedFront) -> None:
    chat = Chat("telegram", tuple(ChatLine("them", "", "слово " * 50) for _ in range(300)))
    send(machine, Report(LONG, chat=chat))

    messages = SimulatedDesk(machine).collect()

    assert "".join(one.body.text for one in messages) == LONG
    assert [one.body.part for one in messages] == list(range(1, len(messages) + 1))
    assert [one.previous for one in (message.place for message in messages[1:])] == [
        one.digest for one in messages[:-1]
    ]


def test_every_request_of_a_text_has_one_length(machine: SimulatedFront) -> None:
    send(machine, Report("так"))
    send(machine, Report(LONG))

    assert {size for path, size in machine.calls if path == "/api/envelopes"} == {32 + 16_384}


@settings(max_examples=50)
@given(st.text(max_size=30_000), st.text(st.characters(exclude_categories=[]), max_size=50))
def test_any_text_is_cut_into_pieces_that_fit(text: str, odd: str) -> None:
    bodies = bodies_of(Report(text + odd), attachments=())

    joined = "".join(body.text for body in bodies)
    assert len(joined.encode()) >= len(text.encode()) - 10
    assert all(len(body.text.encode()) <= CAPACITY - 2_100 for body in bodies)


def test_an_attachment_arrives_as_it_was(machine: SimulatedFront, tmp_path: Path) -> None:
    file = tmp_path / "фото.jpg"
    file.write_bytes(b"\xff\xd8" + b"photo" * 200_000)
    send(machine, Report("see", attachments=(file,)))
    (announced,) = SimulatedDesk(machine).collect()[0].body.attachments
    sink = io.BytesIO()

    opened = open_attachment(
        io.BytesIO(machine.attachment(announced.id)), sink, identity=machine.desk
    )

    assert sink.getvalue() == file.read_bytes()
    assert (announced.name, announced.type) == ("фото.jpg", "image/jpeg")
    assert (opened.id, opened.sha256, opened.size) == (
        announced.id,
        announced.sha256,
        announced.size,
    )


def test_an_upload_that_is_cut_off_goes_on(machine: SimulatedFront, tmp_path: Path) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(b"x" * 1_000_000)
    machine.failures = [0] * 5 + [500, 502, 0, 503, 500]

    send(machine, Report("see", attachments=(file,)))

    (announced,) = SimulatedDesk(machine).collect()[0].body.attachments
    assert len(machine.attachment(announced.id)) == announced.chunks * 262_144


def test_the_receipt_is_not_lost_when_the_upload_fails(
    machine: SimulatedFront, tmp_path: Path
) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(b"x")
    machine.failures = [0] * 5 + [500] * 20

    with pytest.raises(PartlySent) as raised:
        send(machine, Report("see", attachments=(file,)))

    (message,) = SimulatedDesk(machine).collect()
    assert raised.value.sent.mailbox == message.place.mailbox


def test_the_week_turning_while_she_writes_seals_anew(machine: SimulatedFront) -> None:
    machine.accepted = Epoch(WEEK + 1)
    late = NOW.replace(day=22, hour=23)

    send_report(Report("x"), front=machine.front(), sending=Sending(late))

    assert SimulatedDesk(machine).collect()[0].place.epoch == WEEK + 1


def test_a_clock_beyond_the_border_of_the_week_still_sends(machine: SimulatedFront) -> None:
    machine.is_new = True
    ahead = NOW.replace(day=23, hour=1)

    send_report(Report("x"), front=machine.front(), sending=Sending(ahead))

    assert SimulatedDesk(machine).collect()[0].place.epoch == WEEK


def test_nothing_is_sealed_to_a_recipient_that_nobody_stands_behind(
    machine: SimulatedFront,
) -> None:
    machine.front().close()
    with pytest.raises(NoRecipient):
        send_report(Report("x"), front=machine.front(), sending=Sending(NOW.replace(year=2027)))
    assert machine.envelopes == {}


def test_a_passing_failure_is_tried_again(machine: SimulatedFront) -> None:
    machine.lost = 2

    send(machine, Report("x"))

    assert len(SimulatedDesk(machine).collect()) == 1


def test_a_front_that_stays_away_is_said_so(machine: SimulatedFront) -> None:
    machine.lost = 100

    with pytest.raises(FrontAway):
        send(machine, Report("x"))


def test_a_full_front_is_said_so_at_once(machine: SimulatedFront) -> None:
    machine.failures = [0, 0, 507]

    with pytest.raises(FrontFull):
        send(machine, Report("x"))
    assert [path for path, _ in machine.calls].count("/api/envelopes") == 1


@pytest.mark.parametrize("report", [Report(), Report(" \n ")])
def test_nothing_is_not_sent(machine: SimulatedFront, report: Report) -> None:
    with pytest.raises(NothingToSend):
        send(machine, report)
    assert machine.calls == []


def test_six_attachments_are_refused_before_anything_is_sent(
    machine: SimulatedFront, tmp_path: Path
) -> None:
    with pytest.raises(TooManyAttachments):
        send(machine, Report("x", attachments=(tmp_path / "a",) * 6))
    assert machine.calls == []


@pytest.mark.parametrize(
    ("size", "error"), [(0, EmptyAttachment), (room_of(256) + 1, AttachmentTooLarge)]
)
def test_an_unsendable_attachment_is_refused_before_anything_is_sent(
    machine: SimulatedFront, tmp_path: Path, size: int, error: type[Exception]
) -> None:
    file = tmp_path / "a"
    with file.open("wb") as sparse:
        sparse.truncate(size)

    with pytest.raises(error):
        send(machine, Report("x", attachments=(file,)))
    assert machine.calls == []


def test_a_missing_attachment_is_said_without_its_name(
    machine: SimulatedFront, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableAttachment) as raised:
        send(machine, Report("x", attachments=(tmp_path / "secret",)))
    assert "secret" not in str(raised.value)


def test_an_endless_answer_does_not_fill_the_memory(machine: SimulatedFront) -> None:
    machine.published_instead = b"x" * 9_000_000

    with pytest.raises(OddAnswer):
        send(machine, Report("x"))
