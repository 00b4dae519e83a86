"""What each role sees, how a picture is shown, what a locked ring does, a page without scripts."""

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import wait_until
from tests.journeys.demo import Demo
from tests.journeys.on_duty import Cookies, signed_in
from tests.journeys.whole import run

CASE = re.compile(r"/cases/[A-Z0-9]{4}-[A-Z0-9]{4}/")
FAMILIES = re.compile(r"^(\d*[02-9]?1 родина|\d*[2-4] родини|\d*[05-9] родин)$")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}
SEES = {
    "analyst": {"queue": True, "case": False, "/alerts/": True, "/acts/": False},
    "auditor": {"queue": False, "case": False, "/alerts/": False, "/acts/": True},
    "admin": {"queue": False, "case": False, "/alerts/": False, "/acts/": False},
}


@pytest.fixture(scope="module")
def officer(browser: Browser, demo: Demo) -> Cookies:
    return signed_in(browser, demo, link=demo.links[0])


@pytest.fixture
def page(browser: Browser, officer: Cookies) -> Iterator[Page]:
    with officer.window(browser, viewport={"width": 1440, "height": 900}) as opened:
        opened.goto(officer.desk)
        yield opened


def picture() -> bytes:
    """Return a small striped PNG, made by hand."""
    rows = b"".join(b"\0" + bytes([255 * (row // 8 % 2)] * 64 * 3) for row in range(64))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def report_with(picture: Path, *, demo: Demo) -> None:
    """Send a report with a file through the real front."""
    words = ("report", "--front", demo.front, "--text", "-", "--attach", str(picture))
    sent = run(*words, data=demo.data, given="Надіслали знімок, ось він.")
    assert sent.returncode == 0, sent.stderr


def member(browser: Browser, demo: Demo, *, role: str) -> Cookies:
    """Invite somebody and let them come in with a passkey of their own."""
    invited = run("desk", "invite", f"Вигадана роль {role}", "--role", role, data=demo.data)
    link = re.search(r"/invitation/\S+", invited.stdout)
    assert link, invited.stderr
    context = browser.new_context(locale="uk-UA")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(demo.desk + link.group())
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(lambda address: "/invitation/" not in address)
    state = context.storage_state()
    context.close()
    return Cookies(demo.desk, state)


@pytest.mark.parametrize("role", sorted(SEES))
def test_each_role_comes_in_by_passkey_and_sees_its_own_pages_only(
    browser: Browser, demo: Demo, page: Page, role: str
) -> None:
    case = page.locator("#rows a.open").first.get_attribute("href") or ""
    cookies = member(browser, demo, role=role)

    with cookies.window(browser) as own:
        seen = {"queue": bool(own.goto(demo.desk) and own.locator("#rows").count())}
        for name, address in {"case": case, "/alerts/": "/alerts/", "/acts/": "/acts/"}.items():
            answer = own.goto(demo.desk + address)
            seen[name] = bool(answer and answer.ok)

    assert seen == SEES[role]


def test_a_picture_is_blurred_until_asked_and_comes_through_the_sandbox(
    demo: Demo, page: Page, tmp_path: Path
) -> None:
    (tmp_path / "знімок.png").write_bytes(picture())
    report_with(tmp_path / "знімок.png", demo=demo)
    page.goto(f"{demo.desk}/?q=знімок")
    wait_until(lambda: bool(page.reload() and page.locator("#rows a.open").count()))
    page.goto(demo.desk + (page.locator("#rows a.open").first.get_attribute("href") or ""))
    link = page.locator(".file a")
    wait_until(lambda: bool(page.reload() and "на пульті" in page.locator(".file").inner_text()))

    link.click()
    address = page.locator("img.picture").get_attribute("src") or ""
    blurred = page.request.get(demo.desk + address).body()
    page.locator("a.button", has_text="Показати").click()
    clear = page.request.get(demo.desk + (page.locator("img.picture").get_attribute("src") or ""))

    assert "clear" not in address
    assert blurred != clear.body() != picture()
    assert clear.headers["content-type"] == "image/png"


def test_families_are_counted_in_correct_ukrainian(page: Page) -> None:
    counted = page.locator(".families").all_inner_texts()

    assert counted
    assert [one for one in counted if not FAMILIES.match(one)] == []


def test_without_scripts_a_case_is_read_and_answered(browser: Browser, officer: Cookies) -> None:
    with officer.window(browser, java_script_enabled=False) as page:
        page.goto(officer.desk)
        page.locator("#rows a.open").first.click()
        page.wait_for_url(CASE)
        page.locator(".reply textarea").fill("Ми прочитали. Напишіть, коли зможете.")
        page.locator(".reply button.primary").click()

        expect(page.locator(".item.desk", has_text="Ми прочитали.")).to_be_visible()


@pytest.fixture
def locked(demo: Demo) -> Iterator[Demo]:
    """Lock the ring for one test."""
    assert run("desk", "keys", "lock", data=demo.data).returncode == 0
    yield demo
    assert run("desk", "keys", "unlock", data=demo.data).returncode == 0


def test_with_a_locked_ring_the_queue_is_read_and_a_reply_says_why_not(
    locked: Demo, page: Page
) -> None:
    page.reload()
    expect(page.locator("#rows .row").first).to_be_visible()
    expect(page.locator(".strip.locked")).to_be_visible()
    page.goto(locked.desk + (page.locator("#rows a.open").nth(2).get_attribute("href") or ""))

    expect(page.locator(".reply textarea")).to_be_disabled()
    expect(page.locator(".reply .send")).to_contain_text("замкнен")
