"""A chat is judged in her browser: nothing is asked of anyone, and the command says the same."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.conftest import ready
from tests.journeys.exports import DEMANDS, telegram

MOMENT_MS = 150
CHECK_EXPORT = """async (text) => {
    const name = performance.getEntriesByType("resource").map((one) => one.name)
        .find((name) => name.includes("/check."));
    const check = await import(name);
    return check.checkExport(new TextEncoder().encode(text), "result.json");
}"""


@pytest.fixture
def check_page(page: Page, front: str) -> Page:
    ready(page, f"{front}/uk/check/")
    expect(page.locator("#check-pasted")).to_be_enabled()
    page.wait_for_load_state("networkidle")
    return page


def paste(page: Page, text: str) -> None:
    page.locator("#pasted").fill(text)
    page.locator("#check-pasted").click()


def test_an_export_is_answered_with_words_steps_and_advice(
    check_page: Page, tmp_path: Path
) -> None:
    check_page.locator("#export").set_input_files(telegram(tmp_path))

    expect(check_page.locator('.answer[data-band="stop"]')).to_be_visible()
    expect(check_page.locator("mark").first).to_be_visible()
    expect(check_page.locator(".ladder")).to_be_visible()
    expect(check_page.get_by_role("heading", name="Що робити зараз")).to_be_visible()
    expect(check_page.get_by_text("Джерело: ").first).to_be_visible()
    expect(check_page.get_by_text("не вініть його")).to_be_visible()


def test_no_request_is_made_during_a_check(check_page: Page, tmp_path: Path) -> None:
    requests: list[str] = []
    check_page.on("request", lambda request: requests.append(request.url))

    check_page.locator("#export").set_input_files(telegram(tmp_path))
    check_page.locator(".answer").wait_for()
    check_page.get_by_role("button", name="Перевірити щось інше").click()
    paste(check_page, "Нікому не кажіть")
    check_page.locator(".answer").wait_for()

    assert requests == []


def test_page_and_command_say_the_same(check_page: Page, tmp_path: Path) -> None:
    export = telegram(tmp_path)
    command = [sys.executable, "-m", "oberih.cli", "check", "--page", str(export), "--json"]

    said = subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603  # our own command
    shown: list[str] = check_page.evaluate(CHECK_EXPORT, export.read_text())

    assert said.returncode == 1
    assert [json.loads(line) for line in shown] == [
        json.loads(line) for line in said.stdout.splitlines()
    ]


def test_a_harmless_text_is_never_called_safe(check_page: Page) -> None:
    paste(check_page, "Привіт, я вже біля вокзалу, купи хліба")

    expect(check_page.locator('.answer[data-band="none"]')).to_contain_text("не означає")


def test_the_marked_words_are_the_right_ones_after_an_emoji(check_page: Page) -> None:
    paste(check_page, "🦔🦔 " + ". ".join(DEMANDS))

    expect(check_page.locator("mark").first).to_have_text(re.compile("^[А-ЯІа-яі]"))


def test_a_parcel_puts_life_before_every_explanation(check_page: Page) -> None:
    paste(
        check_page, "Заберіть пакунок біля пошти і перенесіть до вокзалу, тоді чоловік подзвонить"
    )

    first = check_page.locator("#result > *").first
    expect(first).to_have_class("danger")


def test_words_of_despair_bring_a_line_to_call(check_page: Page) -> None:
    paste(check_page, "Я не хочу більше жити")

    expect(check_page.locator('#result a[href="tel:0800332029"]')).to_be_visible()


def test_a_call_is_judged_by_what_she_ticks(check_page: Page) -> None:
    check_page.locator("#call summary").click()
    for code in ("q-captor", "q-secret", "q-positions"):
        check_page.locator(f'input[value="{code}"]').check()

    check_page.locator("#check-call").click()

    expect(check_page.locator('.answer[data-band="stop"]')).to_be_visible()


def test_she_chooses_what_goes_from_the_check_into_the_report(
    check_page: Page, tmp_path: Path
) -> None:
    check_page.locator("#export").set_input_files(telegram(tmp_path))
    check_page.locator("#carry").click()
    check_page.get_by_role("radio", name="Лише позначені").check()

    check_page.get_by_role("button", name="Переглянути й надіслати").click()

    shown = check_page.locator("#summary").inner_text()
    assert "Розмова: повідомлень" in shown
    assert "повідомлень 60" not in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "немає текстових повідомлень"),
        (b"PK\x03\x04" + b"\0" * 5000, "Це архів"),
        (b'{"name": "A", "messages": [{"id": 1, "te', "обірваний"),
        (bytes(range(256)) * 40, "не схожий на збережену розмову"),
    ],
    ids=["empty", "archive", "cut off", "no export"],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    check_page: Page, content: bytes, said: str
) -> None:
    file: FilePayload = {"name": "chat", "mimeType": "", "buffer": content}

    check_page.locator("#export").set_input_files([file])

    expect(check_page.locator("#reading")).to_contain_text(said)


def test_a_file_above_the_limit_is_refused_unread(check_page: Page, tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(3 * 1024**3)

    check_page.locator("#export").set_input_files(huge)

    expect(check_page.locator("#reading")).to_contain_text("більший за 100 МБ")


def test_ten_thousand_messages_do_not_freeze_the_page(check_page: Page, tmp_path: Path) -> None:
    began: float = check_page.evaluate("performance.now()")

    check_page.locator("#export").set_input_files(telegram(tmp_path, messages=10_000))
    check_page.locator(".answer").wait_for()

    took: float = check_page.evaluate("performance.now()") - began
    assert took < 10_000


def test_two_hundred_messages_take_a_moment_on_a_slow_phone(
    check_page: Page, tmp_path: Path
) -> None:
    export = telegram(tmp_path, messages=200).read_text()
    check_page.evaluate(CHECK_EXPORT, export)
    slow = check_page.context.new_cdp_session(check_page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})

    took: list[float] = [
        check_page.evaluate(
            f"async text => {{ const began = performance.now(); await ({CHECK_EXPORT})(text);"
            " return performance.now() - began; }",
            export,
        )
        for _time in range(3)
    ]

    assert min(took) <= MOMENT_MS, took


def test_a_long_chat_shows_how_far_it_is_and_can_be_stopped(
    check_page: Page, tmp_path: Path
) -> None:
    check_page.locator("#export").set_input_files(telegram(tmp_path, messages=100_000))
    expect(check_page.locator("#reading progress[value]")).to_be_visible(timeout=60_000)

    check_page.get_by_role("button", name="Зупинити").click()

    expect(check_page.locator("#reading")).to_contain_text("Зупинено")
    check_page.locator("#export").set_input_files(telegram(tmp_path))
    expect(check_page.locator(".answer")).to_be_visible()


def test_who_is_me_is_asked_once_and_never_guessed(check_page: Page) -> None:
    lines = f"20.11.26, 10:01 - Олег: привіт\n20.11.26, 10:02 - Оля: {DEMANDS[-1]}\n"
    file: FilePayload = {"name": "a.txt", "mimeType": "text/plain", "buffer": lines.encode()}
    check_page.locator("#export").set_input_files([file])

    check_page.get_by_role("button", name="Оля").click()

    expect(check_page.locator('.answer[data-band="none"]')).to_be_visible()


def test_who_is_in_no_chat_says_so(check_page: Page) -> None:
    paste(check_page, f"Олег: привіт\nОля: {DEMANDS[-1]}\nОлег: так")

    check_page.get_by_role("button", name="Мене серед них немає").click()

    expect(check_page.locator(".answer")).to_be_visible()
