"""A shift without a mouse: every act by its key, on any layout, and ten seconds to think again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.demo import Demo
from tests.journeys.on_duty import Cookies, signed_in

LETTERS = {"j": "о", "r": "к", "n": "т", "u": "г", "a": "ф"}
LATIN, UKRAINIAN = "latin", "ukrainian"


@pytest.fixture(scope="module")
def officer(browser: Browser, demo: Demo) -> Cookies:
    return signed_in(browser, demo, link=demo.links[0])


@pytest.fixture
def page(browser: Browser, officer: Cookies) -> Iterator[Page]:
    with officer.window(browser, viewport={"width": 1440, "height": 900}) as opened:
        opened.goto(officer.desk)
        yield opened


def press(page: Page, key: str, *, layout: str = LATIN) -> None:
    """Press the key at this place; on the Ukrainian layout another letter stands on it."""
    letter = key if layout == LATIN else LETTERS[key]
    event = {"key": letter, "code": f"Key{key.upper()}", "bubbles": True, "cancelable": True}
    page.evaluate(
        "event => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', event))", event
    )


def open_second(page: Page) -> str:
    """Go to the second case by keys and open it; return its number."""
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator("#case[data-case]").wait_for()
    return page.locator("#case").get_attribute("data-case") or ""


def test_j_k_and_enter_open_a_case_beside_the_queue_and_u_goes_back(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")

    expect(page.locator("#case h1 code")).to_have_text(
        page.locator("#rows .row code").first.inner_text()
    )
    page.keyboard.press("u")
    expect(page.locator("#case.empty")).to_be_visible()


@pytest.mark.parametrize("layout", [LATIN, UKRAINIAN])
def test_the_keys_are_places_so_that_any_layout_works(page: Page, layout: str) -> None:
    press(page, "j", layout=layout)
    page.keyboard.press("Enter")
    page.locator("#case[data-case]").wait_for()
    press(page, "r", layout=layout)

    expect(page.locator(".reply textarea")).to_be_focused()
    page.keyboard.press("Escape")
    press(page, "n", layout=layout)
    expect(page.locator(".internal-note textarea")).to_be_focused()


def test_a_takes_the_case(page: Page) -> None:
    open_second(page)

    page.keyboard.press("a")

    expect(page.locator(".head .state")).to_contain_text("Оксана Дубова")


def test_ctrl_enter_sends_and_z_takes_it_back_within_ten_seconds(page: Page) -> None:
    open_second(page)
    page.keyboard.press("r")
    page.keyboard.insert_text("Ми з вами.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".item.desk", has_text="Ми з вами.")).to_be_visible()
    expect(page.locator(".take-back [data-countdown]")).not_to_be_empty()

    page.keyboard.press("z")

    expect(page.locator(".take-back [data-countdown]")).to_have_count(0)


def test_a_note_stays_inside_and_says_so(page: Page) -> None:
    open_second(page)
    page.keyboard.press("n")
    page.keyboard.insert_text("Передзвонити завтра")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".item.internal", has_text="Передзвонити завтра")).to_contain_text(
        "ВНУТРІШНЄ"
    )


def test_e_closes_the_case_and_goes_back_to_the_queue(page: Page) -> None:
    page.goto(page.url + "?view=open")
    page.locator("#rows a.open").last.click()
    page.locator("#case[data-case]").wait_for()
    case = page.locator("#case").get_attribute("data-case") or ""

    page.keyboard.press("e")

    expect(page.locator("#case.empty")).to_be_visible()
    expect(page.locator("#rows")).not_to_contain_text(case)


def test_question_mark_shows_the_sheet_and_slash_searches(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#sheet")).to_be_visible()
    page.keyboard.press("Escape")

    page.keyboard.press("/")

    expect(page.locator("#search")).to_be_focused()


def test_escape_twice_blurs_the_screen_until_a_key(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("body.blurred")).to_be_attached()

    page.keyboard.press("j")

    expect(page.locator("body.blurred")).not_to_be_attached()
