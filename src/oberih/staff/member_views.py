"""The administrator's page: who is on the desk, new links, roles, leaving."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from oberih.core import time
from oberih.staff import selectors, services
from oberih.staff.forms import InviteForm, RoleForm
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Permission
from oberih.staff.views import member_of

FORBIDDEN, BAD_REQUEST = 403, 400


@require_GET
def members(request: HttpRequest) -> HttpResponse:
    """List the members for those who may see them."""
    return _page(request, form=InviteForm())


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague; the link is on this answer and nowhere else."""
    by = member_of(request)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=BAD_REQUEST)
    try:
        services.require(by, Permission.STAFF_INVITE)
        invited = services.invite(
            form.cleaned_data["name"],
            role=form.cleaned_data["role"],
            by=by.member_id,
            now=time.now(),
        )
    except services.NameTaken:
        form.add_error("name", selectors.NAME_TAKEN)
        return _page(request, form=form, status=BAD_REQUEST)
    except NotPermitted:
        return _refused(request)
    return _page(request, form=InviteForm(), invited=invited)


@require_POST
def invite_again(request: HttpRequest, member: UUID) -> HttpResponse:
    """Give a member who lost every passkey a new link."""
    by = member_of(request)
    found = selectors.member(member)
    if found is None or not by.may(Permission.STAFF_INVITE):
        return _refused(request)
    invited = services.invite_again(found, by=by.member_id, now=time.now())
    return _page(request, form=InviteForm(), invited=invited)


@require_POST
def change_role(request: HttpRequest, member: UUID) -> HttpResponse:
    """Give a member another role."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _refused(request)
    role = form.cleaned_data["role"]
    return _act(request, member, do=lambda found, by: services.change_role(found, to=role, by=by))


@require_POST
def deactivate(request: HttpRequest, member: UUID) -> HttpResponse:
    """Let a member in no more."""
    return _act(request, member, do=lambda found, by: services.deactivate(found, by=by))


def _act(
    request: HttpRequest, member: UUID, *, do: Callable[[Member, Member], None]
) -> HttpResponse:
    found = selectors.member(member)
    if found is None:
        return _refused(request)
    try:
        do(found, member_of(request))
    except NotPermitted:
        return _refused(request)
    return redirect("staff:members")


def _page(
    request: HttpRequest,
    *,
    form: InviteForm,
    invited: services.Invited | None = None,
    status: int = 200,
) -> HttpResponse:
    by = member_of(request)
    if not by.may(Permission.STAFF_SEE):
        return _refused(request)
    context = {
        "members": selectors.members(),
        "form": form,
        "invited": invited,
        "link": None if invited is None else f"{settings.DESK_URL}/invitation/{invited.token}/",
        "may_invite": by.may(Permission.STAFF_INVITE),
        "may_change": by.may(Permission.STAFF_CHANGE),
        "roles": selectors.role_choices(),
    }
    return render(request, "staff/members.html", context, status=status)


def _refused(request: HttpRequest) -> HttpResponse:
    return render(request, "staff/not_permitted.html", status=FORBIDDEN)
