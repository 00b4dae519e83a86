"""A complaint looks to the front like any message, and opens for the auditor alone."""

from playwright.sync_api import Page, Request, expect

from oberih.crypto.age import open_sealed
from oberih.crypto.complaint import sealed_words
from oberih.crypto.message import ReplyBody, ReplyKind, ReportKind
from tests.journeys.conftest import Stand
from tests.journeys.test_report_reaches_the_desk import reply_to, sealed, the_report
from tests.journeys.test_the_conversation_is_hers import start, written_to

SAID = "Черговий питав, де ми живемо"


def complain(page: Page, text: str = SAID) -> None:
    """Write a complaint and wait until it is sent."""
    page.locator("#complaint").fill(text)
    page.locator("#complain").click()
    expect(page.get_by_text("Запечатано й надіслано")).to_be_visible()


def shapes(asked: list[Request]) -> list[tuple[str, str, int]]:
    """Return what a front sees of requests: method, address, length."""
    return [
        (one.method, one.url, len(one.post_data_buffer or b""))
        for one in asked
        if "/api/" in one.url or "/published/" in one.url
    ]


def test_the_auditor_opens_it_and_the_desk_finds_it_sealed(page: Page, stand: Stand) -> None:
    mailbox, verify = start(page, stand, story="Про чергового")

    complain(page)

    (sent,) = [
        one.body
        for one in written_to(stand, mailbox=mailbox, verify=verify)
        if one.body.kind is ReportKind.COMPLAINT
    ]
    opened = open_sealed(sealed_words(sent), identity=stand.operator.auditor).decode()
    assert opened.rstrip("\n") == f"oberih/1/complaint\n{mailbox}\n\n{SAID}"


def test_the_front_sees_the_same_as_for_a_note(page: Page, stand: Stand) -> None:
    start(page, stand, story="Однаковий вигляд")
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one))  # noqa: PLW0108  # Playwright marks what it calls

    page.locator("#answer").fill("Звичайне слово")
    page.locator("#write").click()
    page.locator(".entry.mine", has_text="Звичайне слово").wait_for()
    page.wait_for_load_state("networkidle")
    noted = shapes(asked)
    asked.clear()
    complain(page)
    page.wait_for_load_state("networkidle")

    assert shapes(asked) == noted


def test_her_conversation_shows_neither_it_nor_the_receipt_for_it(page: Page, stand: Stand) -> None:
    start(page, stand, story="Нічого не видно")
    before = page.locator(".entry").all_inner_texts()
    report = the_report(stand, story="Нічого не видно")
    assert report.first is not None
    receipt = reply_to(report, body=ReplyBody(ReplyKind.RECEIVED))
    answer = sealed(receipt, report=report, mac=report.first.mac)
    stand.operator.deliver(stand.courier, sealed=answer)

    complain(page)

    assert page.locator(".entry").all_inner_texts() == before


def test_what_she_writes_after_it_follows_what_she_wrote_before(page: Page, stand: Stand) -> None:
    mailbox, verify = start(page, stand, story="Перше перед скаргою")

    complain(page)
    page.locator("#answer").fill("Друге після скарги")
    page.locator("#write").click()
    page.locator(".entry.mine", has_text="Друге після скарги").wait_for()

    hers = written_to(stand, mailbox=mailbox, verify=verify)
    first, second = (one for one in hers if one.body.kind is not ReportKind.COMPLAINT)
    assert (second.place.sequence, second.place.previous) == (2, first.digest)


def test_what_she_has_begun_to_write_back_stays(page: Page, stand: Stand) -> None:
    start(page, stand, story="Два поля")
    page.locator("#answer").fill("Ще не надіслано")

    complain(page)

    expect(page.locator("#answer")).to_have_value("Ще не надіслано")
    expect(page.locator("#complaint")).to_have_value("")
