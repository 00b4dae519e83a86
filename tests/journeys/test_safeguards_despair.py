"""Words of despair, hers too, bring someone to call; nothing is judged, sent or kept by that."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import ready
from tests.journeys.steps import open_conversation, send, write

DESPAIR = "Я більше не хочу жити"
LINE = 'a[href="tel:0800332029"]'


def test_despair_in_her_own_story_brings_a_line_to_call(page: Page, front: str) -> None:
    write(page, front, story=DESPAIR)

    expect(page.locator("#story > .despair")).to_be_visible()
    expect(page.locator(f"#story > .despair {LINE}")).to_be_visible()


def test_the_line_stays_when_the_report_is_sent(page: Page, front: str) -> None:
    send(page, front, story=DESPAIR)

    expect(page.locator(f"#story > .despair {LINE}")).to_be_visible()


def test_an_ordinary_story_is_left_alone(page: Page, front: str) -> None:
    write(page, front, story="Мені написав незнайомець про чоловіка")

    expect(page.locator("#summary")).to_be_visible()
    expect(page.locator(".despair")).to_have_count(0)


def test_despair_in_the_conversation_brings_a_line_to_call(page: Page, front: str) -> None:
    words = send(page, front, story="Мені пишуть")
    open_conversation(page, front, words)
    page.locator("#answer").fill(DESPAIR)
    page.locator("#answer").blur()

    expect(page.locator(f"#conversation > .despair {LINE}")).to_be_visible()


def test_noticing_despair_sends_nothing(page: Page, front: str) -> None:
    ready(page, f"{front}/uk/report/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Почати").click()
    page.locator("#words-of-it").fill(DESPAIR)
    page.locator("#words-of-it").blur()

    expect(page.locator("#story > .despair")).to_be_visible()
    assert asked == []


def test_after_a_check_the_line_stands_before_the_answer(page: Page, front: str) -> None:
    ready(page, f"{front}/uk/check/")
    page.locator("#pasted").fill(DESPAIR)
    page.locator("#check-pasted").click()

    expect(page.locator("#result .note + .answer")).to_be_visible()
