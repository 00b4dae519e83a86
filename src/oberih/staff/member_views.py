"""The administrator's page: who is on the desk, new links, roles, leaving."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from oberih.core import time
from oberih.core.errors import OberihError
from oberih.staff import devices, selectors, services, teams, two_people
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
    propose = two_people.propose_role
    return _act(
        request, member, do=lambda found, by: propose(found, to=role, by=by, now=time.now())
    )


@require_POST
def agree_role(request: HttpRequest, change: int) -> HttpResponse:
    """Agree to another role as the second person."""
    agree = two_people.agree_to_role
    return _do(request, do=lambda by: agree(change, by=by, now=time.now()))


@require_POST
def drop_role(request: HttpRequest, change: int) -> HttpResponse:
    """Take the proposal of a role off."""
    return _do(request, do=lambda by: two_people.drop_role(change, by=by))


@require_POST
def let_in(request: HttpRequest, device: str) -> HttpResponse:
    """Let a member in from a new device."""
    return _do(request, do=lambda by: devices.approve(device, by=by, now=time.now()))


@require_POST
def keep_out(request: HttpRequest, device: str) -> HttpResponse:
    """Let nobody in from a device."""
    return _do(request, do=lambda by: devices.refuse(device, by=by))


@require_POST
def team(request: HttpRequest, member: UUID) -> HttpResponse:
    """Put a member into a team, or take them out of it."""
    name = request.POST.get("team", "").strip().lower()
    change = teams.take_from_team if "leave" in request.POST else teams.add_to_team
    return _act(request, member, do=lambda found, by: change(found, team=name, by=by))


@require_POST
def deactivate(request: HttpRequest, member: UUID) -> HttpResponse:
    """Let a member in no more."""
    return _act(request, member, do=lambda found, by: services.deactivate(found, by=by))


def _act(
    request: HttpRequest, member: UUID, *, do: Callable[[Member, Member], object]
) -> HttpResponse:
    found = selectors.member(member)
    if found is None:
        return _refused(request)
    return _do(request, do=lambda by: do(found, by))


def _do(request: HttpRequest, *, do: Callable[[Member], object]) -> HttpResponse:
    try:
        do(member_of(request))
    except NotPermitted:
        return _refused(request)
    except OberihError as error:
        messages.error(request, gettext(str(error)))
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
        "role_changes": selectors.role_changes(),
        "devices": devices.waiting(by, now=time.now()),
        "may_agree": by.may(Permission.STAFF_AGREE),
        "may_divide": by.may(Permission.STAFF_TEAMS),
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
