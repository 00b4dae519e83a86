"""What the scripts draw is as reachable as what the server sends, in every language."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import axe, ready
from tests.journeys.exports import telegram

LANGUAGES = ("uk", "en", "ru")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
EVERY_STEP = ("story", "files", "about", "send")


@pytest.fixture
def checked(context: BrowserContext) -> Page:
    context.add_init_script(axe())
    return context.new_page()


def barriers(page: Page) -> list[tuple[str, str]]:
    page.evaluate("scrollTo(0, 0)")  # the way out floats above whatever is scrolled under it
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in found["violations"]]


def go(page: Page, step: str) -> None:
    page.locator(f'section:not([hidden]) > .go [data-go="{step}"]').first.click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_a_report(checked: Page, front: str, language: str, scheme: str) -> None:
    checked.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two words
    ready(checked, f"{front}/{language}/report/")
    found = {}

    for step in EVERY_STEP:
        go(checked, step)
        found[step] = barriers(checked)
    checked.locator("#send").click()
    checked.locator("#trouble:not([hidden])").wait_for()
    found["trouble"] = barriers(checked)

    assert found == {step: [] for step in (*EVERY_STEP, "trouble")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_and_the_open_conversation(checked: Page, front: str, language: str) -> None:
    checked.on("dialog", lambda dialog: dialog.accept())
    ready(checked, f"{front}/{language}/report/")
    go(checked, "story")
    checked.locator("#words-of-it").fill("Щось сталося")
    go(checked, "send")
    checked.locator("#send").click()
    checked.locator("#words li").nth(9).wait_for()
    at_the_words = barriers(checked)
    words = " ".join(checked.locator("#words li span").all_inner_texts())
    ready(checked, f"{front}/{language}/conversation/")
    checked.locator("#receipt").fill(words)
    checked.locator("#open").click()
    checked.locator("#answer").wait_for()

    assert (at_the_words, barriers(checked)) == ([], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_of_a_check(checked: Page, front: str, language: str, scheme: str) -> None:
    checked.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two words
    ready(checked, f"{front}/{language}/check/")
    checked.locator("#call summary").click()
    with_questions = barriers(checked)

    checked.locator("#pasted").fill("Заберіть пакунок і перенесіть, інакше його будуть бити")
    checked.locator("#check-pasted").click()
    checked.locator(".answer").wait_for()

    assert (with_questions, barriers(checked)) == ([], [])


def test_the_offer_of_the_chat(checked: Page, front: str, tmp_path: Path) -> None:
    ready(checked, f"{front}/uk/check/")
    checked.locator("#export").set_input_files(telegram(tmp_path))
    checked.locator("#carry").click()

    assert barriers(checked) == []
