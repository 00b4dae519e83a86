"""The subscribers' page: counts, and what a person who calls may ask for her own number."""

from typing import Protocol

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from oberih.alerts import subscriptions
from oberih.alerts.subscriptions import Keeper
from oberih.core.errors import OberihError
from oberih.desk import refusals
from oberih.desk.pages import act, frame, member_of, refusing
from oberih.desk.subscribers.page import subscribers_page
from oberih.keys.client import Ring
from oberih.staff.models import Member

LONGEST = 40


class Deed(Protocol):
    """What is done for one number that its owner names."""

    def __call__(self, number: str, /, *, keeper: Keeper, by: Member) -> None:
        """Do it."""


@require_GET
@refusing
def subscribers(request: HttpRequest) -> HttpResponse:
    """Show how many there are."""
    return _page(request)


@require_POST
@refusing
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm a number whose owner was spoken to."""
    return _done(
        request,
        do=subscriptions.confirm,
        said=_("Confirmed: warnings go to this number from now on."),
    )


@require_POST
@refusing
def end(request: HttpRequest) -> HttpResponse:
    """Forget a number."""
    return _done(
        request,
        do=subscriptions.end,
        said=_("Deleted: nothing is held about this number any more."),
    )


@require_POST
@refusing
def export(request: HttpRequest) -> HttpResponse:
    """Show everything that is held about a number; it is recorded that somebody looked."""
    number = request.POST.get("number", "")[:LONGEST]
    try:
        held = subscriptions.export(number, keeper=_ring(), by=member_of(request))
    except OberihError as error:
        messages.error(request, refusals.sentence(error))
        return redirect(reverse("desk:subscribers"))
    return _page(request, held=held)


def _page(request: HttpRequest, *, held: dict[str, str] | None = None) -> HttpResponse:
    page = subscribers_page(by=member_of(request))
    context = {**frame(request), "page": page, "held": held, "on_alerts": True}
    return render(request, "subscribers/subscribers.html", context)


def _done(request: HttpRequest, *, do: Deed, said: str) -> HttpResponse:
    number = request.POST.get("number", "")[:LONGEST]

    def deed() -> None:
        do(number, keeper=_ring(), by=member_of(request))
        messages.success(request, said)

    return act(request, do=deed, then=reverse("desk:subscribers"))


def _ring() -> Ring:
    return Ring(settings.RING_SOCKET)
