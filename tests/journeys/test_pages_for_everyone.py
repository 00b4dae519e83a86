"""Every page in every language can be read, reached and left by everyone."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.journeys.conftest import axe, ready

LANGUAGES = ("uk", "en", "ru")
PAGES = (
    "",
    "check/",
    "lookup/",
    "report/",
    "conversation/",
    "warnings/",
    "notices/",
    "numbers/",
    "prepare/",
    "leave/",
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FIRST_VIEW = 30 * 1024
IN_ALL = 200 * 1024
every_page = pytest.mark.parametrize("place", PAGES)
every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def checked(context: BrowserContext) -> Page:
    """Return a page with axe-core in it, under the page's own strict policy."""
    context.add_init_script(axe())
    return context.new_page()


@every_language
@every_page
def test_page_has_no_barrier(checked: Page, front: str, language: str, place: str) -> None:
    ready(checked, f"{front}/{language}/{place}")

    found: dict[str, Any] = checked.evaluate("rules => axe.run(document, rules)", RULES)

    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found["violations"]] == []


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_page_has_no_barrier_at_night(checked: Page, front: str, scheme: str) -> None:
    checked.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two words
    ready(checked, f"{front}/uk/report/")

    found: dict[str, Any] = checked.evaluate("rules => axe.run(document, rules)", RULES)

    assert [one["id"] for one in found["violations"]] == []


@pytest.mark.parametrize("width", [320, 360, 1280])
@every_page
def test_nothing_runs_out_of_the_window(page: Page, front: str, place: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    ready(page, f"{front}/uk/{place}")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@every_page
def test_text_is_large_and_targets_can_be_hit(page: Page, front: str, place: str) -> None:
    ready(page, f"{front}/uk/{place}")

    small = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((one) => {
            const box = one.getBoundingClientRect();
            if (box.width === 0 || one.closest(".skip, svg")) return false;
            const texts = [...one.childNodes].filter((node) => node.nodeType === 3);
            const reads = texts.some((node) => node.data.trim());
            if (reads && parseFloat(getComputedStyle(one).fontSize) < 18) return true;
            const inText = one.matches("p a, li a, dd a") && !one.matches("[class], nav a");
            return one.matches("a, button, summary, textarea, input") && !inText &&
                !one.closest(".tick") && Math.round(box.height) < 44;
        }).map((one) => one.outerHTML.slice(0, 100))"""
    )

    assert small == []


def test_every_page_fetches_the_same_files(page: Page, front: str) -> None:
    fetched: dict[str, set[str]] = {}
    for place in PAGES:
        seen: set[str] = set()
        note = lambda request, seen=seen: seen.add(request.url)  # noqa: E731
        page.on("request", note)
        ready(page, f"{front}/uk/{place}")
        page.remove_listener("request", note)
        fetched[place] = {url for url in seen if "/static/" in url or "/published/" in url}

    assert len({frozenset(urls) for urls in fetched.values()}) == 1


def test_first_view_takes_three_requests(page: Page, front: str) -> None:
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))  # noqa: PLW0108  # playwright marks what it is given

    page.goto(f"{front}/uk/", wait_until="domcontentloaded")

    assert len(requests) == 3


@every_page
def test_page_is_light_on_the_wire(page: Page, front: str, place: str) -> None:
    ready(page, f"{front}/uk/{place}")

    weights: dict[str, int] = page.evaluate(
        """() => Object.fromEntries(["navigation", "resource"]
            .flatMap((kind) => performance.getEntriesByType(kind))
            .map((one) => [one.name, one.encodedBodySize]))"""
    )
    ours = {name: size for name, size in weights.items() if "/published/" not in name}
    first = [name for name in ours if "/static/" not in name or "/page." in name]

    assert sum(ours[name] for name in first) <= FIRST_VIEW
    assert sum(ours.values()) <= IN_ALL


def test_exit_blanks_the_page_and_leaves_no_way_back(page: Page, front: str) -> None:
    page.goto("about:blank")
    ready(page, f"{front}/uk/report/")
    page.route("https://www.meteo.gov.ua/**", lambda route: route.fulfill(body="weather"))

    page.locator("#exit").click()
    page.wait_for_url("https://www.meteo.gov.ua/")

    assert page.evaluate("history.length") == 2


def test_three_times_shift_is_the_same_way_out(page: Page, front: str) -> None:
    ready(page, f"{front}/uk/check/")
    page.route("https://www.meteo.gov.ua/**", lambda route: route.fulfill(body="weather"))
    page.locator("#pasted").fill("something told")

    for _press in range(3):
        page.keyboard.press("Shift")

    page.wait_for_url("https://www.meteo.gov.ua/")


def test_internal_links_leave_no_trace_in_the_history(page: Page, front: str) -> None:
    ready(page, f"{front}/uk/")
    before = page.evaluate("history.length")

    page.locator(".ways a").first.click()
    page.wait_for_url("**/uk/check/")

    assert page.evaluate("history.length") == before


def test_first_tab_skips_and_second_leaves(page: Page, front: str) -> None:
    ready(page, f"{front}/uk/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Tab")

    expect(page.locator("#exit")).to_be_focused()


def test_nothing_is_kept_in_the_browser(page: Page, front: str) -> None:
    ready(page, f"{front}/uk/report/")

    kept = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")

    assert kept == ["", 0, 0]
