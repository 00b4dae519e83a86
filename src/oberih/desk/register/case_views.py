"""A case's page with the register: what the caller claimed, and news to release."""

import calendar
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from oberih.core import time
from oberih.desk import refusals
from oberih.desk.pages import BAD, act, frame, member_of, refusing
from oberih.desk.register import telling
from oberih.desk.register.exchange_words import CONDITIONS, PAPERS
from oberih.desk.states import CaseId
from oberih.register.claim_check import Claimed
from oberih.register.claims import Told
from oberih.register.exchange_models import LONGEST_NAME, LONGEST_PLACE
from oberih.register.exchange_states import Condition, Paper
from oberih.register.refusals import DaysReversed

MONTH = forms.DateInput({"type": "month"}, format="%Y-%m")
AS_MONTH = ["%Y-%m"]


class ClaimForm(forms.Form):
    """What the caller claimed, entered once; every part may be left out."""

    place = forms.CharField(max_length=LONGEST_PLACE, required=False, label=_("Where he is held"))
    since = forms.DateField(
        required=False, label=_("From which month"), widget=MONTH, input_formats=AS_MONTH
    )
    until = forms.DateField(
        required=False, label=_("Until which month"), widget=MONTH, input_formats=AS_MONTH
    )
    cellmate = forms.CharField(
        max_length=LONGEST_NAME, required=False, label=_("Whom they name as a cellmate")
    )
    condition = forms.ChoiceField(
        choices=list(CONDITIONS.items()), required=False, label=_("How he is, they say")
    )
    paper = forms.ChoiceField(
        choices=list(PAPERS.items()), required=False, label=_("What paper they claim to have")
    )

    def clean(self) -> dict[str, object]:
        """Refuse months in the wrong order."""
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", refusals.sentence(DaysReversed()))
        return given

    def told(self) -> Told:
        """Return the claim; a month ends with its last day, one month alone is both."""
        given = self.cleaned_data
        since, until = given["since"], given["until"]
        claimed = Claimed(
            place=given["place"],
            since=since or until,
            until=_last_day(until or since),
            condition=Condition(given["condition"]),
            paper=Paper(given["paper"]),
        )
        return Told(claimed, given["cellmate"])


@require_http_methods(["GET", "POST"])
@refusing
def case_register(request: HttpRequest, case: str) -> HttpResponse:
    """Show claims with their comparison, and news that waits; take a claim in."""
    member = member_of(request)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.told()
        return act(
            request,
            do=lambda: telling.enter(CaseId(case), told=told, by=member, now=time.now()),
            then=_here(case),
        )
    page = telling.register_page(CaseId(case), by=member)
    status = int(BAD) if request.method == "POST" else 200
    context = {**frame(request), "page": page, "form": form}
    return render(request, "register/case.html", context, status=status)


@require_POST
@refusing
def release_news(request: HttpRequest, case: str, news: int) -> HttpResponse:
    """Release prepared news as the second person."""
    member = member_of(request)
    return act(
        request,
        do=lambda: telling.release(CaseId(case), news=news, by=member, now=time.now()),
        then=_here(case),
    )


def _last_day(month: date | None) -> date | None:
    if month is None:
        return None
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _here(case: str) -> str:
    return reverse("desk:case-register", args=[case])
