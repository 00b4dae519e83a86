"""She asks to read again: the second reader comes only then, is verified, and learns nothing."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.journeys.conftest import axe, ready
from tests.journeys.exports import DEMANDS

BUILT = Path(__file__).resolve().parents[2] / "src" / "oberih" / "front" / "static" / "built"
MANIFEST = json.loads((BUILT / "manifest.json").read_text())
HARMLESS = "Привіт, я вже біля вокзалу, купи хліба"
SCRIPT, FILE = "**/built/second.*.js", "**/built/second.*.bin"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

pytestmark = pytest.mark.skipif("second.js" not in MANIFEST, reason="built without second reader")


@pytest.fixture
def answered(context: BrowserContext, front: str) -> Page:
    """Return a page that answered a harmless text, with axe-core in it."""
    context.add_init_script(axe())
    page = context.new_page()
    ready(page, f"{front}/uk/check/")
    page.wait_for_load_state("networkidle")
    check(page, HARMLESS)
    return page


@pytest.fixture
def requests(answered: Page) -> list[Request]:
    """Note every request from now on, the worker's too."""
    seen: list[Request] = []
    answered.context.on("request", lambda request: seen.append(request))  # noqa: PLW0108  # playwright marks what it is given
    return seen


def check(page: Page, text: str) -> None:
    page.locator("#pasted").fill(text)
    page.locator("#check-pasted").click()
    page.locator(".answer").wait_for()


def held_back(page: Page) -> list[Route]:
    """Keep the answer to the file's request waiting."""
    held: list[Route] = []
    page.route(FILE, lambda route: held.append(route))  # noqa: PLW0108  # playwright marks what it is given
    return held


def test_nothing_of_the_second_reader_is_fetched_before_she_asks(answered: Page) -> None:
    fetched = answered.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")

    assert [name for name in fetched if "second" in name] == []
    expect(answered.locator("#again")).to_have_text(re.compile("завантажить 3 МБ"))


def test_she_taps_and_both_readers_have_read(answered: Page) -> None:
    answered.locator("#again").click()

    expect(answered.locator(".answer #both")).to_contain_text("Прочитано двома читачами")
    expect(answered.locator("#again")).to_have_count(0)
    expect(answered.locator("#result")).to_be_focused()


def test_only_files_are_asked_for_and_nothing_of_the_text(
    answered: Page, requests: list[Request]
) -> None:
    answered.locator("#again").click()
    answered.locator("#both").wait_for()

    ours = {MANIFEST[name]["file"] for name in ("second.js", "second.bin", "check.js")}
    assert {one.url.rpartition("/built/")[2] for one in requests} <= ours
    assert {(one.method, one.post_data) for one in requests} == {("GET", None)}


def test_the_file_is_kept_for_the_next_text(answered: Page, requests: list[Request]) -> None:
    answered.locator("#again").click()
    answered.locator("#both").wait_for()
    requests.clear()

    answered.get_by_role("button", name="Перевірити щось інше").click()
    check(answered, HARMLESS + " і молока")
    answered.locator("#again").click()
    answered.locator("#both").wait_for()

    assert [one.url for one in requests if one.url.endswith(".bin")] == []


@pytest.mark.parametrize("change", [-1, 0, 1], ids=["cut off", "changed", "longer"])
def test_a_changed_file_is_refused_and_the_first_answer_stays(answered: Page, change: int) -> None:
    true = (BUILT / MANIFEST["second.bin"]["file"]).read_bytes()
    false = {-1: true[:-1], 0: true[:-1] + b"\7", 1: true + b"\7"}[change]
    answered.route(FILE, lambda route: route.fulfill(body=false))

    answered.locator("#again").click()

    expect(answered.get_by_role("alert")).to_contain_text("відхилено")
    expect(answered.locator('.answer[data-band="none"]')).to_be_visible()
    expect(answered.locator("#both")).to_have_count(0)


def test_a_changed_script_does_not_run(answered: Page) -> None:
    answered.route(SCRIPT, lambda route: route.fulfill(body="document.title = 'changed'"))

    answered.locator("#again").click()

    expect(answered.locator("#again")).to_contain_text("Немає з’єднання")
    expect(answered).not_to_have_title("changed")


def test_without_a_network_she_is_told_and_taps_again_later(answered: Page) -> None:
    answered.route(FILE, lambda route: route.abort())
    answered.locator("#again").click()
    expect(answered.get_by_role("alert")).to_contain_text("не вдалося завантажити")

    answered.unroute(FILE)
    answered.locator("#again").click()

    expect(answered.locator("#both")).to_be_visible()
    expect(answered.get_by_role("alert")).to_have_count(0)


def test_without_a_network_from_the_first_tap_on_she_taps_again_later(answered: Page) -> None:
    answered.context.set_offline(True)
    answered.locator("#again").click()
    expect(answered.locator("#again")).to_contain_text("Немає з’єднання")

    answered.context.set_offline(False)
    answered.locator("#again").click()

    expect(answered.locator("#both")).to_be_visible()


def test_she_can_stop_it(answered: Page) -> None:
    held_back(answered)
    answered.locator("#again").click()

    answered.get_by_role("button", name="Зупинити").click()

    expect(answered.locator("button#again")).to_be_focused()
    expect(answered.get_by_role("alert")).to_have_count(0)


def test_what_she_opened_meanwhile_is_not_covered(answered: Page) -> None:
    held = held_back(answered)
    answered.locator("#again").click()
    answered.locator("#result progress").wait_for()

    answered.get_by_role("button", name="Перевірити щось інше").click()
    held[0].continue_()
    answered.wait_for_timeout(1_000)

    expect(answered.locator("#result")).to_be_hidden()
    expect(answered.locator("#pasted")).to_be_visible()


def test_the_page_itself_reads_where_workers_cannot_be_had(answered: Page) -> None:
    answered.evaluate("() => { delete window.Worker; }")

    answered.locator("#again").click()

    expect(answered.locator("#both")).to_be_visible()


def test_a_raised_answer_and_ticked_answers_offer_nothing(answered: Page) -> None:
    answered.get_by_role("button", name="Перевірити щось інше").click()
    check(answered, ". ".join(DEMANDS))
    expect(answered.locator('.answer[data-band="stop"]')).to_be_visible()
    expect(answered.locator("#again")).to_have_count(0)

    answered.get_by_role("button", name="Перевірити щось інше").click()
    answered.locator("#call summary").click()
    answered.locator("#check-call").click()

    expect(answered.locator('.answer[data-band="none"]')).to_be_visible()
    expect(answered.locator("#again")).to_have_count(0)


def test_no_step_has_a_barrier(answered: Page) -> None:
    held = held_back(answered)
    answered.locator("#again").click()
    answered.locator("#result progress").wait_for()
    during = answered.evaluate("rules => axe.run(document, rules)", RULES)["violations"]

    held[0].abort()
    answered.get_by_role("alert").wait_for()
    after = answered.evaluate("rules => axe.run(document, rules)", RULES)["violations"]

    assert [one["id"] for one in [*during, *after]] == []
