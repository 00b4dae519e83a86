"""The pages of alerts: draft, preview, a second person's release, cancellation."""

import os

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oberih.alerts import selectors, services
from oberih.alerts.states import AlertId
from oberih.core import time
from oberih.core.errors import OberihError
from oberih.desk import alerting, refusals
from oberih.desk.forms import AlertForm, ReleaseForm
from oberih.desk.pages import BAD, act, frame, member_of, refusal_page, refusing
from oberih.desk.states import CaseId
from oberih.staff.roles import NotPermitted, Permission
from oberih.staff.services import require


@require_GET
@refusing
def alerts(request: HttpRequest) -> HttpResponse:
    """List the alerts."""
    found = selectors.alerts(by=member_of(request))
    return render(request, "desk/alerts.html", {**frame(request), "alerts": found})


@require_http_methods(["GET", "POST"])
@refusing
def draft(request: HttpRequest) -> HttpResponse:
    """Show the form, or keep a draft."""
    require(member_of(request), Permission.ALERT_DRAFT)
    if request.method == "POST":
        return _keep_draft(request)
    case = request.GET.get("case", "")[:9]
    initial = {
        "case": case,
        "basis": "families",
        "tactic": request.GET.get("tactic", "")[:4],
        "families": request.GET.get("families", "")[:6],
    }
    form = AlertForm(initial=initial)
    return _form(request, form=form)


@require_GET
@refusing
def alert(request: HttpRequest, alert: str) -> HttpResponse:
    """Show one alert as the public will, with its grounds."""
    return _alert(request, alert=alert)


@require_POST
@refusing
def approve(request: HttpRequest, alert: str) -> HttpResponse:
    """Release an alert; the question must be answered."""
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _alert(request, alert=alert, unanswered=True)
    member, only_one = member_of(request), form.cleaned_data["only_one"] == "yes"
    return act(
        request,
        do=lambda: alerting.approve(AlertId(alert), only_one=only_one, by=member, now=time.now()),
        then=_address(alert),
    )


@require_POST
@refusing
def reject(request: HttpRequest, alert: str) -> HttpResponse:
    """Refuse a draft."""
    member = member_of(request)
    return act(request, do=lambda: services.reject(AlertId(alert), by=member), then=_address(alert))


@require_POST
@refusing
def cancel(request: HttpRequest, alert: str) -> HttpResponse:
    """Withdraw an alert in force."""
    member = member_of(request)
    return act(
        request,
        do=lambda: services.cancel(AlertId(alert), by=member, now=time.now()),
        then=_address(alert),
    )


def _keep_draft(request: HttpRequest) -> HttpResponse:
    form = AlertForm(request.POST)
    if not form.is_valid():
        return _form(request, form=form, status=BAD)
    given = form.cleaned_data
    counted = _counted(request, case=given["case"], tactic=given["tactic"])
    try:
        kept = alerting.draft(
            form.draft(counted=counted),
            by=member_of(request),
            now=time.now(),
            entropy=os.urandom,
        )
    except NotPermitted as error:
        return refusal_page(request, error=error)
    except OberihError as error:
        form.add_error(None, refusals.sentence(error))
        return _form(request, form=form, status=int(refusals.status(error)))
    return redirect(_address(kept))


def _form(request: HttpRequest, *, form: AlertForm, status: int = 200) -> HttpResponse:
    case = str(form["case"].value() or "")
    tactic = str(form["tactic"].value() or "")
    context = {
        **frame(request),
        "form": form,
        "case_id": case,
        "counted": _counted(request, case=case, tactic=tactic),
    }
    return render(request, "desk/alert_form.html", context, status=status)


def _alert(request: HttpRequest, *, alert: str, unanswered: bool = False) -> HttpResponse:
    page = alerting.alert_page(AlertId(alert), by=member_of(request), now=time.now())
    context = {**frame(request), "page": page, "unanswered": unanswered}
    return render(request, "desk/alert.html", context, status=int(BAD) if unanswered else 200)


def _counted(request: HttpRequest, *, case: str, tactic: str) -> int:
    by, now = member_of(request), time.now()
    return alerting.families_behind(CaseId(case), tactic=tactic, by=by, now=now)


def _address(alert: str) -> str:
    return reverse("desk:alert", kwargs={"alert": alert})
