"""Promises of keeping: attachments re-sealed, a backup before the front forgets, one collector."""

from collections.abc import Callable

import pytest
from desk_cast import Attach, Desk, Family

from oberih.alerts.selectors import public
from oberih.crypto.message import Attachment
from oberih.desk import bookkeeping
from oberih.desk.attachments import content_of
from oberih.desk.courier import is_backup_due
from oberih.desk.front_calls import CollectedAttachment, FencedOff
from oberih.desk.models import Attachment as Kept

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG not really a picture, but a stranger's bytes" * 20_000


@pytest.fixture
def photo(desk: Desk, olha: Family, attach: Attach) -> Attachment:
    """Return an attachment that lies whole at the front, announced in a report."""
    announced, sealed = attach(PICTURE)
    olha.send("з фото", attachments=(announced,))
    collected = CollectedAttachment(olha.keys.mailbox, announced.id, announced.chunks)
    desk.front.attachments[announced.id] = (collected, sealed)
    return announced


@pytest.mark.usefixtures("photo")
def test_an_attachment_is_kept_resealed_and_opens_again(desk: Desk) -> None:
    desk.turn()

    row = Kept.objects.get()
    folder = desk.data / "attachments"
    assert row.state == "stored"
    assert b"a stranger" not in (folder / row.pk).read_bytes()
    assert content_of(row, folder=folder) == PICTURE


def test_a_fetch_that_was_cut_off_goes_on_where_it_stopped(desk: Desk, photo: Attachment) -> None:
    incoming = desk.data / "attachments" / "incoming"
    incoming.mkdir(parents=True)
    sealed = desk.front.attachments[photo.id][1]
    (incoming / photo.id).write_bytes(sealed[: 262_144 + 1_000])

    desk.turn()

    assert Kept.objects.get().state == "stored"
    assert desk.front.asked[0] == 1


def test_an_attachment_that_is_not_the_announced_one_is_refused(
    desk: Desk, photo: Attachment
) -> None:
    collected, sealed = desk.front.attachments[photo.id]
    desk.front.attachments[photo.id] = (collected, sealed[:-1] + b"\x00")

    desk.turn()

    assert Kept.objects.get().state == "refused"
    assert list((desk.data / "attachments").glob("[0-9a-f]*")) == []


def test_an_attachment_that_nobody_announced_blocks_nothing_for_long(
    desk: Desk, photo: Attachment
) -> None:
    desk.front.envelopes.clear()
    desk.turn()
    assert photo.id not in desk.front.filed

    desk.later(days=3)
    desk.turn()

    assert photo.id in desk.front.filed


def test_a_backup_is_due_when_something_waits_for_it(desk: Desk, olha: Family) -> None:
    assert not is_backup_due(now=desk.now)

    olha.send()
    desk.turn()

    assert is_backup_due(now=desk.now)


def test_what_was_filed_while_the_backup_ran_is_not_told_as_backed_up(
    desk: Desk, family: Callable[[], Family]
) -> None:
    family().send()
    desk.turn()
    covered = bookkeeping.to_back_up()
    family().send()
    desk.turn()

    bookkeeping.mark_backed_up(covered, now=desk.now)
    desk.courier.settle()

    assert len(desk.front.envelopes) == 1


def test_the_second_desk_is_fenced_off_until_a_person_decides(desk: Desk, olha: Family) -> None:
    olha.send()
    desk.front.stored_fence = 7

    with pytest.raises(FencedOff):
        desk.turn()

    assert desk.courier.take_over() == 8
    desk.turn()
    assert len(desk.front.filed) == 1


def test_recipients_of_five_weeks_and_the_roots_word_are_published(desk: Desk) -> None:
    desk.turn()

    recipients = [path for path in desk.front.published if path.startswith("recipients/")]
    assert len(recipients) == 5
    assert "delegations.note" in desk.front.published


def test_what_did_not_change_is_published_once(desk: Desk) -> None:
    desk.turn()
    desk.front.published.clear()

    desk.turn()

    assert desk.front.published == {}


def test_an_empty_list_of_alerts_is_published_too(desk: Desk) -> None:
    desk.turn()

    assert public() == []
    assert desk.front.published["alerts.atom"].startswith(b"<?xml")
