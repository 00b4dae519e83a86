"""The page on which a call is taken, and the ten words, shown once."""

import secrets
from functools import partial
from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from oberih.core import time
from oberih.core.hours import parse_hours
from oberih.core.hours_in_words import in_words
from oberih.crypto.message import Tongue
from oberih.desk import refusals
from oberih.desk.calls.consent import consent_words, machine_words
from oberih.desk.calls.forms import CallForm
from oberih.desk.calls.forms_on_paper import blank_forms
from oberih.desk.calls.refusals import CallNotSent, CallTaken
from oberih.desk.calls.sending import send_entered
from oberih.desk.care.page import SUPPORT, URGENT, lines
from oberih.desk.pages import BAD, frame, member_of, refusing
from oberih.staff.roles import Permission
from oberih.staff.services import require


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def call(request: HttpRequest) -> HttpResponse:
    """Show the card of a new call, or send it and show the ten words to read out."""
    by = member_of(request)
    require(by, Permission.CALL_TAKE)
    if request.method != "POST":
        begun = {"once": secrets.token_hex(16), "language": "uk"}
        empty = CallForm(initial=begun, language=by.language, today=localdate(time.now()))
        return _page(request, form=empty, status=HTTPStatus.OK)
    form = CallForm(request.POST, language=by.language, today=localdate(time.now()))
    if not form.is_valid():
        return _page(request, form=form, status=BAD)
    try:
        told = send_entered(form.entered(operator=settings.OPERATOR), by=by)
    except (CallTaken, CallNotSent) as error:
        messages.error(request, refusals.sentence(error))
        return _page(request, form=form, status=refusals.status(error))
    context = {"told": told, "words": told.receipt.words(), "tongue": told.receipt.language}
    context["paper_on"] = form.cleaned_data["paper_on"]
    return render(request, "calls/words.html", {**frame(request), **context, "on_call": True})


@require_GET
@refusing
def paper(request: HttpRequest, language: str) -> HttpResponse:
    """Give the blank forms of one language as a PDF."""
    given = HttpResponse(
        blank_forms(language, by=member_of(request)), content_type="application/pdf"
    )
    given["Content-Disposition"] = f'attachment; filename="forms-{language}.pdf"'
    return given


@require_GET
@refusing
def out_of_hours(request: HttpRequest) -> HttpResponse:
    """Show what the phone says, and what to do for who picks it up, while nobody is on the desk."""
    by = member_of(request)
    require(by, Permission.CALL_TAKE)
    now = time.now()
    hours = parse_hours(settings.HOURS, zone=ZoneInfo(settings.TIME_ZONE))
    opens = hours.opens(now)
    support, urgent = (lines(name, language=by.language) for name in (SUPPORT, URGENT))
    say = partial(
        machine_words,
        operator=settings.OPERATOR,
        hours=hours,
        support=support[0].numbers[0],
    )
    spoken = [(one.value, say(one)) for one in (Tongue.UK, Tongue.RU, Tongue.EN)]
    context: dict[str, object] = {"spoken": spoken, "support": support, "urgent": urgent}
    context["hours"] = in_words(hours, language=by.language)
    context["back_at"] = None if opens == now else opens
    return render(
        request, "calls/out_of_hours.html", {**frame(request), **context, "on_call": True}
    )


def _page(request: HttpRequest, *, form: CallForm, status: HTTPStatus) -> HttpResponse:
    consents = [(one.value, consent_words(one, operator=settings.OPERATOR)) for one in Tongue]
    context = {**frame(request), "form": form, "consents": consents, "on_call": True}
    return render(request, "calls/call.html", context, status=status)
