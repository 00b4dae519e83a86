"""The page of erasures: one asks for it on the person's page, another does it here."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from oberih.core import time
from oberih.desk.pages import act, form_trouble, member_of, refusing
from oberih.desk.register.forms import GROUNDS, ErasureForm
from oberih.desk.register.letter_paper import forget_drawn
from oberih.desk.register.views import shown
from oberih.register.erasure_models import Erasure, Ground
from oberih.register.erasures import (
    ErasureWish,
    ask_erasure,
    erase_person,
    erasures,
    withdraw_erasure,
)
from oberih.register.forgetting import leave_no_trace
from oberih.register.witnesses import kept_witnesses
from oberih.staff.models import Member

_HERE = "desk:register-erasures"


@require_GET
@refusing
def page(request: HttpRequest) -> HttpResponse:
    """Show what waits for a second person, and what is done."""
    member = member_of(request)
    rows = [(one, GROUNDS[one.ground], _is_mine(one, by=member)) for one in erasures(by=member)]
    context = {"rows": rows, "witnesses": kept_witnesses(by=member)}
    return render(request, "register/erasures.html", {**shown(request), **context})


@require_POST
@refusing
def ask(request: HttpRequest, person: str) -> HttpResponse:
    """Ask a second person to erase somebody."""
    form, member = ErasureForm(request.POST), member_of(request)
    if not form.is_valid():
        form_trouble(request)
        return redirect("desk:register-person", person=person)
    given = form.cleaned_data
    wish = ErasureWish(person, Ground(given["ground"]), given["paper"])
    return act(
        request, do=lambda: ask_erasure(wish, by=member, now=time.now()), then=reverse(_HERE)
    )


@require_POST
@refusing
def erase(request: HttpRequest, erasure: int) -> HttpResponse:
    """Erase as the second person, and empty what the database still holds of it."""
    forgotten = erase_person(erasure, by=member_of(request), now=time.now())
    forget_drawn(forgotten.letters)
    transaction.on_commit(leave_no_trace)
    return redirect(_HERE)


@require_POST
@refusing
def withdraw(request: HttpRequest, erasure: int) -> HttpResponse:
    """Leave the person where they are."""
    member = member_of(request)
    return act(
        request,
        do=lambda: withdraw_erasure(erasure, by=member, now=time.now()),
        then=reverse(_HERE),
    )


def _is_mine(row: Erasure, *, by: Member) -> bool:
    return row.asked_by == str(by.pk)
