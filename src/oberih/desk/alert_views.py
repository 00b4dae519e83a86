"""The pages of alerts: draft, preview, a second person's release, cancellation."""

import os

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oberih.alerts import selectors, services
from oberih.alerts.instructions import instruction_for
from oberih.alerts.states import AlertId
from oberih.core import time
from oberih.core.errors import OberihError
from oberih.desk import alert_starting, alert_words, alerting, leaflets, refusals
from oberih.desk.alert_forms import AlertForm, AlertReleaseForm
from oberih.desk.alert_live import live
from oberih.desk.alert_previews import cap_text
from oberih.desk.alerting import ReleaseAnswer
from oberih.desk.pages import BAD, act, frame, member_of, refusal_page, refusing
from oberih.desk.states import CaseId
from oberih.staff.roles import NotPermitted, Permission
from oberih.staff.services import require


@require_GET
@refusing
def alerts(request: HttpRequest) -> HttpResponse:
    """List the alerts."""
    found = selectors.alerts(by=member_of(request))
    return render(
        request,
        "desk/alerts.html",
        {**frame(request), "alerts": found, "front": settings.FRONT_URL},
    )


@require_http_methods(["GET", "POST"])
@refusing
def draft(request: HttpRequest) -> HttpResponse:
    """Show the form, or keep a draft."""
    require(member_of(request), Permission.ALERT_DRAFT)
    if request.method == "POST":
        return _keep_draft(request)
    return _form(request, form=AlertForm(initial=alert_starting.initial(request.GET)))


@require_POST
@refusing
def preview(request: HttpRequest) -> HttpResponse:
    """Draw what has been typed so far; nothing is kept."""
    require(member_of(request), Permission.ALERT_DRAFT)
    return render(request, "desk/alert_live.html", {"live": live(request.POST)})


@require_GET
@refusing
def alert(request: HttpRequest, alert: str) -> HttpResponse:
    """Show one alert as the public will, with its grounds."""
    return _alert(request, alert=alert)


@require_POST
@refusing
def approve(request: HttpRequest, alert: str) -> HttpResponse:
    """Release an alert; the question must be answered."""
    form = AlertReleaseForm(request.POST)
    if not form.is_valid():
        return _alert(request, alert=alert, unanswered=True)
    given, member = form.cleaned_data, member_of(request)
    answer = ReleaseAnswer(given["only_one"] == "yes", given["region"], given["findings_read"])
    return act(
        request,
        do=lambda: alerting.approve(AlertId(alert), answer=answer, by=member, now=time.now()),
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
        do=lambda: alerting.cancel(AlertId(alert), by=member, now=time.now()),
        then=_address(alert),
    )


@require_GET
@refusing
def leaflet(request: HttpRequest, alert: str, language: str) -> HttpResponse:
    """Hand out the printed leaflet that the worker drew."""
    found = leaflets.leaflet(AlertId(alert), language=language, by=member_of(request))
    answer = HttpResponse(found, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{alert}-{language}.pdf"'
    return answer


def _keep_draft(request: HttpRequest) -> HttpResponse:
    if "insert" in request.POST:
        return _form(request, form=AlertForm(initial=alert_starting.with_advice(request.POST)))
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
        "instruction": instruction_for(tactic),
        "counted": _counted(request, case=case, tactic=tactic),
    }
    return render(request, "desk/alert_form.html", context, status=status)


def _alert(request: HttpRequest, *, alert: str, unanswered: bool = False) -> HttpResponse:
    page = alerting.alert_page(AlertId(alert), by=member_of(request), now=time.now())
    context = {
        **frame(request),
        "page": page,
        "unanswered": unanswered,
        "doubts": [(alert_words.DOUBTS[one.doubt], one) for one in page.findings],
        "leaflets": leaflets.drawn(page.alert),
        "can_draw": leaflets.can_draw(),
        "cap": "" if page.sealed else cap_text(page.alert),
        **alert_words.of(page.alert),
    }
    return render(request, "desk/alert.html", context, status=int(BAD) if unanswered else 200)


def _counted(request: HttpRequest, *, case: str, tactic: str) -> int:
    by, now = member_of(request), time.now()
    return alerting.families_behind(CaseId(case), tactic=tactic, by=by, now=now)


def _address(alert: str) -> str:
    return reverse("desk:alert", kwargs={"alert": alert})
