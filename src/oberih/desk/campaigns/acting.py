"""The acts on campaigns: each view parses, calls one service, goes back to the page."""

import os

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from oberih.campaigns import confirming, floods, judging
from oberih.campaigns.confirming import Deed
from oberih.campaigns.judging import Judgement
from oberih.campaigns.states import CampaignId, ClueKind, Verdict
from oberih.core import time
from oberih.desk.campaigns import claiming, escrow
from oberih.desk.campaigns.claiming import Named
from oberih.desk.campaigns.forms import ClaimForm, ClueForm, IntoForm, LinkForm, NameForm
from oberih.desk.pages import act, form_trouble, member_of, refusing
from oberih.desk.states import CaseId
from oberih.staff.models import Member


@require_POST
@refusing
def judge(request: HttpRequest) -> HttpResponse:
    """Accept, reject or doubt a link."""
    form, member = LinkForm(request.POST), member_of(request)
    if not form.is_valid():
        return _bad(request)
    given = form.cleaned_data
    said = Judgement(given["one"], given["other"], Verdict(given["verdict"]))
    escrow.require_both((said.one, said.other), by=member)
    return act(
        request, do=lambda: judging.judge(said, by=member, now=time.now()), then=_back(request)
    )


@require_POST
@refusing
def judge_clue(request: HttpRequest) -> HttpResponse:
    """Call a number innocent, or a handler's."""
    form, member = ClueForm(request.POST), member_of(request)
    if not form.is_valid():
        return _bad(request)
    given = form.cleaned_data
    verdict = Verdict(given["verdict"])
    return act(
        request,
        do=lambda: judging.judge_clue(given["clue"], verdict=verdict, by=member, now=time.now()),
        then=_back(request),
    )


@require_POST
@refusing
def confirm(request: HttpRequest, group: int) -> HttpResponse:
    """Name a group and call it a campaign."""
    form, member = NameForm(request.POST), member_of(request)
    if not form.is_valid():
        return _bad(request)
    deed = Deed(member, time.now())
    name = form.cleaned_data["name"]
    kept = confirming.confirm(_named(group, by=member), name=name, deed=deed, entropy=os.urandom)
    return redirect(reverse("desk:campaign", args=[kept]))


@require_POST
@refusing
def release(request: HttpRequest, group: int) -> HttpResponse:
    """Let a flood's contacts count after all."""
    member = member_of(request)
    return act(
        request,
        do=lambda: judging.release(_named(group, by=member), by=member, now=time.now()),
        then=_back(request),
    )


@require_POST
@refusing
def hold(request: HttpRequest, group: int) -> HttpResponse:
    """Take a release back."""
    member = member_of(request)
    return act(
        request,
        do=lambda: judging.hold_again(_named(group, by=member), by=member),
        then=_back(request),
    )


@require_POST
@refusing
def set_apart(request: HttpRequest, group: int) -> HttpResponse:
    """Call a flood's reports fakes: they join nobody."""
    member = member_of(request)
    return act(
        request,
        do=lambda: floods.set_apart(_named(group, by=member), by=member, now=time.now()),
        then=_back(request),
    )


@require_POST
@refusing
def take_back(request: HttpRequest, group: int) -> HttpResponse:
    """Link a flood's reports with all others again."""
    member = member_of(request)
    return act(
        request,
        do=lambda: floods.take_back(_named(group, by=member), by=member),
        then=_back(request),
    )


@require_POST
@refusing
def note_claim(request: HttpRequest, case: str) -> HttpResponse:
    """Note a person or a place that the stranger names."""
    form, member = ClaimForm(request.POST), member_of(request)
    if not form.is_valid():
        return _bad(request)
    named = Named(ClueKind(form.cleaned_data["kind"]), form.cleaned_data["text"])
    return act(
        request,
        do=lambda: claiming.note(named, case=CaseId(case), by=member, now=time.now()),
        then=_back(request),
    )


