"""The door in a real browser: an invitation, a passkey, out, and in again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from oberih.audit.selectors import newest_events, verify_chain
from oberih.core import time
from oberih.staff import devices
from oberih.staff.models import Invitation, Member
from oberih.staff.roles import Role
from oberih.staff.services import invite, make_demo_link
from oberih.staff.two_people import propose_role

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
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser's profile of its own.

    The whole profile is closed: closing a page while a navigation is under way can wait for ever
    (https://github.com/microsoft/playwright/issues/41900).
    """
    context = browser.new_context(locale="uk-UA")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, live_server: LiveServer) -> Page:
    """Return a page at the desk whose machine has a platform authenticator."""
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(f"{live_server.url}/sign-in/")
    return page


def join(page: Page, live_server: LiveServer, *, name: str, role: Role = Role.OFFICER) -> None:
    invited = invite(name, role=role, by=None, now=time.now())
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


def test_the_only_passkey_stays_and_a_second_on_a_key_is_asked_for(
    page: Page, live_server: LiveServer, context: BrowserContext
) -> None:
    join(page, live_server, name="Olena")
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    other = {**AUTHENTICATOR, "transport": "usb"}
    page.goto(f"{live_server.url}/passkeys/")
    expect(page.locator("ul.keys li")).to_have_count(1)
    expect(page.locator("p.notice")).to_be_visible()
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": other})
    page.locator("form[data-passkey] button").click()

    expect(page.locator("ul.keys li")).to_have_count(2)
    expect(page.locator("ul.keys form")).to_have_count(0)
    expect(page.locator("p.notice")).to_have_count(0)


def test_the_same_passkey_from_another_browser_waits_for_a_lead(
    page: Page, live_server: LiveServer, context: BrowserContext
) -> None:
    join(page, live_server, name="Olena")
    context.clear_cookies()
    page.goto(f"{live_server.url}/sign-in/")
    page.locator("form[data-passkey] button").click()
    number = page.locator(".number strong").inner_text()
    admin = invite("Lead", role=Role.LEAD, by=None, now=time.now()).member
    [device] = devices.waiting(admin, now=time.now())

    devices.approve(device.pk, by=admin, now=time.now())

    assert device.number == number
    page.goto(f"{live_server.url}/sign-in/")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"{live_server.url}/")


def test_a_locked_session_shows_nothing_until_the_passkey_is_shown(
    page: Page, live_server: LiveServer
) -> None:
    join(page, live_server, name="Olena")
    page.evaluate(
        "fetch('/lock/', {method: 'POST', headers: {'X-CSRFToken': "
        "document.querySelector('[name=csrfmiddlewaretoken]').value}})"
    )
    page.wait_for_timeout(1000)
    page.goto(f"{live_server.url}/?view=mine")
    expect(page.locator("#rows")).to_have_count(0)

    page.locator("form[data-passkey] button").click()

    page.wait_for_url(f"{live_server.url}/?view=mine")


def test_a_second_person_agrees_with_a_passkey_shown_at_that_moment(
    page: Page, live_server: LiveServer
) -> None:
    join(page, live_server, name="Lead", role=Role.LEAD)
    admin = invite("Admin", role=Role.ADMIN, by=None, now=time.now()).member
    officer = invite("Olena", role=Role.OFFICER, by=None, now=time.now()).member
    propose_role(officer, to=Role.ANALYST, by=admin, now=time.now())
    page.goto(f"{live_server.url}/staff/")

    page.locator("form[action$='/agree/'] button").click()

    expect(page.locator("form[action$='/agree/']")).to_have_count(0)
    assert Member.objects.get(name="Olena").role == "analyst"
    assert "passkey.shown" in [one.fields["act"] for one in newest_events(3) if one.fields]


def test_without_a_fresh_passkey_nobody_agrees(page: Page, live_server: LiveServer) -> None:
    join(page, live_server, name="Lead", role=Role.LEAD)
    admin = invite("Admin", role=Role.ADMIN, by=None, now=time.now()).member
    officer = invite("Olena", role=Role.OFFICER, by=None, now=time.now()).member
    propose_role(officer, to=Role.ANALYST, by=admin, now=time.now())
    page.goto(f"{live_server.url}/staff/")

    page.evaluate("document.querySelector(\"form[action$='/agree/']\").submit()")
    page.wait_for_load_state()

    assert Member.objects.get(name="Olena").role == "officer"


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
    expect(page.locator("div.notice")).to_be_visible()
    page.locator("form[data-passkey] button").click()

    expect(page.locator("ul.keys li")).to_have_count(1)
    expect(page.locator("div.notice")).to_have_count(0)


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
