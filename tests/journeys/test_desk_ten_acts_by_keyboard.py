"""The acts of every shift without a mouse: undo, many at once, filters, own views, the palette."""

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
        opened.goto(f"{lead.desk}/?view=open")
        yield opened


def open_first(page: Page) -> str:
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator("#case[data-case]").wait_for()
    return page.locator("#case").get_attribute("data-case") or ""


def test_done_goes_back_within_thirty_seconds_by_z(page: Page) -> None:
    case = open_first(page)
    page.keyboard.press("e")
    expect(page.locator("#rows")).not_to_contain_text(case)
    expect(page.locator(".undo")).to_contain_text(case)

    page.keyboard.press("z")

    expect(page.locator("#rows")).to_contain_text(case)


def test_many_are_chosen_by_x_and_taken_from_the_palette(page: Page) -> None:
    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.locator("[data-chosen]")).to_have_text("2")
    page.keyboard.press("Control+k")
    page.keyboard.type("Мені")
    page.keyboard.press("Enter")
    expect(page.locator(".undo")).to_contain_text("2 справи")

    page.keyboard.press("z")

    expect(page.locator(".undo")).to_have_count(0)


def test_the_palette_finds_a_page_by_a_few_letters_and_says_no_to_none(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("такого немає")
    expect(page.locator("#commands li")).to_have_count(0)
    page.keyboard.press("Control+a")
    page.keyboard.type("доступ")
    page.keyboard.press("Enter")

    page.wait_for_url("**/access/")


def test_filters_are_kept_as_a_view_that_a_number_opens(page: Page, lead: Cookies) -> None:
    page.keyboard.press("f")
    page.locator("select[name=band]").select_option("stop")
    page.locator(".narrow button").first.press("Enter")
    page.wait_for_url("**band=stop**")
    page.locator("input[name=name]").fill("Вимоги")
    page.locator("input[name=name]").press("Enter")
    expect(page.locator(".views")).to_contain_text("Вимоги")
    page.goto(f"{lead.desk}/?view=closed")

    page.keyboard.press("6")

    page.wait_for_url("**band=stop**")


def test_a_search_in_another_form_of_the_word_finds_it(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("номером")
    page.keyboard.press("Enter")

    expect(page.locator("#rows a.open").first).to_be_visible()


def test_two_at_one_case_are_told_of_each_other(
    page: Page, browser: Browser, demo: Demo, lead: Cookies
) -> None:
    officer = signed_in(browser, demo, link=demo.links[0])

    with officer.window(browser, viewport={"width": 1440, "height": 900}) as other:
        other.goto(f"{lead.desk}/")
        case = open_first(other)
        page.goto(f"{lead.desk}/cases/{case}/")

        expect(page.locator("#others")).to_be_visible()


def test_the_next_case_is_there_before_it_is_asked_for(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.headers.get("x-ahead", "")))

    with page.expect_response(lambda one: "x-ahead" in one.request.headers) as ahead:
        open_first(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")

    expect(page.locator("#case")).to_have_attribute("data-case", ahead.value.url.split("/")[4])
