"""What the desk shows when there is no page: in the reader's language, and nothing of the request.

They need neither a member nor the database, so that they also stand when those are in trouble.
"""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

WORDS: dict[HTTPStatus, tuple[Promise, Promise]] = {
    HTTPStatus.BAD_REQUEST: (
        _("This could not be read"),
        _("Nothing was changed. Go back, reload the page and try again."),
    ),
    HTTPStatus.FORBIDDEN: (
        _("Not possible"),
        _("Nothing was changed. If you need it for your work, ask the lead or the administrator."),
    ),
    HTTPStatus.NOT_FOUND: (
        _("There is nothing here"),
        _("The address is mistyped, or what stood here is gone."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        _("Something went wrong here"),
        _("What was saved before is still there. If it happens again, tell the administrator."),
    ),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django itself refuses."""
    del request, exception
    return _page(HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django itself forbids."""
    del request, exception
    return _page(HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that is not there."""
    del request, exception
    return _page(HTTPStatus.NOT_FOUND)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer after an error of the desk's own."""
    del request
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR)


@login_not_required
@require_safe
def icon(_request: HttpRequest) -> HttpResponse:
    """Answer the icon that browsers ask for by themselves."""
    return redirect(staticfiles_storage.url("staff/icon.svg"))


def _page(status: HTTPStatus) -> HttpResponse:
    title, sentence = WORDS[status]
    told = {"title": title, "sentence": sentence, "is_training": settings.TRAINING}
    page = render_to_string("desk/error.html", told)
    return HttpResponse(page, status=status)
