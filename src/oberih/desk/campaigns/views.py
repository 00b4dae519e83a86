"""The pages of campaigns: the list, a group, a campaign, its numbers, its exports."""

import os
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oberih.campaigns.states import CampaignId
from oberih.core import time
from oberih.core.errors import OberihError
from oberih.desk import refusals
from oberih.desk.campaigns.exporting import MAKERS
from oberih.desk.campaigns.exporting import export as exported
from oberih.desk.campaigns.forms import ListForm, NameForm, PickForm
from oberih.desk.campaigns.listing import listing
from oberih.desk.campaigns.listing_identifiers import Wish, propose_all, unlisted
from oberih.desk.campaigns.page import NOTHING_CHOSEN, Choice, Page, campaign_page, group_page
from oberih.desk.pages import BAD, frame, member_of, refusing
from oberih.staff.roles import Permission
from oberih.staff.services import require

USUALLY_LASTS = timedelta(days=180)


@require_GET
@refusing
def campaigns(request: HttpRequest) -> HttpResponse:
    """Show alarms, campaigns and groups."""
    found = listing(by=member_of(request), today=localdate(time.now()))
    return render(request, "campaigns/list.html", {**shown(request), "listing": found})


@require_GET
@refusing
def group(request: HttpRequest, group: int) -> HttpResponse:
    """Show a group that nobody has named; a named one has its campaign's page."""
    page = group_page(group, by=member_of(request), choice=_choice(request))
    if page.campaign is not None:
        return redirect(reverse("desk:campaign", args=[page.campaign.pk]))
    return _page(request, page=page)


@require_GET
@refusing
def campaign(request: HttpRequest, campaign: str) -> HttpResponse:
    """Show a campaign."""
    found = campaign_page(CampaignId(campaign), by=member_of(request), choice=_choice(request))
    return _page(request, page=found)


@require_http_methods(["GET", "POST"])
@refusing
def identifiers(request: HttpRequest, campaign: str) -> HttpResponse:
    """Propose the campaign's numbers for the watch list."""
    member = member_of(request)
    require(member, Permission.IDENTIFIER_PROPOSE)
    page = campaign_page(CampaignId(campaign), by=member)
    expires = localdate(time.now() + USUALLY_LASTS).isoformat()
    form = ListForm(request.POST or None, initial={"expires_on": expires})
    if request.method == "GET" or not form.is_valid():
        return _identifiers(request, page=page, form=form)
    chosen = frozenset(int(one) for one in request.POST.getlist("clue") if one.isdecimal())
    given = form.cleaned_data
    wish = Wish(chosen, given["reason"], given["expires_on"], time.now())
    try:
        propose_all(page, wish=wish, by=member, entropy=os.urandom)
    except OberihError as error:
        form.add_error(None, refusals.sentence(error))
        return _identifiers(request, page=page, form=form)
    return redirect(reverse("desk:watch-list"))


@require_POST
@refusing
def export(request: HttpRequest, campaign: str, form: str) -> HttpResponse:
    """Give the campaign in a form of other bodies, as a file."""
    if form not in MAKERS:
        return redirect(reverse("desk:campaign", args=[campaign]))
    member = member_of(request)
    content = exported(CampaignId(campaign), form=form, by=member, now=time.now())
    name = f'attachment; filename="{campaign}.{form}.json"'
    return HttpResponse(
        content, content_type="application/json", headers={"Content-Disposition": name}
    )


def shown(request: HttpRequest) -> dict[str, object]:
    """Return the frame of these pages."""
    member = member_of(request)
    may_link = member.may(Permission.CAMPAIGN_LINK)
    return {**frame(request), "on_campaigns": True, "may_link": may_link}


def _page(request: HttpRequest, *, page: Page) -> HttpResponse:
    context = {**shown(request), "page": page, "name_form": NameForm()}
    return render(request, "campaigns/page.html", context)


def _identifiers(request: HttpRequest, *, page: Page, form: ListForm) -> HttpResponse:
    context = {**shown(request), "page": page, "form": form, "unlisted": unlisted(page)}
    status = 200 if request.method == "GET" else int(BAD)
    return render(request, "campaigns/identifiers.html", context, status=status)


def _choice(request: HttpRequest) -> Choice:
    form = PickForm(request.GET)
    if not form.is_valid():
        return NOTHING_CHOSEN
    given = form.cleaned_data
    return Choice(given["pick"] or 0, given["day"], given["region"])
