"""Promises of file names: a hostile one neither turns the line round nor breaks it."""

import pytest
from desk_cast import Attach, Browse, Desk, Family
from django.urls import reverse

from oberih.desk.models import Attachment, Case
from oberih.desk.printing import queue_lines
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HOSTILE = "photo\u202egnp\u2066.exe\r\n<b>\x1b[31m"
SHOWN = "photognp.exe<b>[31m"


@pytest.fixture
def attachment(desk: Desk, olha: Family, attach: Attach) -> Attachment:
    """Return what the desk keeps of a file with a hostile name."""
    announced, _sealed = attach(b"not a picture", HOSTILE)
    olha.send("з файлом", attachments=(announced,))
    desk.turn()
    return Attachment.objects.get()


def test_the_desk_keeps_only_what_may_be_shown(attachment: Attachment) -> None:
    assert attachment.name == SHOWN


@pytest.mark.parametrize("page", ["case", "attachment"])
def test_no_page_shows_its_control_signs(
    attachment: Attachment, officer: Member, browse: Browse, page: str
) -> None:
    subject = Case.objects.get().pk if page == "case" else attachment.pk

    shown = browse(officer).get(reverse(f"desk:{page}", args=[subject])).content.decode()

    assert "<bdi>photognp.exe&lt;b&gt;[31m</bdi>" in shown
    assert not {"\u202e", "\u2066", "\x1b"} & set(shown)


def test_the_printed_queue_gives_no_orders_to_the_terminal(desk: Desk, olha: Family) -> None:
    olha.send("\x1b]0;title\x07\x1b[2J\u202eтекст")
    desk.turn()

    printed = "".join(queue_lines(now=desk.now, width=80))

    assert "текст" in printed
    assert not {"\x1b", "\x07", "\u202e"} & set(printed)
