"""Both boards are read from the last count; what changes is said, and counted by the worker."""

from datetime import timedelta

import pytest
from desk_cast import Browse
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from register_cast import Cast

from oberih.register.boards import count, count_when_changed, counted
from oberih.register.models import FindingRow, OverdueRow
from oberih.register.states import EventType, PersonId

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BOARDS = ("desk:register-overdue", "desk:register-fits")


def confirmed(register: Cast) -> PersonId:
    """Return somebody confirmed a month ago whose family was not told: on both boards."""
    person = register.person("Гнатюк", "Остап")
    day = register.now.date() - timedelta(days=30)
    register.event(person, EventType.CONFIRMED, learned_on=day, place="СІЗО-2")
    return person


@pytest.mark.parametrize("board", BOARDS)
def test_a_change_shows_after_the_worker_s_turn(register: Cast, browse: Browse, board: str) -> None:
    browser, now = browse(register.tracing), register.now
    count(now=now)
    person = confirmed(register)
    before = browser.get(reverse(board)).content.decode()

    assert count_when_changed(now=now + timedelta(seconds=1))
    after = browser.get(reverse(board)).content.decode()

    assert (person in before, person in after) == (False, True)
    assert ("Відтоді щось змінилося" in before, "Відтоді щось" in after) == (True, False)


@pytest.mark.parametrize("board", BOARDS)
def test_a_board_never_counted_does_not_say_that_nothing_is_there(
    register: Cast, browse: Browse, board: str
) -> None:
    confirmed(register)

    shown = browse(register.tracing).get(reverse(board)).content.decode()

    assert "Ще не пораховано" in shown
    assert "Нічого не прострочено" not in shown
    assert "Станом на" not in shown


def test_what_is_over_leaves_the_boards(register: Cast) -> None:
    person = confirmed(register)
    count(now=register.now)
    before = OverdueRow.objects.count(), FindingRow.objects.count()
    register.event(person, EventType.FAMILY_NOTIFIED)

    count(now=register.now)

    assert min(before) >= 1
    assert not OverdueRow.objects.filter(rule="tell-the-family").exists()
    assert not FindingRow.objects.filter(rule="D7").exists()


def test_nothing_is_counted_while_nothing_changes(register: Cast) -> None:
    confirmed(register)
    count(now=register.now)

    assert not count_when_changed(now=register.now + timedelta(minutes=1))
    assert count_when_changed(now=register.now + timedelta(hours=1))


def test_a_new_day_makes_a_count_old(register: Cast) -> None:
    count(now=register.now)
    today = localdate(register.now)

    assert counted(today=today).is_current
    assert not counted(today=today + timedelta(days=1)).is_current


def test_a_new_person_makes_a_count_old(register: Cast) -> None:
    count(now=register.now)
    register.person("Гнатюк")

    assert not counted(today=localdate(register.now)).is_current


@pytest.mark.parametrize("board", BOARDS)
def test_a_look_asks_no_more_for_many(register: Cast, browse: Browse, board: str) -> None:
    browser, asked = browse(register.tracing), list[int]()
    browser.get(reverse(board))
    for _ in range(2):
        for _ in range(3):
            confirmed(register)
        count(now=register.now)
        with CaptureQueriesContext(connection) as found:
            browser.get(reverse(board))
        asked.append(len(found))

    assert asked[0] == asked[1] <= 40
