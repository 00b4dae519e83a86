"""The door in a real browser: an invitation, a passkey, out, and in again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from oberih.audit.selectors import newest_events, verify_chain
from oberih.core import time
from oberih.staff.models import Invitation
from oberih.staff.roles import Role
from oberih.staff.services import invite, make_demo_link

pytestmark = pytest.mark.django_db(transaction=True)
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser.new_context(locale="uk-UA")
        browser.close()


@pytest.fixture
def page(context: BrowserContext, live_server: LiveServer) -> Iterator[Page]:
    """Return a page at the desk whose machine has a platform authenticator."""
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(f"{live_server.url}/sign-in/")
    yield page
    page.close()
    context.clear_cookies()


def join(page: Page, live_server: LiveServer, *, name: str) -> None:
    invited = invite(name, role=Role.OFFICER, by=None, now=time.now())
    page.goto(f"{live_server.url}/invitation/{invited.token}/")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"{live_server.url}/")


def test_an_invited_member_makes_a_passkey_and_comes_back_with_it(
    page: Page, live_server: LiveServer
) -> None:
    join(page, live_server, name="Olena")
    page.goto(f"{live_server.url}/passkeys/")
    page.locator("form[action='/sign-out/'] button").click()
    expect(page).to_have_url(f"{live_server.url}/sign-in/")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"{live_server.url}/")

    acts = [event.fields["act"] for event in newest_events() if event.fields]
    assert acts[:3] == ["member.signed-in", "member.signed-out", "member.joined"]
    assert verify_chain().entries == 4


def test_the_link_is_used_up_by_the_passkey(page: Page, live_server: LiveServer) -> None:
    join(page, live_server, name="Olena")

    assert Invitation.objects.get().used_at is not None


def test_the_only_passkey_stays_and_a_second_can_be_removed(
    page: Page, live_server: LiveServer, context: BrowserContext
) -> None:
    join(page, live_server, name="Olena")
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    other = {**AUTHENTICATOR, "transport": "usb"}
    page.goto(f"{live_server.url}/passkeys/")
    expect(page.locator("ul.keys li")).to_have_count(1)
    expect(page.locator("ul.keys form")).to_have_count(0)
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": other})
    page.locator("form[data-passkey] button").click()

    expect(page.locator("ul.keys li")).to_have_count(2)
    page.locator("ul.keys form button").first.click()
    expect(page.locator("ul.keys li")).to_have_count(1)


def test_a_passkey_of_a_stranger_does_not_open_the_desk(
    page: Page, live_server: LiveServer
) -> None:
    page.locator("form[data-passkey] button").click()

    expect(page.locator("[data-trouble]")).to_be_visible()
    assert page.url == f"{live_server.url}/sign-in/"


def test_the_demo_link_comes_in_with_a_notice_and_the_offer_of_a_passkey(
    page: Page, live_server: LiveServer
) -> None:
    link = make_demo_link("Demo officer", role=Role.OFFICER, now=time.now())
    page.goto(f"{live_server.url}/invitation/{link.token}/")
    page.wait_for_url(f"{live_server.url}/")
    page.goto(f"{live_server.url}/passkeys/")
    expect(page.locator(".notice")).to_be_visible()
    page.locator("form[data-passkey] button").click()

    expect(page.locator("ul.keys li")).to_have_count(1)
    expect(page.locator(".notice")).to_have_count(0)


def test_the_pages_of_the_door_are_accessible(page: Page, live_server: LiveServer) -> None:
    link = make_demo_link("Demo admin", role=Role.ADMIN, now=time.now())
    invited = invite("Olena", role=Role.OFFICER, by=None, now=time.now())
    found = []
    for path in ("/sign-in/", f"/invitation/{invited.token}/", "/invitation/x/"):
        found += violations(page, url=f"{live_server.url}{path}")
    page.goto(f"{live_server.url}/invitation/{link.token}/")
    page.wait_for_url(f"{live_server.url}/passkeys/")  # where an administrator has something to do
    for path in ("/passkeys/", "/staff/"):
        found += violations(page, url=f"{live_server.url}{path}")

    assert found == []


def violations(page: Page, *, url: str) -> list[str]:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(url)
    page.evaluate(AXE.read_text())
    result = page.evaluate("axe.run()")
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [f"{url} {one['id']}" for one in result["violations"]] + [f"{url} wide"] * wide


def test_no_page_of_the_door_breaks_its_own_content_policy(
    page: Page, live_server: LiveServer
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    join(page, live_server, name="Olena")
    page.goto(f"{live_server.url}/passkeys/")

    assert [text for text in complaints if "Content Security Policy" in text] == []
