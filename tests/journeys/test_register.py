"""The register in the browser: tracing finds a person, and no page has a barrier."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.demo import Demo
from tests.journeys.on_duty import Cookies, barriers, is_wider, signed_in, speak, written_in_page

SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 360, "height": 740}}
WAYS = ("", "overdue/", "lists/", "lists/1/", "sources/", "people/new/")


@pytest.fixture(scope="module")
def tracing(browser: Browser, demo: Demo) -> Cookies:
    link = Path(demo.data / "tracing-link").read_text().strip()
    return signed_in(browser, demo, link=link)


@pytest.fixture(params=[(size, language) for size in SIZES for language in ("uk", "en")], ids=str)
def page(browser: Browser, tracing: Cookies, request: pytest.FixtureRequest) -> Iterator[Page]:
    size, language = request.param
    with tracing.window(browser, viewport=SIZES[size]) as opened:
        speak(opened, tracing.desk, language=language)
        yield opened


def look_for(page: Page, name: str, *, desk: str) -> None:
    page.goto(f"{desk}/register/")
    page.locator("main input[name=name]").fill(name)
    page.locator("main form.find button").click()


def test_a_person_is_found_in_other_letters_and_named_in_no_address(
    page: Page, tracing: Cookies
) -> None:
    look_for(page, "Hnatiuk Ostap", desk=tracing.desk)

    expect(page.locator(".people a").first).to_contain_text("Гнатюк Остап Богданович")
    assert "Hnatiuk" not in page.url


def test_no_page_of_the_register_has_a_barrier(page: Page, tracing: Cookies) -> None:
    look_for(page, "Гнатюк", desk=tracing.desk)
    person = page.locator(".people a").first.get_attribute("href") or ""
    found = {}

    for address in [*(f"/register/{one}" for one in WAYS), person]:
        page.goto(tracing.desk + address)
        found[address] = (barriers(page), is_wider(page), written_in_page(page))

    assert {one: what for one, what in found.items() if what != ([], False, 0)} == {}
