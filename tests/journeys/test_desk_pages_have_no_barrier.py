"""Every page of the desk: no barrier, no noise, nothing of anybody else's, in both languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.demo import Demo
from tests.journeys.on_duty import (
    Cookies,
    Trouble,
    barriers,
    is_wider,
    signed_in,
    speak,
    written_in_page,
)

SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 360, "height": 740}}
MISSING = ("/cases/AAAA-AAAA/", "/nowhere/")


@pytest.fixture(scope="module")
def lead(browser: Browser, demo: Demo) -> Cookies:
    return signed_in(browser, demo, link=demo.links[1])


@pytest.fixture(params=[(size, language) for size in SIZES for language in ("uk", "en")], ids=str)
def page(browser: Browser, lead: Cookies, request: pytest.FixtureRequest) -> Iterator[Page]:
    size, language = request.param
    with lead.window(browser, viewport=SIZES[size]) as opened:
        speak(opened, lead.desk, language=language)
        yield opened


def addresses(page: Page) -> list[str]:
    """Return the desk's pages, with one case and one alert among them."""
    case = page.locator("#rows a.open").first.get_attribute("href") or ""
    page.goto(page.url.split("/cases")[0].rstrip("/") + "/alerts/")
    alert = page.locator(".alerts li a").first.get_attribute("href") or ""
    draft = f"/alerts/new/?case={case.split('/')[2]}"
    own = page.locator(".menu-card a").first.get_attribute("href") or ""
    ways = [one.get_attribute("href") or "" for one in page.locator(".bar nav a").all()]
    calls = ["/calls/papers/?forms=3", "/calls/out-of-hours/"]
    return [*ways, *calls, "/?view=closed", "/?q=nothing-like-it", case, alert, draft, own]


def test_no_page_has_a_barrier_or_is_wider_than_the_screen(page: Page, lead: Cookies) -> None:
    found = {}

    for address in [*addresses(page), *MISSING]:
        page.goto(lead.desk + address)
        found[address] = (barriers(page), is_wider(page), written_in_page(page))

    assert {one: what for one, what in found.items() if what != ([], False, 0)} == {}


def test_no_page_asks_anybody_else_or_complains(page: Page, lead: Cookies) -> None:
    trouble = Trouble(lead.desk)
    trouble.watch(page.context)

    for address in addresses(page):
        page.goto(lead.desk + address, wait_until="networkidle")

    assert (trouble.errors, trouble.strangers) == ([], [])


def test_a_browser_that_asks_for_an_icon_gets_one(page: Page, lead: Cookies) -> None:
    assert page.request.get(f"{lead.desk}/favicon.ico").ok
