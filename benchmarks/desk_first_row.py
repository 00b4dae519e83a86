"""How long an officer waits in Chromium from opening the queue until its first row is painted.

The browser itself says when it painted the row (Element Timing); the clock starts with the
navigation, so that request, server, network and drawing are in it. Signing in is not. Nothing is
taken from the browser's cache.
"""

from pathlib import Path

from desk_together import served
from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
LOADS = 20
PATIENCE_MS = 60_000
WATCH = """
window.painted = new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries()[0].renderTime))
        .observe({ type: "element", buffered: true });
});
const found = new MutationObserver(() => {
    const row = document.querySelector("#rows > li.row .why");
    if (row) row.setAttribute("elementtiming", "first-row"), found.disconnect();
});
found.observe(document, { childList: true, subtree: true });
"""


def first_rows(data: Path, *, link: str) -> list[float]:
    """Return the milliseconds of each load of the queue by whoever the link signs in."""
    with served(data) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{server.address}{link}")
        page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.add_init_script(WATCH)
        took = [loaded(page, address=f"{server.address}/") for _ in range(LOADS)]
        browser.close()
    return took


def loaded(page: Page, *, address: str) -> float:
    """Open the queue; return how many milliseconds after that its first row was painted."""
    page.goto("about:blank")
    page.goto(address)
    page.locator("#rows > li.row").first.wait_for()
    return float(page.evaluate("window.painted"))
