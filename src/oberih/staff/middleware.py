"""What holds for every request of the desk: idle sessions end, pages stay out of caches."""

import time as clocks
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import TypeAlias
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from oberih.core import time
from oberih.staff import passkeys
from oberih.staff.context import BY_DEMO_LINK, HOW
from oberih.staff.models import Member

SEEN, LOCKED, ENOUGH_KEYS = "seen_at", "locked", "two_passkeys"
GRACE = timedelta(days=7)
"""So long a member may work with one passkey."""

OPEN_WHEN_LOCKED = ("/unlock/", "/sign-out/", "/language/", "/sign-in/", "/static/", "/lock/")
OPEN_WITH_ONE = (*OPEN_WHEN_LOCKED, "/passkeys/", "/invitation/")
PRECISION = 60
BACKGROUND = "X-Background"
"""A page that asks for news by itself says so in this header: that is no sign of a person."""

Respond: TypeAlias = Callable[[HttpRequest], HttpResponse]


class IdleTimeout:
    """Locks a session in which nobody did anything for a quarter of an hour; ends it after one."""

    def __init__(self, respond: Respond) -> None:
        """Take the next step."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session or note that somebody is there."""
        if request.user.is_authenticated:
            self._look_at(request, now=int(clocks.time()))
        return self._respond(request)

    def _look_at(self, request: HttpRequest, *, now: int) -> None:
        seen = request.session.get(SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS:
            logout(request)
            return
        if now - seen > settings.SESSION_LOCK_SECONDS and LOCKED not in request.session:
            request.session[LOCKED] = True
        if BACKGROUND not in request.headers and now - request.session.get(SEEN, 0) > PRECISION:
            request.session[SEEN] = now


class Locked:
    """Shows nothing of a locked session but the page that asks for a passkey."""

    def __init__(self, respond: Respond) -> None:
        """Take the next step."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send to the unlocking page whatever was asked for."""
        if LOCKED not in request.session or request.path.startswith(OPEN_WHEN_LOCKED):
            return self._respond(request)
        if BACKGROUND in request.headers or "X-Ahead" in request.headers:
            return HttpResponse(status=HTTPStatus.FORBIDDEN)
        then = request.get_full_path() if request.method == "GET" else "/"
        return redirect(f"{reverse('staff:unlock')}?{urlencode({'next': then})}")


class TwoPasskeys:
    """Leads a member who joined a week ago with one passkey to the page that adds another."""

    def __init__(self, respond: Respond) -> None:
        """Take the next step."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through, or lead to the member's passkeys."""
        if request.path.startswith(OPEN_WITH_ONE) or not self._must_add(request):
            return self._respond(request)
        return redirect("staff:passkeys")

    def _must_add(self, request: HttpRequest) -> bool:
        member = request.user
        if not isinstance(member, Member) or request.session.get(HOW) == BY_DEMO_LINK:
            return False
        joined = member.joined_at
        if joined is None or time.now() - joined < GRACE or ENOUGH_KEYS in request.session:
            return False
        has_enough = len(passkeys.passkeys_of(member)) >= passkeys.ENOUGH
        if has_enough:
            request.session[ENOUGH_KEYS] = True
        return not has_enough


class MemberLanguage:
    """Speaks to a member in the language that they chose."""

    def __init__(self, respond: Respond) -> None:
        """Take the next step."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Switch the language for this request."""
        if isinstance(request.user, Member):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self._respond(request)


class NothingIsStored:
    """Keeps every page of the desk out of caches, and embeds and features off."""

    def __init__(self, respond: Respond) -> None:
        """Take the next step."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers."""
        response = self._respond(request)
        response["Cache-Control"] = "no-store"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = (
            "camera=(), microphone=(), geolocation=(), publickey-credentials-get=(self), "
            "publickey-credentials-create=(self)"
        )
        return response
