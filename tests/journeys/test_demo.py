"""One command shows the whole, with invented people, and a second start sends nothing twice."""

import json
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect

from tests.journeys.demo import Demo
from tests.journeys.whole import run


def test_forty_invented_reports_are_on_the_desk_once(demo: Demo) -> None:
    queue = json.loads(run("desk", "queue", "--json", data=demo.data).stdout)

    assert len(queue) == 40
    assert {"stop", "warning", "verify", "none"} == {row["band"] for row in queue}
    assert max(row["same_identifier_cases"] for row in queue) >= 2


def test_an_alert_of_two_people_is_published_once(demo: Demo) -> None:
    feed = httpx.get(f"{demo.front}/published/alerts.atom")

    assert feed.text.count("<title>Незнайомці кажуть, що сиділи в одній камері") == 1
    verified = run("alerts", "verify", f"{demo.front}/published/alerts.json", data=demo.data)
    assert verified.returncode == 0, verified.stderr


def test_each_link_signs_in_once(demo: Demo, page: Page) -> None:
    officer, _lead = demo.links

    page.goto(officer)
    expect(page.locator("body")).to_contain_text("Оксана Дубова")
    page.context.clear_cookies()
    page.goto(officer)
    expect(page.locator("body")).not_to_contain_text("Оксана Дубова")


def test_the_auditor_finds_a_family_s_complaint_and_a_colleague_s(demo: Demo, page: Page) -> None:
    page.goto((Path(demo.data) / "auditor-link").read_text().strip())
    page.wait_for_url("**/acts/")
    page.goto(f"{demo.desk}/complaints/")

    expect(page.locator("form[data-fresh]")).to_have_count(2)
