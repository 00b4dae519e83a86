"""Members of the desk at their browsers: signed in once, and what a page of theirs is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import TimeoutError as TooLate

from tests.journeys.conftest import axe
from tests.journeys.demo import Demo

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass(frozen=True, slots=True)
class Cookies:
    """A member's session, to be used in any browser window."""

    desk: str
    state: Any

    @contextmanager
    def window(self, browser: Browser, **options: Any) -> Iterator[Page]:  # noqa: ANN401  # Playwright's
        """Open a window of this member's."""
        context = browser.new_context(storage_state=self.state, **options)
        context.add_init_script(axe())
        yield context.new_page()
        context.close()


@dataclass(slots=True)
class Trouble:
    """What went wrong in a window: console errors, and requests that leave the desk."""

    desk: str
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Note what happens from now on."""
        context.on(
            "console", lambda said: self.errors.append(said.text) if bad(said.type) else None
        )
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on(
            "request",
            lambda one: None if one.url.startswith(self.desk) else self.strangers.append(one.url),
        )


def bad(kind: str) -> bool:
    return kind in {"error", "warning"}


def signed_in(browser: Browser, demo: Demo, *, link: str) -> Cookies:
    """Use a one-time link up and keep the session."""
    context = browser.new_context(locale="uk-UA")
    page = context.new_page()
    page.goto(link)
    try:
        page.locator("#rows").wait_for()
    except TooLate as error:
        shown = page.locator("body").inner_text()
        message = f"instead of the queue {page.url} shows: {shown}"
        raise AssertionError(message) from error
    state = context.storage_state()
    context.close()
    return Cookies(demo.desk, state)


def speak(page: Page, desk: str, *, language: str) -> None:
    """Choose the language of the desk's pages."""
    page.goto(desk)
    if page.locator("html").get_attribute("lang") != language:
        page.locator(".menu summary").click()
        page.locator(f"button[name=language][value={language}]").click()
        page.locator(f"html[lang={language}]").wait_for(state="attached")


def barriers(page: Page) -> list[tuple[str, str]]:
    """Return what axe-core finds."""
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in found["violations"]]


def is_wider(page: Page) -> bool:
    """Tell whether the page must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def written_in_page(page: Page) -> int:
    """Count inline scripts that run, inline styles and handlers."""
    selector = (
        "script:not([src]):not([type='application/json']), style, [style], [onclick], [onload]"
    )
    return page.locator(selector).count()
