"""How long a family waits for an answer in Chromium: from the press to the answer on the page.

Each sample is a fresh page whose list of 20,000 is there (it comes while she types), so that the
first question is measured with nothing warmed up; the page's own loading is not counted. "Later" is
the second to sixth question of the same page. Once at full speed, once with a quarter of it.
"""

import sys
from statistics import median

from lookup_place import Place, started
from playwright.sync_api import Browser, Page, sync_playwright
from rows import Row, print_row

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
SAMPLES, SLOWED, LATER = 40, 12, 5
THROTTLE, P95_MS = 4, 150
PATIENCE_MS = 60_000
PRESS = """async () => {
    const answers = document.getElementById("answers");
    answers.replaceChildren();
    const shown = new Promise((resolve) => {
        const watching = new MutationObserver(() => {
            if (answers.querySelector("[data-answer]")) watching.disconnect(), resolve();
        });
        watching.observe(answers, { childList: true, subtree: true });
    });
    const began = performance.now();
    document.getElementById("look").click();
    await shown;
    const answer = answers.querySelector("[data-answer]").dataset.answer;
    return [performance.now() - began, answer];
}"""
LIST_IS_HERE = """() => performance.getEntriesByType("resource")
    .some((one) => one.name.includes("/watch-list/") && one.responseEnd > 0)"""


def main() -> int:
    """Print the rows."""
    with started() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        report(browser, place=place, speed=1)
        report(browser, place=place, speed=THROTTLE)
        browser.close()
    return 0


def report(browser: Browser, *, place: Place, speed: int) -> None:
    """Print how long first and later questions take at a part of the processor's speed."""
    many = SAMPLES if speed == 1 else SLOWED
    times = [sample(browser, place=place, speed=speed) for _ in range(many)]
    firsts = sorted(one[0] for one in times)
    later = sorted(one for sampled in times for one in sampled[1:])
    for name, found in (("first", firsts), ("later", later)):
        p95 = found[int(0.95 * len(found))]
        bound = f"< {P95_MS} ms" if speed == 1 else ""
        figure = f"look-up in Chromium / {speed}: {name} question, press to answer, list of 20,000"
        measured = f"least {found[0]:.0f}, p50 {median(found):.0f}, p95 {p95:.0f} ms"
        print_row(Row(figure, measured, bound, not bound or p95 < P95_MS))


def sample(browser: Browser, *, place: Place, speed: int) -> list[float]:
    """Return the milliseconds of the questions of one fresh page."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{place.address}/uk/lookup/")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.locator("#pasted").fill(place.listed)
    page.wait_for_function(LIST_IS_HERE)
    page.wait_for_timeout(500)
    slowed = context.new_cdp_session(page)
    slowed.send("Emulation.setCPUThrottlingRate", {"rate": speed})
    times = [pressed(page) for _ in range(1 + LATER)]
    context.close()
    return times


def pressed(page: Page) -> float:
    """Press, and return the milliseconds until the answer stands there."""
    milliseconds, answer = page.evaluate(PRESS)
    if answer != "reported":
        message = f"the page answered {answer}"
        raise RuntimeError(message)
    return float(milliseconds)


if __name__ == "__main__":
    sys.exit(main())
