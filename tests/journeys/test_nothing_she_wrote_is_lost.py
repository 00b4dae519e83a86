"""A failed send, a step back, a reload: her words stay on the page until they are sealed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from oberih.core.time import now
from tests.journeys.conftest import Stand, ready, running
from tests.journeys.operator import Operator
from tests.journeys.steps import send, try_words, write

STORY = "Слова, які не можна загубити"
SMALLEST_DISK = 2_048_000


@pytest.fixture
def full_front(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run a front whose disk is full after a few dozen reports, and fill it."""
    monkeypatch.setenv("OBERIH_FRONT_DISK", str(SMALLEST_DISK))
    operator = Operator.found(tmp_path)
    operator.publish()
    with running("front", operator=operator) as address:
        yield address


def test_going_back_keeps_every_step(page: Page, front: str, tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"1234")
    write(page, front, story=STORY, files=[picture])

    for _step in range(3):
        page.get_by_role("button", name="Назад").click()

    expect(page.locator("#words-of-it")).to_have_value(STORY)
    expect(page.locator("#chosen")).to_contain_text("a.png")


def test_without_a_connection_she_keeps_her_words_and_sends_later(page: Page, front: str) -> None:
    write(page, front, story=STORY)
    page.context.set_offline(offline=True)
    page.locator("#send").click()
    expect(page.locator("#trouble")).to_contain_text("Немає з’єднання")

    page.context.set_offline(offline=False)
    page.locator("#send").click()

    expect(page.locator("#words li")).to_have_count(10)


def test_a_full_mailbox_is_said_and_nothing_is_lost(page: Page, full_front: str) -> None:
    refused = page.locator("#trouble").get_by_text("переповнена")

    for _report in range(40):
        write(page, full_front, story=STORY)
        page.locator("#send").click()
        expect(page.locator("#words").or_(refused)).to_be_visible()
        if refused.is_visible():
            break
        page.on("dialog", lambda dialog: dialog.accept())

    expect(refused).to_be_visible()
    expect(page.locator("#words-of-it")).to_have_value(STORY)


def test_a_week_that_ended_meanwhile_is_sealed_anew(page: Page, stand: Stand) -> None:
    write(page, stand.front, story=STORY)
    sent: list[int] = []
    note = stand.operator.folder / f"front/published/recipients/{stand.operator.epoch}.note"

    def refuse_first(route: Route) -> None:
        sent.append(len(route.request.post_data_buffer or b""))
        if len(sent) > 1:
            return route.continue_()
        body = {"error": "epoch", "recipient": note.read_text(), "sentence": ""}
        return route.fulfill(status=409, json=body)

    page.route("**/api/envelopes", refuse_first)
    page.locator("#send").click()

    expect(page.locator("#trouble")).to_contain_text("Немає чинного ключа")


def test_reload_asks_first(page: Page, front: str) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    write(page, front, story=STORY)
    page.on("dialog", stay)
    page.evaluate("setTimeout(() => location.reload())")
    page.wait_for_timeout(500)

    assert asked == ["beforeunload"]
    expect(page.locator("#words-of-it")).to_have_value(STORY)


def test_leaving_without_confirmed_words_asks_once(page: Page, front: str) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    send(page, front, story=STORY)

    page.goto(f"{front}/uk/")

    assert asked == ["beforeunload"]


def test_exit_never_asks(page: Page, front: str) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.route("https://www.meteo.gov.ua/**", lambda route: route.fulfill(body="weather"))
    write(page, front, story=STORY)

    page.locator("#exit").click()
    page.wait_for_url("https://www.meteo.gov.ua/")

    assert asked == []


def test_enter_in_a_field_sends_nothing_and_loses_nothing(page: Page, front: str) -> None:
    write(page, front, story=STORY)
    page.get_by_role("button", name="Назад").click()
    page.locator("#region").fill("Полтавська область")

    page.locator("#region").press("Enter")
    page.get_by_role("button", name="Далі").click()

    expect(page.locator("#summary")).to_contain_text("Полтавська")
    assert page.url == f"{front}/uk/report/"


def test_an_empty_report_is_not_sent(page: Page, front: str) -> None:
    write(page, front, story="   ")

    page.locator("#send").click()

    expect(page.locator("#trouble")).to_contain_text("нема чого надсилати")


def test_an_empty_file_is_named_and_left_out(page: Page, front: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty.ogg"
    empty.touch()

    write(page, front, story=STORY, files=[empty])

    expect(page.locator("#chosen")).to_contain_text("empty.ogg порожній")
    expect(page.locator("#summary")).not_to_contain_text("Файли")


@pytest.mark.parametrize("days", [1, -1], ids=["ahead", "behind"])
def test_a_clock_that_is_a_day_off_still_sends(page: Page, front: str, days: int) -> None:
    page.clock.set_fixed_time(now() + timedelta(days=days))
    write(page, front, story=STORY)

    page.locator("#send").click()

    expect(page.locator("#words")).to_be_visible()


def test_a_clock_far_off_is_named_and_nothing_is_sent(page: Page, front: str) -> None:
    page.clock.set_fixed_time(now() + timedelta(days=40))
    write(page, front, story=STORY)

    page.locator("#send").click()

    expect(page.locator("#trouble")).to_contain_text("Перевірте дату")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("одне два три", "Має бути десять слів. Зараз слів: 3."),
        ("вечір хамелеон джаз гарний жанр зустріч єдиний капуста копито абракадабра", "номером 10"),
        ("вечір " * 10, "Одне зі слів неправильне"),
    ],
    ids=["three words", "mistyped", "not a receipt"],
)
def test_wrong_words_are_answered_with_what_to_do(
    page: Page, front: str, typed: str, said: str
) -> None:
    try_words(page, front, typed)

    expect(page.locator("#receipt-trouble")).to_contain_text(said)


def test_words_without_a_mailbox_look_like_an_empty_one(page: Page, front: str) -> None:
    try_words(page, front, "вечір хамелеон джаз гарний жанр зустріч єдиний капуста копито щупак")

    expect(page.locator("#conversation")).to_contain_text("Тут ще нічого немає")


def test_an_upload_that_was_cut_off_goes_on(page: Page, front: str, tmp_path: Path) -> None:
    voice = tmp_path / "voice.ogg"
    voice.write_bytes(b"\1" * 900_000)
    sent: list[str] = []

    def cut_off_once(route: Route) -> None:
        sent.append("part")
        if len(sent) == 3:
            return route.abort()
        return route.continue_()

    page.route("**/api/attachments/parts", cut_off_once)
    send(page, front, story=STORY, files=[voice])
    page.get_by_role("button", name="Продовжити з файлами").click()

    expect(page.get_by_text("Файли у скриньці.")).to_be_visible()
    assert len(sent) == 5


def test_what_she_pastes_is_text_and_nothing_else(page: Page, front: str) -> None:
    ready(page, f"{front}/uk/check/")
    page.locator("#pasted").fill("Нікому не кажіть <img src=x onerror=alert(1)> про це")

    page.locator("#check-pasted").click()

    expect(page.locator("#result")).to_be_visible()
    assert page.locator("#result img").count() == 0
