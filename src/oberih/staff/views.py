"""Sign-in, invitations, a member's own passkeys: each view parses, calls one function, renders."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oberih.audit.acts import Act
from oberih.core import time
from oberih.staff import devices, fresh, passkeys, services
from oberih.staff.context import BY_DEMO_LINK, HOW
from oberih.staff.middleware import LOCKED
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted

BY_PASSKEY = "passkey"
FORBIDDEN = 403


@login_not_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("credential")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the one button; take the passkey that the browser asked the member for."""
    onward = _onward(request)
    if request.user.is_authenticated:
        return redirect(onward)
    if request.method == "GET":
        return render(request, "staff/sign_in.html", {"onward": onward})
    try:
        member = passkeys.member_of(request.POST.get("credential", ""))
    except passkeys.PasskeyRefused:
        passkeys.forget_attempt(request)
        context = {"onward": onward, "refused": True}
        return render(request, "staff/sign_in.html", context, status=FORBIDDEN)
    token = devices.token_of(request)
    try:
        devices.let_in(member, token=token, now=time.now())
    except devices.DeviceWaits as waits:
        passkeys.forget_attempt(request)
        context = {"number": waits.number, "onward": onward}
        page = render(request, "staff/device_waits.html", context, status=FORBIDDEN)
        return devices.remember(page, token=token)
    services.note_sign_in(member, now=time.now())
    _let_in(request, member=member, how=BY_PASSKEY)
    return devices.remember(redirect(onward), token=token)


@login_not_required
@require_GET
def sign_in_options(request: HttpRequest) -> JsonResponse:
    """Give the browser a challenge for any passkey of this desk."""
    del request
    return JsonResponse(passkeys.request_options())


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on both sides."""
    services.note_sign_out(member_of(request))
    logout(request)
    return redirect("staff:sign-in")


@login_not_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("credential")
@sensitive_variables("token")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited member make a passkey and come in; looking at the page uses nothing up."""
    now = time.now()
    try:
        found = services.find_invitation(token, now=now)
        if found.is_demo_link:
            return _by_demo_link(request, token=token)
        if request.method == "POST":
            return _by_new_passkey(request, token=token, member=found.member)
    except services.InvitationRefused:
        return render(request, "staff/invitation_refused.html", status=FORBIDDEN)
    except passkeys.PasskeyRefused:
        return _invite(request, member=found.member, refused=True)
    return _invite(request, member=found.member, refused=False)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("credential")
def own_passkeys(request: HttpRequest) -> HttpResponse:
    """List a member's passkeys and add another."""
    member = member_of(request)
    refused = False
    if request.method == "POST":
        try:
            services.add_passkey(member, credential=request.POST.get("credential", ""))
        except passkeys.PasskeyRefused:
            refused = True
        else:
            request.session[HOW] = BY_PASSKEY
            return redirect("staff:passkeys")
    context = {
        "passkeys": passkeys.passkeys_of(member),
        "enough": passkeys.ENOUGH,
        "options": passkeys.creation_options(member),
        "refused": refused,
    }
    return render(request, "staff/passkeys.html", context, status=FORBIDDEN if refused else 200)


@require_POST
def remove_passkey(request: HttpRequest, passkey: int) -> HttpResponse:
    """Remove one of several passkeys."""
    try:
        services.remove_passkey(member_of(request), passkey=passkey)
    except passkeys.PasskeyRefused:
        return render(request, "staff/form_expired.html", status=FORBIDDEN)
    return redirect("staff:passkeys")


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("credential")
def unlock(request: HttpRequest) -> HttpResponse:
    """Go on after a pause with a passkey; the page that was open comes back."""
    if request.method == "POST" and fresh.is_shown(request):
        request.session.pop(LOCKED, None)
        return redirect(_onward(request))
    context = {"onward": _onward(request), "refused": request.method == "POST"}
    status = FORBIDDEN if request.method == "POST" else 200
    return render(request, "staff/locked.html", context, status=status)


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the session: the page does so when nobody has touched it for a while."""
    if LOCKED not in request.session:
        request.session[LOCKED] = True
        services.note(Act.SESSION_LOCKED, member=member_of(request))
    return redirect("staff:unlock")


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language: with the member, or in a cookie before sign-in."""
    language = request.POST.get("language", "")
    response = redirect(_onward(request))
    if language not in dict(settings.LANGUAGES):
        return response
    if isinstance(request.user, Member):
        Member.objects.filter(pk=request.user.pk).update(language=language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        samesite="Strict",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from our own page, or came too late."""
    del reason
    return render(request, "staff/form_expired.html", status=FORBIDDEN)


def member_of(request: HttpRequest) -> Member:
    """Return the member whom LoginRequiredMiddleware has let through."""
    if not isinstance(request.user, Member):
        raise NotPermitted
    return request.user


def _by_demo_link(request: HttpRequest, *, token: str) -> HttpResponse:
    """Sign in without a passkey: in the demo alone, once a link.

    The page then goes on by itself: a redirect would lose the strict cookie when the link was
    opened from another site.
    """
    if not settings.DEMO:
        raise services.InvitationRefused
    act = Act.MEMBER_SIGNED_IN_BY_DEMO_LINK
    member = services.use_invitation(token, now=time.now(), act=act)
    _let_in(request, member=member, how=BY_DEMO_LINK)
    return render(request, "staff/come_in.html")


@transaction.atomic
def _by_new_passkey(request: HttpRequest, *, token: str, member: Member) -> HttpResponse:
    passkeys.add(member, credential=request.POST.get("credential", ""))
    services.use_invitation(token, now=time.now(), act=Act.MEMBER_JOINED)
    device = devices.token_of(request)
    devices.trust(member, token=device, now=time.now())
    _let_in(request, member=member, how=BY_PASSKEY)
    return devices.remember(render(request, "staff/come_in.html"), token=device)


def _invite(request: HttpRequest, *, member: Member, refused: bool) -> HttpResponse:
    context = {
        "member": member,
        "options": passkeys.creation_options(member),
        "refused": refused,
    }
    status = FORBIDDEN if refused else 200
    return render(request, "staff/invitation.html", context, status=status)


def _let_in(request: HttpRequest, *, member: Member, how: str) -> None:
    login(request, member, backend=passkeys.BACKEND)
    request.session[HOW] = how


def _onward(request: HttpRequest) -> str:
    """Return where to go next: a path of this desk or its front page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own and wanted.startswith("/") else "/"
