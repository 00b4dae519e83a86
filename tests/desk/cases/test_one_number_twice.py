"""Promises of numbers: the first message of a number stands, another one is shown as refused."""

import pytest
from desk_cast import Attach, Browse, Desk, Family
from django.urls import reverse
from django.utils import translation

from oberih.crypto.message import ReportKind
from oberih.desk.case_page import case_page
from oberih.desk.courier_models import HeldEnvelope, Taken
from oberih.desk.models import Case, Conversation, Message
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SENTENCE = "two different messages with one number"


def again(olha: Family) -> None:
    """Let her next message have the first one's number."""
    olha.sequence, olha.previous = 0, ""


@pytest.fixture
def twice(desk: Desk, olha: Family) -> Family:
    """Return somebody who sent two different messages with one number."""
    olha.send("Перше слово")
    desk.turn()
    again(olha)
    olha.send("Інше слово")
    desk.turn()
    return olha


@pytest.mark.usefixtures("twice")
def test_an_officer_sees_that_the_second_was_refused_and_none_of_its_words(
    desk: Desk, officer: Member
) -> None:
    with translation.override("en"):
        page = case_page(Case.objects.get().pk, by=officer, now=desk.now)

    notices = [notice for item in page.thread for notice in item.notices]
    texts = [piece.text for item in page.thread for piece in item.pieces]
    assert [SENTENCE in notice for notice in notices] == [True]
    assert "Перше слово" in texts
    assert "Інше слово" not in texts


@pytest.mark.usefixtures("twice")
def test_the_page_says_so(officer: Member, browse: Browse) -> None:
    case = Case.objects.get().pk

    page = browse(officer).get(reverse("desk:case", args=[case])).content.decode()

    assert SENTENCE in page or "одним номером" in page
    assert "Інше слово" not in page


@pytest.mark.usefixtures("twice")
def test_the_second_is_kept_nowhere(desk: Desk) -> None:
    assert Message.objects.filter(direction="report").count() == 1
    assert not HeldEnvelope.objects.exists()
    assert Taken.objects.filter(outcome="number twice").count() == 1
    assert desk.front.filed == set(desk.front.envelopes)


def test_the_same_words_on_another_day_are_no_second_message(desk: Desk, olha: Family) -> None:
    olha.send("Одне й те саме")
    desk.turn()
    again(olha)
    olha.send("Одне й те саме", region="UA-30")

    desk.turn()

    assert Taken.objects.filter(outcome="repeated").count() == 1


def test_other_files_make_it_another_message(desk: Desk, olha: Family, attach: Attach) -> None:
    olha.send("фото")
    desk.turn()
    again(olha)
    olha.send("фото", attachments=(attach(b"a picture")[0],))

    desk.turn()

    assert Taken.objects.filter(outcome="number twice").count() == 1


@pytest.mark.parametrize("wish", [{"not_alone": True}, {"kind": ReportKind.STOP_WRITING}])
def test_the_wish_not_to_be_written_to_counts_even_then(
    desk: Desk, olha: Family, wish: dict[str, object]
) -> None:
    olha.send("Перше слово")
    desk.turn()
    again(olha)
    olha.send("Перше слово", **wish)

    desk.turn()

    assert not Conversation.objects.get().may_be_written


def test_another_move_with_the_first_one_s_number_moves_nothing(desk: Desk, olha: Family) -> None:
    olha.send("", kind=ReportKind.MOVE, move_to="a" * 64)
    desk.turn()
    again(olha)
    olha.send("", kind=ReportKind.MOVE, move_to="b" * 64)

    desk.turn()

    assert Conversation.objects.get().moved_to == "a" * 64
    assert Taken.objects.filter(outcome="number twice").count() == 1