@require_POST
@refusing
def remove_claim(request: HttpRequest, case: str, claim: int) -> HttpResponse:
    """Remove a person or a place that was noted."""
    member = member_of(request)
    return act(
        request,
        do=lambda: claiming.remove(claim, case=CaseId(case), by=member),
        then=_back(request),
    )


@require_POST
@refusing
def open_group(request: HttpRequest, group: int) -> HttpResponse:
    """Let the other teams see our side of a group."""
    member = member_of(request)
    return act(
        request,
        do=lambda: escrow.open_our_side(_cases(group, by=member), by=member, now=time.now()),
        then=_back(request),
    )


@require_POST
@refusing
def open_campaign(request: HttpRequest, campaign: str) -> HttpResponse:
    """Let the other teams see our side of a campaign."""
    member = member_of(request)
    cases = confirming.cases_of(_seen(campaign, by=member))
    return act(
        request,
        do=lambda: escrow.open_our_side(cases, by=member, now=time.now()),
        then=_campaign(campaign),
    )


@require_POST
@refusing
def rename(request: HttpRequest, campaign: str) -> HttpResponse:
    """Give a campaign another name."""
    form, member = NameForm(request.POST), member_of(request)
    if not form.is_valid():
        return _bad(request)
    name = form.cleaned_data["name"]
    return act(
        request,
        do=lambda: confirming.rename(_seen(campaign, by=member), name=name, by=member),
        then=_campaign(campaign),
    )


@require_POST
@refusing
def take_new_in(request: HttpRequest, campaign: str) -> HttpResponse:
    """Confirm what was linked with a campaign since."""
    member = member_of(request)
    return act(
        request,
        do=lambda: confirming.take_new_in(_seen(campaign, by=member), by=member),
        then=_campaign(campaign),
    )


@require_POST
@refusing
def merge(request: HttpRequest, campaign: str) -> HttpResponse:
    """Let a campaign go on inside another."""
    form, member = IntoForm(request.POST), member_of(request)
    if not form.is_valid():
        return _bad(request)
    into = _seen(form.cleaned_data["into"], by=member)
    return act(
        request,
        do=lambda: confirming.merge(_seen(campaign, by=member), into=into, by=member),
        then=_campaign(into),
    )


@require_POST
@refusing
def unmerge(request: HttpRequest, campaign: str) -> HttpResponse:
    """Take a merged campaign out again."""
    member = member_of(request)
    return act(
        request,
        do=lambda: confirming.unmerge(_seen(campaign, by=member), by=member),
        then=_campaign(campaign),
    )


@require_POST
@refusing
def end(request: HttpRequest, campaign: str) -> HttpResponse:
    """Take a confirmation back."""
    member = member_of(request)
    return act(
        request,
        do=lambda: confirming.end(_seen(campaign, by=member), by=member),
        then=reverse("desk:campaigns"),
    )


def _seen(campaign: str, *, by: Member) -> CampaignId:
    """Return the id of a campaign of which the member sees a case; raises NoSuchCampaign."""
    return CampaignId(escrow.the_campaign(CampaignId(campaign), by=by).pk)


def _named(group: int, *, by: Member) -> str:
    return escrow.the_group(group, by=by).name


def _cases(group: int, *, by: Member) -> list[str]:
    return escrow.cases_of_group(escrow.the_group(group, by=by))


def _campaign(campaign: str) -> str:
    return reverse("desk:campaign", args=[campaign])


def _back(request: HttpRequest) -> str:
    """Return the page of ours that the act came from."""
    named = request.POST.get("next", "")
    is_ours = named.startswith("/") and url_has_allowed_host_and_scheme(named, allowed_hosts=None)
    return named if is_ours else reverse("desk:campaigns")


def _bad(request: HttpRequest) -> HttpResponse:
    form_trouble(request)
    return redirect(_back(request))
