"""A lead sees one handler's work on one page: found from the bar, by keys, in both languages."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

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
CAMPAIGN = re.compile(r"/campaigns/[a-z2-7]{8}/$")


@pytest.fixture(scope="module")
def lead(browser: Browser, demo: Demo) -> Cookies:
    return signed_in(browser, demo, link=demo.links[1])


@pytest.fixture(scope="module")
def officer(browser: Browser, demo: Demo) -> Cookies:
    return signed_in(browser, demo, link=demo.links[0])


@pytest.fixture
def page(browser: Browser, lead: Cookies) -> Iterator[Page]:
    with lead.window(browser, viewport=SIZES["desktop"]) as opened:
        speak(opened, lead.desk, language="uk")
        yield opened


def addresses(page: Page, desk: str) -> list[str]:
    """Return the list, the demo's campaign with its numbers, and a group without a name."""
    page.goto(f"{desk}/campaigns/")
    named = page.locator("section[aria-labelledby=named-title] a").first.get_attribute("href") or ""
    group = page.locator("section[aria-labelledby=groups-title] a").first.get_attribute("href")
    return ["/campaigns/", named, f"{named}?pick=2", f"{named}identifiers/", group or ""]


def open_campaign(page: Page, desk: str) -> None:
    page.goto(desk)
    page.get_by_role("link", name="Кампанії").first.click()
    page.locator("section[aria-labelledby=named-title] a").first.click()
    page.wait_for_url(CAMPAIGN)


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_no_page_of_campaigns_has_a_barrier(
    size: str, language: str, browser: Browser, lead: Cookies
) -> None:
    found = {}
    with lead.window(browser, viewport=SIZES[size]) as page:
        speak(page, lead.desk, language=language)
        for address in addresses(page, lead.desk):
            page.goto(lead.desk + address)
            found[address] = (barriers(page), is_wider(page), written_in_page(page))

    assert {one: what for one, what in found.items() if what != ([], False, 0)} == {}


@pytest.mark.parametrize("where", ["tr#row-2 td a", ".graph a[href^='?pick=2#']"])
def test_one_choice_marks_table_graph_days_and_map(where: str, page: Page, lead: Cookies) -> None:
    open_campaign(page, lead.desk)

    page.locator(where).first.click()

    expect(page.locator("tr.picked")).to_have_id("row-2")
    expect(page.locator(".graph circle.picked")).to_have_count(1)
    expect(page.locator(".days rect.picked")).to_have_count(1)
    assert page.locator(".tiles g.picked").count() <= 1
    assert page.locator(".tiles g").count() == 27


@pytest.mark.parametrize("where", [".days a", ".tiles a"])
def test_a_day_or_a_region_marks_its_contacts_everywhere(
    where: str, page: Page, lead: Cookies
) -> None:
    open_campaign(page, lead.desk)

    page.locator(where).first.click()
    page.wait_for_url(re.compile(r"\?(day|region)="))

    chosen = page.locator("tr.picked").count()
    assert chosen >= 1
    expect(page.locator(".graph circle.picked")).to_have_count(chosen)
    expect(page.locator(".days rect.picked, .tiles g.picked").first).to_be_visible()


def test_what_all_say_is_grey_and_what_each_fills_in_is_marked(page: Page, lead: Cookies) -> None:
    open_campaign(page, lead.desk)

    said = page.locator(".said-alike li")
    expect(said.locator("mark", has_text="чоловіком")).to_have_count(1)
    expect(said.locator("mark", has_text="сином")).to_have_count(1)
    expect(said.first.locator("span", has_text="одній камері")).to_be_visible()


def test_an_alert_and_the_list_are_the_next_acts(page: Page, lead: Cookies) -> None:
    open_campaign(page, lead.desk)

    page.keyboard.press("w")
    page.wait_for_url(re.compile("/alerts/new/"))
    page.go_back()
    page.get_by_role("link", name="Внести ці ідентифікатори").click()

    expect(page.locator("fieldset")).to_contain_text("+380500000001")


def test_a_case_leads_to_its_campaign_by_one_key(page: Page, lead: Cookies) -> None:
    open_campaign(page, lead.desk)
    page.locator(".contacts td:nth-child(3) a").first.click()
    page.locator("#case[data-case]").wait_for()

    page.keyboard.press("l")

    page.wait_for_url(CAMPAIGN)


def test_an_officer_sees_the_campaign_and_judges_nothing(
    browser: Browser, officer: Cookies
) -> None:
    with officer.window(browser, viewport=SIZES["desktop"]) as page:
        speak(page, officer.desk, language="uk")
        open_campaign(page, officer.desk)

        expect(page.locator(".contacts code").first).to_be_visible()
        expect(page.locator(".verdicts")).to_have_count(0)


def test_the_pages_ask_nobody_else(page: Page, lead: Cookies) -> None:
    trouble = Trouble(lead.desk)
    trouble.watch(page.context)

    for address in addresses(page, lead.desk):
        page.goto(lead.desk + address, wait_until="networkidle")

    assert (trouble.errors, trouble.strangers) == ([], [])
