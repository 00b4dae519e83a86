"""Tasks, reminders, mergers and offers: each view parses, calls one service, goes on."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from oberih.core import time
from oberih.desk.casework import mergers, reminders, tasks, transfers
from oberih.desk.casework.forms import (
    AnswerForm,
    MergeForm,
    OfferForm,
    ReminderForm,
    SettleForm,
    TaskForm,
)
from oberih.desk.casework.models import TaskState
from oberih.desk.casework.tasks import Settling
from oberih.desk.pages import act, form_trouble, frame, member_of, refusing
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@require_POST
@refusing
def add_task(request: HttpRequest, case: str) -> HttpResponse:
    """Add a task."""

    def do(given: dict[str, str], by: Member) -> None:
        tasks.add(CaseId(case), text=given["text"], by=by, now=time.now())

    return _filled(request, form=TaskForm(request.POST), do=do, then=_case(case))


@require_POST
@refusing
def settle_task(request: HttpRequest, case: str) -> HttpResponse:
    """Make a task done, not applicable or open again."""

    def do(given: dict[str, str], by: Member) -> None:
        settling = Settling(CaseId(case), given["key"], TaskState(given["state"]))
        tasks.settle(settling, by=by, now=time.now())

    return _filled(request, form=SettleForm(request.POST), do=do, then=_case(case))


@require_POST
@refusing
def remind(request: HttpRequest, case: str) -> HttpResponse:
    """Let the case come back on a day."""

    def do(given: dict[str, object], by: Member) -> None:
        reminders.remind(CaseId(case), on=given["on"], reason=str(given["reason"]), by=by)  # type: ignore[arg-type]  # the form's own date

    return _filled(request, form=ReminderForm(request.POST), do=do, then=_case(case))


@require_POST
@refusing
def drop_reminder(request: HttpRequest, case: str, reminder: int) -> HttpResponse:
    """Let a reminder rest."""
    by = member_of(request)
    return act(
        request,
        do=lambda: reminders.drop(CaseId(case), reminder=reminder, by=by, now=time.now()),
        then=_case(case),
    )


@require_POST
@refusing
def merge(request: HttpRequest, case: str) -> HttpResponse:
    """Work on this case inside another."""

    def do(given: dict[str, str], by: Member) -> None:
        into = CaseId(given["into"].strip().upper())
        mergers.merge(CaseId(case), into=into, by=by, now=time.now())

    return _filled(request, form=MergeForm(request.POST), do=do, then=_case(case))


@require_POST
@refusing
def unmerge(request: HttpRequest, case: str) -> HttpResponse:
    """Take this case out of the other again."""
    by = member_of(request)
    do = mergers.unmerge
    return act(request, do=lambda: do(CaseId(case), by=by, now=time.now()), then=_case(case))


@require_POST
@refusing
def offer(request: HttpRequest, case: str) -> HttpResponse:
    """Offer the case to another team."""

    def do(given: dict[str, str], by: Member) -> None:
        transfers.offer(CaseId(case), to=given["team"], reason=given["reason"], by=by)

    return _filled(request, form=OfferForm(request.POST), do=do, then=_case(case))


@require_GET
@refusing
def offers(request: HttpRequest) -> HttpResponse:
    """Show what is offered to one's teams."""
    by = member_of(request)
    require(by, Permission.CASE_TRANSFER)
    context = {**frame(request), "offers": transfers.offered_to(by)}
    return render(request, "casework/offers.html", context)


@require_POST
@refusing
def accept(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Take an offered case over."""
    by = member_of(request)
    do = transfers.accept
    return act(request, do=lambda: do(offer_id, by=by, now=time.now()), then=reverse("desk:offers"))


@require_POST
@refusing
def reject(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Say why an offered case is not taken over."""

    def do(given: dict[str, str], by: Member) -> None:
        transfers.reject(offer_id, answer=given["answer"], by=by, now=time.now())

    form = AnswerForm(request.POST)
    return _filled(request, form=form, do=do, then=reverse("desk:offers"))


@require_POST
@refusing
def withdraw(request: HttpRequest, case: str, offer_id: int) -> HttpResponse:
    """Take an offer back."""
    by = member_of(request)
    do = transfers.withdraw
    return act(request, do=lambda: do(offer_id, by=by, now=time.now()), then=_case(case))


def _filled(
    request: HttpRequest,
    *,
    form: forms.Form,
    do: Callable[[dict, Member], object],  # type: ignore[type-arg]  # a form's cleaned fields
    then: str,
) -> HttpResponse:
    """Do it with what the form says; a form that says too little is told so."""
    by = member_of(request)

    def attempt() -> None:
        if form.is_valid():
            do(form.cleaned_data, by)
        else:
            form_trouble(request)

    return act(request, do=attempt, then=then)


def _case(case: str) -> str:
    return reverse("desk:case", kwargs={"case": case})
