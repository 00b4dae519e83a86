"""What she asks for on the page of notices goes sealed; a push service comes after her yes."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from oberih.crypto.message import ReportKind, ReportMessage
from oberih.crypto.webpush import text_of
from tests.journeys.conftest import PHONE, Stand, axe, ready

NUMBER = "+380 50 000 00 77"
POINT = text_of(b"\x04" + bytes(range(64)))
ADDRESS = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/invented",
    "keys": {"auth": text_of(bytes(16)), "p256dh": POINT},
}
SIMULATED = f"""
PushManager.prototype.subscribe = async function (options) {{
    window.asked = options.applicationServerKey;
    return {{ toJSON: () => ({json.dumps(ADDRESS)}) }};
}};
"""


@pytest.fixture
def notices(stand: Stand) -> Stand:
    """Return the stand with a key for reminders published."""
    stand.operator.write("push.json", json.dumps({"key": POINT, "v": 1}).encode())
    return stand


@pytest.fixture
def simulated(browser: object) -> Iterator[Page]:
    """Return a page in whose browser a push service would answer with an invented address."""
    context: BrowserContext = browser.new_context(viewport=PHONE)  # type: ignore[attr-defined]  # a Browser
    context.add_init_script(SIMULATED)
    context.add_init_script(axe())
    yield context.new_page()
    context.close()


def wished(stand: Stand, word: str) -> ReportMessage:
    """Return a collected wish that begins with the word; the order in which they come is none."""
    found = stand.operator.collect(stand.courier)
    mine = [one for one in found if one.body.kind is ReportKind.SUBSCRIBE]
    return next(one for one in mine if one.body.text.startswith(word))


def ask_for_sms(page: Page, stand: Stand) -> None:
    ready(page, f"{stand.front}/uk/notices/")
    page.locator("#number").fill(NUMBER)
    page.locator("#where").select_option("UA-32")
    page.locator("#free").check()
    page.locator("[data-wish=SMS]").click()
    expect(page.locator("#wished")).to_be_visible()


def test_a_number_leaves_the_device_sealed_and_belongs_to_no_report(
    page: Page, notices: Stand
) -> None:
    bodies: list[bytes] = []
    page.on("request", lambda request: bodies.append(request.post_data_buffer or b""))

    ask_for_sms(page, notices)

    wish = wished(notices, "SMS")
    assert not [one for one in bodies if b"0000077" in one or b"000 00 77" in one]
    assert (wish.body.text, wish.body.region) == (f"SMS {NUMBER}", "UA-32")
    assert wish.first is not None


def test_without_her_statement_nothing_is_sent(page: Page, notices: Stand) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    ready(page, f"{notices.front}/uk/notices/")
    page.locator("#number").fill(NUMBER)

    page.locator("[data-wish=SMS]").click()

    expect(page.locator("#wished")).to_be_hidden()
    assert not [url for url in sent if "/api/envelopes" in url]


def test_one_press_deletes_the_number(page: Page, notices: Stand) -> None:
    ready(page, f"{notices.front}/uk/notices/")
    page.locator("#number").fill(NUMBER)

    page.locator("[data-wish=STOP]").click()
    expect(page.locator("#wished")).to_be_visible()

    assert wished(notices, "STOP").body.text == f"STOP {NUMBER}"


def test_the_worker_comes_only_after_she_agreed_and_controls_no_page(
    simulated: Page, notices: Stand
) -> None:
    asked: list[str] = []
    simulated.context.on("request", lambda request: asked.append(request.url))
    ready(simulated, f"{notices.front}/uk/notices/")
    before = [url for url in asked if "/worker." in url]

    simulated.locator("#free-push").check()
    simulated.locator("[data-wish=PUSH]").click()
    expect(simulated.locator("#wished")).to_be_visible()

    assert before == []
    assert simulated.evaluate("window.asked") == POINT
    assert simulated.evaluate("navigator.serviceWorker.controller") is None
    wish = json.loads(wished(notices, "PUSH").body.text.removeprefix("PUSH "))
    assert wish["endpoint"] == ADDRESS["endpoint"]


def test_the_page_asks_no_third_party_for_anything(simulated: Page, notices: Stand) -> None:
    asked: list[str] = []
    simulated.context.on("request", lambda request: asked.append(request.url))

    ready(simulated, f"{notices.front}/uk/notices/")
    simulated.locator("#free-push").check()
    simulated.locator("[data-wish=PUSH]").click()
    expect(simulated.locator("#wished")).to_be_visible()

    assert {url.split("/")[2] for url in asked} == {notices.front.split("/")[2]}


def test_without_her_statement_no_push_service_is_asked(simulated: Page, notices: Stand) -> None:
    ready(simulated, f"{notices.front}/uk/notices/")

    simulated.locator("[data-wish=PUSH]").click()

    expect(simulated.locator("#wished")).to_be_hidden()
    assert simulated.evaluate("window.asked === undefined")


def test_leaving_takes_the_worker_away(simulated: Page, notices: Stand) -> None:
    ready(simulated, f"{notices.front}/uk/notices/")
    simulated.locator("#free-push").check()
    simulated.locator("[data-wish=PUSH]").click()
    expect(simulated.locator("#wished")).to_be_visible()

    simulated.goto(f"{notices.front}/uk/leave/")

    simulated.wait_for_function(
        "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)"
    )


@pytest.mark.parametrize("language", ["uk", "en", "ru"])
def test_the_page_with_reminders_has_no_barrier(
    simulated: Page, notices: Stand, language: str
) -> None:
    ready(simulated, f"{notices.front}/{language}/notices/")

    found = simulated.evaluate("axe.run(document)")

    assert [one["id"] for one in found["violations"]] == []
