"""One person drafts a warning, another releases it, and the public reads it signed."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import ready
from tests.journeys.demo import Demo
from tests.journeys.whole import run

HEADLINE = "Просять зареєструвати термінал на себе"
PUBLISHING_MS = 20_000


@dataclass(frozen=True, slots=True)
class Duty:
    """Two members at their own browsers, and the demo they sign in to."""

    officer: Page
    lead: Page
    demo: Demo


@pytest.fixture(scope="module")
def duty(browser: Browser, demo: Demo) -> Iterator[Duty]:
    pages = [browser.new_context(locale="uk-UA").new_page() for _ in demo.links]
    for page, link in zip(pages, demo.links, strict=True):
        page.goto(link)
    yield Duty(*pages, demo)
    for page in pages:
        page.context.close()


def draft(duty: Duty, *, headline: str, families: int) -> str:
    """Draft an alert from the first case that four families share; return its address."""
    queue = json.loads(run("desk", "queue", "--json", data=duty.demo.data).stdout)
    shared = next(row for row in queue if row["same_identifier_cases"] >= 3)
    page = duty.officer
    page.goto(f"{duty.demo.desk}/cases/{shared['case']}/")
    page.get_by_role("link", name="Скласти попередження").click()
    for language in ("uk", "en"):
        page.locator(f"[name=headline_{language}]").fill(headline)
        page.locator(f"[name=text_{language}]").fill("Нічого не оформлюйте. Напишіть нам.")
    page.locator("[name=basis][value=families]").check()
    page.locator("[name=families]").fill(str(families))
    page.locator(".alert-form button.primary").click()
    return page.url


def test_one_person_alone_cannot_publish(duty: Duty) -> None:
    address = draft(duty, headline="Сам собі", families=3)

    duty.officer.goto(address)

    expect(duty.officer.locator(".release")).to_have_count(0)
    expect(duty.officer.locator("main")).to_contain_text("інша людина")


def test_a_second_person_publishes_and_the_public_reads_it_signed(duty: Duty, page: Page) -> None:
    address = draft(duty, headline=HEADLINE, families=3)
    duty.lead.goto(address)
    duty.lead.locator("[name=only_one][value=no]").check()
    duty.lead.locator("[name=findings_read]").check()
    duty.lead.locator("[name=region]").fill("Україна")
    duty.lead.locator(".release button").click()
    expect(duty.lead.locator(".chip.approved")).to_be_visible()
    duty.lead.wait_for_timeout(PUBLISHING_MS / 2)

    ready(page, f"{duty.demo.front}/uk/warnings/")

    expect(page.get_by_text(HEADLINE)).to_be_visible(timeout=PUBLISHING_MS)
    expect(page.locator("main")).to_contain_text(re.compile("підпис", re.IGNORECASE))


def test_fewer_than_three_families_are_never_published(duty: Duty) -> None:
    draft(duty, headline="Лише дві родини", families=2)

    expect(duty.officer.locator("[role=alert], .error, .errorlist").first).to_be_visible()
