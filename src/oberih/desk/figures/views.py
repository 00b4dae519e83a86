"""The lead's figures, and a month's release by two."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from oberih.core import time
from oberih.desk.figures import services
from oberih.desk.figures.page import figures_page
from oberih.desk.pages import act, frame, member_of, refusing

LONGEST = 7


@require_GET
@refusing
def figures(request: HttpRequest) -> HttpResponse:
    """Draw what the desk counts."""
    member = member_of(request)
    page = figures_page(by=member, now=time.now())
    told = {"months": page.months, "last_month": page.last_month, "page": page.drawn}
    context = {**frame(request), **told, "on_figures": True}
    return render(request, "figures/figures.html", context)


@require_POST
@refusing
def make(request: HttpRequest) -> HttpResponse:
    """Compute a month's figures."""
    month, member = request.POST.get("month", "")[:LONGEST], member_of(request)
    then = reverse("desk:figures")
    return act(request, do=lambda: services.make(month, by=member, now=time.now()), then=then)


@require_POST
@refusing
def release(request: HttpRequest, month: str) -> HttpResponse:
    """Release a month's figures as the second person."""
    member = member_of(request)
    then = reverse("desk:figures")
    return act(request, do=lambda: services.release(month, by=member, now=time.now()), then=then)
