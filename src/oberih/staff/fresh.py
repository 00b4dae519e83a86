"""A passkey shown again for one act: nothing is released or opened from a screen left alone.

The page asks the browser for a passkey as the form is sent; the answer travels with the form.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from oberih.audit.acts import Act
from oberih.staff import passkeys, services
from oberih.staff.context import BY_DEMO_LINK, HOW
from oberih.staff.models import Member

FORBIDDEN = 403
View = Callable[..., HttpResponse]


def fresh(view: View) -> View:
    """Let a form through with a passkey of the member who is signed in; a page is let through."""

    @sensitive_post_parameters("credential")
    @wraps(view)
    def asked(request: HttpRequest, **named: object) -> HttpResponse:
        if request.method == "POST" and not is_shown(request):
            return render(request, "staff/show_passkey.html", status=FORBIDDEN)
        return view(request, **named)

    return asked


def is_shown(request: HttpRequest) -> bool:
    """Tell whether the form carries a passkey of its sender, made for this moment; once only.

    The demo's links stand for a passkey there, and in the demo alone.
    """
    if settings.DEMO and request.session.get(HOW) == BY_DEMO_LINK:
        return True
    try:
        shown = passkeys.member_of(request.POST.get("credential", ""))
    except passkeys.PasskeyRefused:
        passkeys.forget_attempt(request)
        return False
    if not isinstance(request.user, Member) or shown.pk != request.user.pk:
        return False
    services.note(Act.PASSKEY_SHOWN, member=shown)
    return True
