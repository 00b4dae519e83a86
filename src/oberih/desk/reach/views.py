"""The page of reach."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from oberih.alerts.gateways.serve import outbox_of
from oberih.core import time
from oberih.desk.pages import frame, member_of, refusing
from oberih.desk.reach.page import reach_page


@require_GET
@refusing
def reach(request: HttpRequest) -> HttpResponse:
    """Show how far warnings come."""
    page = reach_page(by=member_of(request), place=outbox_of(settings.DATA), now=time.now())
    return render(request, "reach/reach.html", {**frame(request), "page": page, "on_alerts": True})
