"""Reply templates without a mouse: two colons, a few letters, Enter; what is open is selected."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.demo import Demo
from tests.journeys.on_duty import Cookies, signed_in


@pytest.fixture(scope="module")
def lead(browser: Browser, demo: Demo) -> Cookies:
    return signed_in(browser, demo, link=demo.links[1])


@pytest.fixture
def page(browser: Browser, lead: Cookies) -> Iterator[Page]:
    with lead.window(browser, viewport={"width": 1440, "height": 900}) as opened:
        opened.goto(f"{lead.desk}/?view=open&band=warning")
        opened.keyboard.press("j")
        opened.keyboard.press("Enter")
        opened.locator("#case[data-case] #reply-text").wait_for()
        opened.on("dialog", lambda asked: asked.accept())
        yield opened


def test_two_colons_open_the_templates_and_enter_puts_one_in(page: Page) -> None:
    page.keyboard.press("r")
    page.keyboard.type("::")
    expect(page.locator("#template-menu li").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    chosen = page.locator('#template-menu [aria-selected="true"]').get_attribute("data-text")

    page.keyboard.press("Enter")

    expect(page.locator("#reply-text")).to_have_value(chosen or "nothing was chosen")
    expect(page.locator("#template-menu")).to_be_hidden()


def test_what_has_to_be_filled_in_is_selected_and_typing_replaces_it(page: Page) -> None:
    page.keyboard.press("r")
    page.keyboard.type("::consent")
    page.keyboard.press("Enter")

    page.keyboard.type("поліції")

    text = page.locator("#reply-text").input_value()
    assert "поліції" in text
    assert text.count("[[") == 1


def test_a_preview_shows_the_reply_and_sends_nothing(page: Page) -> None:
    page.keyboard.press("r")
    page.keyboard.type("::later")
    page.keyboard.press("Enter")
    page.locator("button[formaction]").press("Enter")

    expect(page.locator(".preview-reply .bubble")).to_be_visible()
    expect(page.locator(".take-back")).to_have_count(0)
