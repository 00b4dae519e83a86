"""The families' pages: text that is readable before any script, the same for everyone."""

import re
from datetime import date
from typing import Any

import brotli  # type: ignore[import-untyped]  # it ships no types
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, re_path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from oberih.front import numbers, regions, signed_numbers, warnings
from oberih.front.bundles import bundle
from oberih.front.duty import back_at, stated_hours

LANGUAGES = ("uk", "en", "ru")
PACKED = 5
"""Brotli quality: a fifth larger than the best, fifty times faster."""

PAGES = (
    *("check", "lookup", "report", "conversation"),
    *("warnings", "notices", "numbers", "prepare"),
)
FORGET = '"cache", "cookies", "storage"'


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the first of our languages that the browser asks for."""
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    spoken = (code.split("-")[0] for code, _weight in asked)
    language = next((code for code in spoken if code in LANGUAGES), LANGUAGES[0])
    answer = HttpResponseRedirect(reverse("start", args=[language]))
    answer["Vary"] = "Accept-Language"
    return answer


@require_safe
def show(request: HttpRequest, language: str, page: str) -> HttpResponse:
    """Show one page in one language."""
    with translation.override(language):
        answer = render(request, f"front/{page}.html", _context(page, language=language))
    return _packed(answer, accepted=request.headers.get("Accept-Encoding", ""))


@require_safe
def leave(request: HttpRequest, language: str) -> HttpResponse:
    """Tell the browser to forget what it keeps of us, and the visitor what stays."""
    answer = show(request, language=language, page="leave")
    answer["Clear-Site-Data"] = FORGET
    return answer


@require_safe
def icon(_request: HttpRequest) -> HttpResponse:
    """Answer the icon that browsers ask for by themselves."""
    return HttpResponseRedirect(bundle("icon.svg").url)


def _packed(answer: HttpResponse, *, accepted: str) -> HttpResponse:
    """Compress for a slow network; the page holds nothing secret and echoes nothing."""
    answer["Vary"] = "Accept-Encoding"
    if re.search(r"\bbr\b", accepted):
        answer.content = brotli.compress(answer.content, quality=PACKED)
        answer["Content-Encoding"] = "br"
    return answer


def _context(page: str, *, language: str) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "page": page,
        "languages": settings.LANGUAGES,
        "exit_url": settings.EXIT_PAGES[language],
        "css": bundle("page.css"),
        "script": bundle("page.js"),
        "root_key": _root_key(),
        "call": numbers.essential(_numbers(), language=language, today=today),
        **_own(page, language=language, today=today),
    }


def _own(page: str, *, language: str, today: date) -> dict[str, Any]:
    """Return what only this page shows."""
    if page == "numbers":
        written = _numbers()
        shown = numbers.groups(written, language=language, today=today)
        return {"groups": shown, "dated": numbers.dated(written)}
    if page == "warnings":
        return {"warnings": warnings.published(language)}
    if page == "notices":
        return {"regions": regions.regions(language), "push_key": warnings.push_key()}
    if page in {"check", "report"}:
        return {
            "regions": regions.regions(language),
            "operator": settings.OPERATOR or gettext("Example operator"),
            "hours": stated_hours(settings.HOURS, zone=settings.TIME_ZONE, language=language),
            "answer_hours": settings.ANSWER_HOURS,
            "is_example": not settings.CONSENT_IS_CONFIRMED,
            **_duty(),
        }
    if page == "conversation":
        return _duty()
    return {}


def _duty() -> dict[str, Any]:
    """Return from when somebody reads again, where nobody is on duty now."""
    return {"back_at": back_at(settings.HOURS, zone=settings.TIME_ZONE, now=timezone.now())}


def _numbers() -> signed_numbers.Numbers:
    return signed_numbers.current(
        settings.PUBLISHED, root_key=settings.ROOT_KEY, now=timezone.now()
    )


def _root_key() -> str:
    """Return the operator's root public key in hex; empty before there is one."""
    if not settings.ROOT_KEY.exists():
        return ""
    return str(settings.ROOT_KEY.read_text().strip())


def _page(page: str, *, place: str) -> Any:  # noqa: ANN401  # Django's own pattern type is not public
    pattern = rf"^(?P<language>uk|en|ru)/{place}$"
    return re_path(pattern, show, {"page": page}, name=page)


urlpatterns = [
    path("", choose_language),
    path("favicon.ico", icon),
    _page("start", place=""),
    *[_page(name, place=f"{name}/") for name in PAGES],
    re_path(r"^(?P<language>uk|en|ru)/leave/$", leave, name="leave"),
]
