"""The canary: whether the page that the front serves here and now is the one that was logged.

It finds a page that was exchanged for everyone, or for the network it is run on; a page that was
exchanged for one reader only it does not find.
"""

import base64
import hashlib
import json
from html.parser import HTMLParser

from oberih.client.front import Front
from oberih.core.errors import Refused

MANIFEST = "page.json"
BUILT = "/static/built/"
LANGUAGES = ("uk", "en", "ru")
PAGES = ("", "check/", "report/", "conversation/", "lookup/", "warnings/")


class PageChanged(Refused):
    """The front serves a page that is not the logged one."""

    def __init__(self, path: str) -> None:
        """Take the address of what differs."""
        super().__init__(f"The front serves {path}, which is not what stands in the public log.")


def check_page(front: Front) -> int:
    """Return how many files the page has; raises PageChanged when one is not the logged one."""
    listed = _listed(front)
    for path, integrity in listed.items():
        digest = hashlib.sha384(front.page(path)).digest()
        if integrity != f"sha384-{base64.b64encode(digest).decode()}":
            raise PageChanged(path)
    for language in LANGUAGES:
        for name in PAGES:
            _check_html(front, path=f"/{language}/{name}", listed=listed)
    return len(listed)


def _listed(front: Front) -> dict[str, str]:
    """Return the integrity of each of the page's files by its address."""
    try:
        files = json.loads(front.published(MANIFEST))
        return {BUILT + one["file"]: str(one["integrity"]) for one in files.values()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PageChanged(MANIFEST) from None


def _check_html(front: Front, *, path: str, listed: dict[str, str]) -> None:
    """Refuse a page that loads or carries code that was not logged."""
    page = _Loads()
    page.feed(front.page(path).decode("utf-8", "replace"))
    if page.has_own_code or any(listed.get(url) != integrity for url, integrity in page.loads):
        raise PageChanged(path)


class _Loads(HTMLParser):
    """What a page loads with code or style, and whether it carries any itself."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[tuple[str, str]] = []
        self.has_own_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        is_style = tag == "link" and "stylesheet" in found.get("rel", "")
        if tag == "script" or is_style:
            url = found.get("src" if tag == "script" else "href", "")
            self.loads.append((url, found.get("integrity", "")))
        is_frame = tag in {"iframe", "object", "embed", "base", "style"}
        self.has_own_code |= is_frame or any(name.startswith("on") for name in found)
