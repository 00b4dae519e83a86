"""The page of what does not fit, over the whole register."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from oberih.core import time
from oberih.desk.pages import member_of, refusing
from oberih.desk.register.fits_page import work_page
from oberih.desk.register.views import shown
from oberih.register.discrepancies import Rule
from oberih.register.work_list import Order


@require_GET
@refusing
def work_list(request: HttpRequest) -> HttpResponse:
    """Show what does not fit, counted by rule or place; `rule` shows one rule's lines alone."""
    asked, chosen = request.GET.get("by", ""), request.GET.get("rule", "")
    page = work_page(
        order=Order(asked) if asked in {one.value for one in Order} else Order.RULE,
        only=Rule(chosen) if chosen in {one.value for one in Rule} else None,
        by=member_of(request),
        today=localdate(time.now()),
    )
    return render(request, "register/fits.html", {**shown(request), "page": page})
