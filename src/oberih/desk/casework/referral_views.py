"""Passing a case on: consents, dangers, the package before it leaves, what became of it."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from oberih.core import time
from oberih.desk.casework import consents, referrals
from oberih.desk.casework.forms import ConsentForm, DangerForm, PackageForm, StepForm
from oberih.desk.casework.models import ReferralState
from oberih.desk.casework.packages import Package
from oberih.desk.casework.page import may_read_package, referral_page, shown_referral
from oberih.desk.casework.words import body_name
from oberih.desk.pages import act, form_trouble, frame, member_of, refusing
from oberih.desk.services import ActedMeanwhile
from oberih.desk.states import CaseId
from oberih.staff.models import Member


@require_GET
@refusing
def referral(request: HttpRequest, case: str) -> HttpResponse:
    """Show everything about passing this case on; with a body and items, what would leave."""
    by, form = member_of(request), PackageForm(request.GET)
    shown = None
    if form.is_valid():
        given = form.cleaned_data
        shown = referrals.preview(CaseId(case), body=given["body"], items=given["items"], by=by)
    return _page(request, case=case, shown=shown)


@require_POST
@refusing
def send(request: HttpRequest, case: str) -> HttpResponse:
    """Note that exactly what was shown is passed on."""
    by, form = member_of(request), PackageForm(request.POST)

    def attempt() -> None:
        if not form.is_valid():
            form_trouble(request)
            return
        given = form.cleaned_data
        shown = referrals.preview(CaseId(case), body=given["body"], items=given["items"], by=by)
        if digest_of(shown) != request.POST.get("digest", ""):
            raise ActedMeanwhile
        referrals.refer(CaseId(case), shown=shown, by=by, now=time.now())

    return act(request, do=attempt, then=_home(case))


@require_POST
@refusing
def consent(request: HttpRequest, case: str) -> HttpResponse:
    """Record what the family allows."""
    by, form = member_of(request), ConsentForm(request.POST)

    def attempt() -> None:
        if form.is_valid():
            consents.record_consent(CaseId(case), given=form.given(), by=by)
        else:
            form_trouble(request)

    return act(request, do=attempt, then=_home(case))


@require_POST
@refusing
def withdraw(request: HttpRequest, case: str, consent_id: int) -> HttpResponse:
    """Record that the family takes its yes back."""
    by = member_of(request)
    do = consents.withdraw_consent
    return act(request, do=lambda: do(CaseId(case), consent=consent_id, by=by), then=_home(case))


@require_POST
@refusing
def danger(request: HttpRequest, case: str) -> HttpResponse:
    """Declare that life is in immediate danger."""
    by, form = member_of(request), DangerForm(request.POST)

    def attempt() -> None:
        if form.is_valid():
            given = form.cleaned_data
            do = consents.declare_danger
            do(CaseId(case), body=given["body"], reason=given["reason"], by=by)
        else:
            form_trouble(request)

    return act(request, do=attempt, then=_home(case))


@require_POST
@refusing
def confirm(request: HttpRequest, case: str, danger_id: int) -> HttpResponse:
    """Confirm it as the second person."""
    by = member_of(request)
    do = consents.confirm_danger
    return act(request, do=lambda: do(danger_id, by=by, now=time.now()), then=_home(case))


@require_POST
@refusing
def refuse(request: HttpRequest, case: str, danger_id: int) -> HttpResponse:
    """Do not confirm it."""
    by = member_of(request)
    do = consents.refuse_danger
    return act(request, do=lambda: do(danger_id, by=by, now=time.now()), then=_home(case))


@require_GET
@refusing
def package(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Show one referral, word for word as it left; printable."""
    by = member_of(request)
    row = referrals.the_referral(referral_id, by=by)
    context = {
        **frame(request),
        "one": shown_referral(row, by=by),
        "text": row.package if may_read_package(row, by=by) else "",
    }
    return render(request, "casework/package.html", context)


@require_POST
@refusing
def step(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Note what became of a referral."""
    by, form = member_of(request), StepForm(request.POST)
    then = reverse("desk:package", kwargs={"referral_id": referral_id})

    def attempt() -> None:
        if form.is_valid():
            to = ReferralState(form.cleaned_data["state"])
            referrals.move_on(referral_id, to=to, by=by, now=time.now())
        else:
            form_trouble(request)

    return act(request, do=attempt, then=then)


def digest_of(shown: Package) -> str:
    """Return what tells one package from any other, for the form that sends it."""
    return hashlib.sha256(f"{shown.body.code}\0{shown.text}".encode()).hexdigest()


def _page(request: HttpRequest, *, case: str, shown: Package | None) -> HttpResponse:
    by = member_of(request)
    page = referral_page(CaseId(case), by=by, now=time.now())
    context = {**frame(request), "page": page, "case_id": case, "shown": shown}
    if shown is not None:
        context |= _of_package(shown, by=by)
    return render(request, "casework/referral.html", context)


def _of_package(shown: Package, *, by: Member) -> dict[str, object]:
    codes = [item.code for item in shown.items]
    return {
        "digest": digest_of(shown),
        "shown_body": body_name(shown.body.code, language=by.language),
        "shown_codes": codes,
    }


def _home(case: str) -> str:
    return reverse("desk:referral", kwargs={"case": case})
