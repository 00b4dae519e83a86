"""The pages of the register: search, a person, who asks, sources."""

import os

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oberih.core import time
from oberih.core.errors import OberihError
from oberih.desk import refusals
from oberih.desk.pages import BAD, act, form_trouble, frame, member_of, refusing
from oberih.desk.register import forms, words
from oberih.desk.register.deadline_page import overdue_page
from oberih.desk.register.exchange_words import PROOFS
from oberih.desk.register.opening import look_for, open_person
from oberih.register import events, services
from oberih.register.models import Requester
from oberih.register.overdue import Grouping
from oberih.register.selectors import sources as all_sources
from oberih.register.states import PersonId
from oberih.staff.roles import Permission
from oberih.staff.services import require


@require_http_methods(["GET", "POST"])
@refusing
def register(request: HttpRequest) -> HttpResponse:
    """Look for a person; what was asked stands in no address."""
    member = member_of(request)
    require(member, Permission.REGISTER_SEE)
    form = forms.FindForm(request.POST or None)
    found = look_for(form.cleaned_data["name"], by=member) if form.is_valid() else None
    return render(request, "register/find.html", {**shown(request), "form": form, "found": found})


@require_http_methods(["GET", "POST"])
@refusing
def new_person(request: HttpRequest) -> HttpResponse:
    """Add a person as one source describes them."""
    member = member_of(request)
    require(member, Permission.REGISTER_CHANGE)
    form = forms.PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sought = form.sought()
        made = services.add_person(sought, by=member, now=time.now(), entropy=os.urandom)
        return redirect("desk:register-person", person=made.pk)
    return _form(request, form=form, template="register/new_person.html")


@require_GET
@refusing
def person(request: HttpRequest, person: str) -> HttpResponse:
    """Show a person: spellings, events with their sources, the status with its basis."""
    now = localdate(time.now())
    page = open_person(PersonId(person), by=member_of(request), today=now)
    today = {"learned_on": now.isoformat()}
    context = {
        "page": page,
        "event_form": forms.EventForm(initial=today),
        "spelling_form": forms.SpellingForm(),
        "requester_form": forms.RequesterForm(),
        "sent_form": forms.SentForm(),
        "erasure_form": forms.ErasureForm(),
        "proofs": list(PROOFS.items()),
    }
    return render(request, "register/person.html", {**shown(request), **context})


@require_POST
@refusing
def new_event(request: HttpRequest, person: str) -> HttpResponse:
    """Record what a source says has happened."""
    form = forms.EventForm(request.POST)
    if not form.is_valid():
        return _back(request, person=person)
    happening = form.happening(PersonId(person))
    return act(
        request,
        do=lambda: events.add(happening, by=member_of(request), now=time.now()),
        then=_page_of(person),
    )


@require_POST
@refusing
def new_spelling(request: HttpRequest, person: str) -> HttpResponse:
    """Put a source's spelling beside the others."""
    form = forms.SpellingForm(request.POST)
    if not form.is_valid():
        return _back(request, person=person)
    source = form.cleaned_data["source"].pk
    return act(
        request,
        do=lambda: services.add_spelling(
            PersonId(person), form.spelling(), source=source, by=member_of(request)
        ),
        then=_page_of(person),
    )


@require_POST
@refusing
def new_requester(request: HttpRequest, person: str) -> HttpResponse:
    """Write down who asks, apart from everybody else who does."""
    form = forms.RequesterForm(request.POST)
    if not form.is_valid():
        return _back(request, person=person)
    given = form.cleaned_data
    row = Requester(
        id=f"r-{os.urandom(8).hex()}",
        name=given["name"],
        reach=given["reach"],
        case=given["case"],
        added_at=time.now(),
    )
    return act(
        request,
        do=lambda: services.add_requester(
            row, person=PersonId(person), kin=given["kin"], by=member_of(request)
        ),
        then=_page_of(person),
    )


@require_http_methods(["GET", "POST"])
@refusing
def sources(request: HttpRequest) -> HttpResponse:
    """Show the sources and add one."""
    member = member_of(request)
    require(member, Permission.REGISTER_SEE)
    form = forms.SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_source(form.words(), by=member)
        except OberihError as error:
            form.add_error(None, refusals.sentence(error))
        else:
            return redirect("desk:register-sources")
    listed = [(one, words.SOURCE_KINDS[one.kind]) for one in all_sources()]
    return _form(request, form=form, template="register/sources.html", sources=listed)


@require_GET
@refusing
def overdue(request: HttpRequest) -> HttpResponse:
    """Show what is overdue, counted by rule, source or place."""
    known = {one.value for one in Grouping}
    asked = request.GET.get("by", "")
    by = Grouping(asked) if asked in known else Grouping.RULE
    page = overdue_page(grouping=by, by=member_of(request), today=localdate(time.now()))
    return render(request, "register/overdue.html", {**shown(request), "page": page})


def shown(request: HttpRequest) -> dict[str, object]:
    """Return the frame of these pages."""
    member = member_of(request)
    may_change = member.may(Permission.REGISTER_CHANGE)
    return {**frame(request), "on_register": True, "may_change": may_change}


def _form(request: HttpRequest, *, form: Form, template: str, **more: object) -> HttpResponse:
    status = int(BAD) if request.method == "POST" else 200
    return render(request, template, {**shown(request), "form": form, **more}, status=status)


def _back(request: HttpRequest, *, person: str) -> HttpResponse:
    form_trouble(request)
    return redirect(_page_of(person))


def _page_of(person: str) -> str:
    return reverse("desk:register-person", args=[person])
