"""What she does on the report page, step by step."""

from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.conftest import ready


def write(page: Page, front: str, *, story: str, files: list[Path] | None = None) -> None:
    """Fill in the report up to the last step, without sending it."""
    ready(page, f"{front}/uk/report/")
    page.get_by_role("button", name="Почати").click()
    page.locator("#words-of-it").fill(story)
    page.get_by_role("button", name="Далі").click()
    page.locator("#files").set_input_files(files or [])
    page.get_by_role("button", name="Далі").click()
    page.get_by_role("button", name="Далі").click()


def send(page: Page, front: str, *, story: str, files: list[Path] | None = None) -> list[str]:
    """Send a report and return the ten words that the page shows."""
    write(page, front, story=story, files=files)
    page.locator("#send").click()
    page.locator("#words li").nth(9).wait_for()
    return page.locator("#words li span").all_inner_texts()


def open_conversation(page: Page, front: str, words: list[str]) -> None:
    """Type the words on the conversation page and wait until it is open."""
    try_words(page, front, " ".join(words))
    page.locator("#conversation h1").wait_for()


def try_words(page: Page, front: str, typed: str) -> None:
    """Type words on the conversation page, right or wrong."""
    ready(page, f"{front}/uk/conversation/")
    page.locator("#receipt").fill(typed)
    page.locator("#open").click()
