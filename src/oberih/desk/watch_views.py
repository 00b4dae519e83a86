"""The watch list's pages: propose, a second person's confirmation, release, import."""

import os
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oberih.core import time
from oberih.core.errors import OberihError
from oberih.desk import refusals, watch_import, watch_services
from oberih.desk.forms import ReleaseForm
from oberih.desk.pages import BAD, act, frame, member_of, refusal_page, refusing
from oberih.desk.watch_batches import waiting_batches
from oberih.desk.watch_forms import ImportForm, WatchForm
from oberih.desk.watch_import import Importer, NotCsv
from oberih.desk.watch_selectors import entry_page, watch_page
from oberih.desk.watch_states import WatchId
from oberih.staff.roles import NotPermitted, Permission
from oberih.staff.services import require

USUALLY_LASTS = timedelta(days=180)


@require_GET
@refusing
def watch_list(request: HttpRequest) -> HttpResponse:
    """Show the list."""
    member = member_of(request)
    page, batches = watch_page(by=member), waiting_batches(by=member)
    context = {**_frame(request), "page": page, "batches": batches}
    return render(request, "desk/watch.html", context)


@require_GET
@refusing
def entry(request: HttpRequest, entry: str) -> HttpResponse:
    """Show one entry with its history."""
    return _entry(request, entry=entry)


@require_http_methods(["GET", "POST"])
@refusing
def propose(request: HttpRequest) -> HttpResponse:
    """Show the form, or keep a proposal for a second person."""
    require(member_of(request), Permission.IDENTIFIER_PROPOSE)
    if request.method == "POST":
        return _keep(request)
    initial = {
        "identifier": request.GET.get("identifier", "")[:2048],
        "case": request.GET.get("case", "")[:9],
        "answer": "reported",
        "policy": "desk only",
        "basis": "families",
        "expires_on": localdate(time.now() + USUALLY_LASTS).isoformat(),
    }
    return _form(request, form=WatchForm(initial=initial))


@require_POST
@refusing
def confirm(request: HttpRequest, entry: str) -> HttpResponse:
    """Confirm as the second person; the question must be answered."""
    form, member = ReleaseForm(request.POST), member_of(request)
    if not form.is_valid():
        return _entry(request, entry=entry, unanswered=True)
    only_one = form.cleaned_data["only_one"] == "yes"
    return act(
        request,
        do=lambda: watch_services.confirm(
            WatchId(entry), only_one=only_one, by=member, now=time.now()
        ),
        then=_address(entry),
    )


@require_POST
@refusing
def release(request: HttpRequest, entry: str) -> HttpResponse:
    """Lift an embargo that has ended; the question must be answered."""
    form, member = ReleaseForm(request.POST), member_of(request)
    if not form.is_valid():
        return _entry(request, entry=entry, unanswered=True)
    only_one, today = form.cleaned_data["only_one"] == "yes", localdate(time.now())
    return act(
        request,
        do=lambda: watch_services.release(
            WatchId(entry), only_one=only_one, by=member, today=today
        ),
        then=_address(entry),
    )


@require_POST
@refusing
def reject(request: HttpRequest, entry: str) -> HttpResponse:
    """Refuse a proposal."""
    member = member_of(request)
    return act(
        request,
        do=lambda: watch_services.reject(WatchId(entry), by=member),
        then=_address(entry),
    )


@require_POST
@refusing
def retire(request: HttpRequest, entry: str) -> HttpResponse:
    """Take an entry off the list."""
    member = member_of(request)
    return act(
        request,
        do=lambda: watch_services.retire(WatchId(entry), by=member),
        then=_address(entry),
    )


@require_http_methods(["GET", "POST"])
@refusing
def bring(request: HttpRequest) -> HttpResponse:
    """Show the import's form, or what an import would change."""
    require(member_of(request), Permission.IDENTIFIER_PROPOSE)
    context: dict[str, object] = {**_frame(request), "columns": ", ".join(watch_import.COLUMNS)}
    if request.method == "GET":
        return render(request, "desk/watch_import.html", context)
    text = _uploaded(request)
    shown = watch_import.preview(text, importer=_importer(request))
    refused = [(row, refusals.sentence(row.refusal)) for row in shown.refused if row.refusal]
    context |= {"preview": shown, "refused": refused, "text": text}
    return render(request, "desk/watch_import.html", context)


@require_POST
@refusing
def bring_all(request: HttpRequest) -> HttpResponse:
    """Import what the preview showed: all of it or nothing."""
    text, importer = request.POST.get("text", ""), _importer(request)
    return act(
        request,
        do=lambda: watch_import.import_all(text, importer=importer),
        then=reverse("desk:watch-list"),
    )


def _uploaded(request: HttpRequest) -> str:
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid() or not form.cleaned_data["file"]:
        raise NotCsv
    if form.cleaned_data["file"].size > watch_import.LARGEST:
        raise watch_import.TooManyRows
    try:
        return str(form.cleaned_data["file"].read().decode())
    except UnicodeDecodeError as error:
        raise NotCsv from error


def _importer(request: HttpRequest) -> Importer:
    return Importer(member_of(request), time.now(), os.urandom)


def _keep(request: HttpRequest) -> HttpResponse:
    form = WatchForm(request.POST)
    if not form.is_valid():
        return _form(request, form=form, status=int(BAD))
    try:
        kept = watch_services.propose(
            form.proposal(), by=member_of(request), now=time.now(), entropy=os.urandom
        )
    except NotPermitted as error:
        return refusal_page(request, error=error)
    except OberihError as error:
        form.add_error(None, refusals.sentence(error))
        return _form(request, form=form, status=int(refusals.status(error)))
    return redirect(_address(kept))


def _form(request: HttpRequest, *, form: WatchForm, status: int = 200) -> HttpResponse:
    context = {**_frame(request), "form": form}
    return render(request, "desk/watch_form.html", context, status=status)


def _entry(request: HttpRequest, *, entry: str, unanswered: bool = False) -> HttpResponse:
    page = entry_page(WatchId(entry), by=member_of(request), today=localdate(time.now()))
    context = {**_frame(request), "page": page, "unanswered": unanswered}
    return render(request, "desk/watch_entry.html", context, status=int(BAD) if unanswered else 200)


def _frame(request: HttpRequest) -> dict[str, object]:
    member = member_of(request)
    return {
        **frame(request),
        "on_watch_list": True,
        "may_confirm": member.may(Permission.IDENTIFIER_CONFIRM),
    }


def _address(entry: str) -> str:
    return reverse("desk:watch-entry", kwargs={"entry": entry})
