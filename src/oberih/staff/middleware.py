"""What holds for every request of the desk: idle sessions end, pages stay out of caches."""

import time as clocks
from collections.abc import Callable
from typing import TypeAlias

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from oberih.staff.models import Member

SEEN = "seen_at"
PRECISION = 60
BACKGROUND = "X-Background"
"""A page that asks for news by itself says so in this header: that is no sign of a person."""

Respond: TypeAlias = Callable[[HttpRequest], HttpResponse]


class IdleTimeout:
    """Ends a session in which nobody did anything for an hour."""

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
        elif BACKGROUND not in request.headers and now - request.session.get(SEEN, 0) > PRECISION:
            request.session[SEEN] = now


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
