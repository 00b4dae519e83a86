"""Proposed links in the browser: compared by keyboard, decided by a person, without a barrier."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import wait_until
from tests.journeys.demo import Demo
from tests.journeys.on_duty import Cookies, barriers, is_wider, signed_in, speak, written_in_page

SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 360, "height": 740}}
TURNS = 60


@pytest.fixture(scope="module")
def tracing(browser: Browser, demo: Demo) -> Cookies:
    link = Path(demo.data / "tracing-link").read_text().strip()
    return signed_in(browser, demo, link=link)


@pytest.fixture(params=[(size, language) for size in SIZES for language in ("uk", "en")], ids=str)
def page(browser: Browser, tracing: Cookies, request: pytest.FixtureRequest) -> Iterator[Page]:
    size, language = request.param
    with tracing.window(browser, viewport=SIZES[size]) as opened:
        speak(opened, tracing.desk, language=language)
        opened.goto(f"{tracing.desk}/register/links/?state=proposed")
        wait_until(lambda: are_proposed(opened), seconds=TURNS)
        yield opened


def are_proposed(page: Page) -> bool:
    page.reload()
    return bool(page.locator(".people a").count() or page.get_by_text(": 1").count())


def kept(page: Page, name: str) -> None:
    """Keep a picture where somebody asked for them."""
    folder = os.environ.get("OBERIH_PICTURES")
    if folder:
        size = (page.viewport_size or {})["width"]
        lang = page.locator("html").get_attribute("lang")
        page.screenshot(path=f"{folder}/{name}-{size}-{lang}.png", full_page=True)


def test_links_are_compared_without_a_barrier(page: Page) -> None:
    found = [(barriers(page), is_wider(page), written_in_page(page))]
    kept(page, "links")
    page.locator(".people a").first.click()
    expect(page.locator("svg.waterfall")).to_be_visible()
    kept(page, "link")

    found.append((barriers(page), is_wider(page), written_in_page(page)))

    assert found == [([], False, 0)] * 2


def test_a_link_is_judged_by_keyboard_and_taken_back(page: Page, tracing: Cookies) -> None:
    page.keyboard.press("l")
    page.wait_for_url("**/register/links/*/")
    address = page.url

    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != address)
    page.goto(address)
    page.keyboard.press("t")
    page.wait_for_url(f"{tracing.desk}/register/links/")

    expect(page.locator(f'.people a[href="{address.removeprefix(tracing.desk)}"]')).to_be_visible()
