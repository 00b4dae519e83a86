"""From a dropped chat to a human answer, through every real process of one machine."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import free_port, ready, wait_until
from tests.journeys.exports import telegram
from tests.journeys.steps import open_conversation, send
from tests.journeys.whole import Whole, up

ONE_TURN_MS = 40_000
ANSWER = "Добрий день. Нічого не фотографуйте й не відповідайте йому. Ми з вами."
SAME_NUMBER = "Дзвонили з номера +380 50 111 22 33, просили зняти блокпост"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    folder = tmp_path_factory.mktemp("whole-way")
    with up(folder, ports=[free_port() for _ in range(4)]) as running:
        yield running


def queue(whole: Whole) -> list[dict[str, Any]]:
    done = whole.run("desk", "queue", "--json")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def send_what_the_check_saw(page: Page, whole: Whole, *, folder: Path) -> list[str]:
    """Drop the export, go on to the report with it, attach a voice and a picture, send."""
    voice, picture = folder / "voice.ogg", folder / "screen.png"
    voice.write_bytes(os.urandom(12 * 1024 * 1024))
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(200_000))
    ready(page, f"{whole.front}/uk/check/")
    page.locator("#export").set_input_files(telegram(folder))
    page.locator("#carry").click()
    page.get_by_role("button", name="Далі").click()
    page.locator("#files").set_input_files([voice, picture])
    page.get_by_role("button", name="Далі").click()
    page.get_by_role("button", name="Далі").click()
    page.locator("#send").click()
    page.locator("#words li").nth(9).wait_for(timeout=60_000)
    return page.locator("#words li span").all_inner_texts()


def test_a_dropped_chat_comes_back_as_a_human_answer(
    page: Page, whole: Whole, tmp_path: Path
) -> None:
    words = send_what_the_check_saw(page, whole, folder=tmp_path)
    expect(page.get_by_text("Файли у скриньці.")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Повідомлення в чергових.")).to_be_visible(timeout=ONE_TURN_MS)
    [case] = [one for one in queue(whole) if one["band"] == "stop"]
    answered = whole.run("desk", "reply", case["case"], "--text", "-", given=ANSWER)
    assert answered.returncode == 0, answered.stderr
    page.on("dialog", lambda dialog: dialog.accept())

    def is_answered() -> bool:
        open_conversation(page, whole.front, words)
        return page.get_by_text(ANSWER).count() == 1

    wait_until(is_answered)

    assert (case["route"], case["stage"]) == ("coercion", 6)


def test_a_second_family_with_the_same_number_is_counted_on_both(page: Page, whole: Whole) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    for _family in range(2):
        send(page, whole.front, story=SAME_NUMBER)

    def counted() -> list[int]:
        cases = [one for one in queue(whole) if "phone:+380501112233" in one["identifiers"]]
        return [one["same_identifier_cases"] for one in cases]

    wait_until(lambda: len(counted()) == 2)

    assert len(set(counted())) == 1
    assert counted()[0] >= 1


def test_a_note_written_later_joins_the_same_case(page: Page, whole: Whole) -> None:
    words = send(page, whole.front, story="Спершу це")
    expect(page.get_by_text("Повідомлення в чергових.")).to_be_visible(timeout=ONE_TURN_MS)
    before = len(queue(whole))
    page.on("dialog", lambda dialog: dialog.accept())

    open_conversation(page, whole.front, words)
    page.locator("#answer").fill("А потім ще дзвонили з +380 67 000 11 22")
    page.locator("#write").click()

    def has_arrived() -> bool:
        return any("phone:+380670001122" in one["identifiers"] for one in queue(whole))

    wait_until(has_arrived)
    assert len(queue(whole)) == before
