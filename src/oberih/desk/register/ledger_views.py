"""The ledger's pages: shares by facility and month, and what is written down for one person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from oberih.core import time
from oberih.desk.pages import act, form_trouble, member_of, refusing
from oberih.desk.register.forms import ArrivalForm, SentForm
from oberih.desk.register.ledger_page import ledger_page
from oberih.desk.register.views import shown
from oberih.register import ledger
from oberih.register.exchange_states import ConsignmentKind, Proof
from oberih.register.ledger import Acknowledged, Sent
from oberih.register.models import Consignment
from oberih.register.refusals import NoSuchConsignment
from oberih.register.states import PersonId


@require_GET
@refusing
def shares(request: HttpRequest) -> HttpResponse:
    """Show what share is known to have arrived."""
    page = ledger_page(by=member_of(request))
    return render(request, "register/ledger.html", {**shown(request), "page": page})


@require_POST
@refusing
def sent(request: HttpRequest, person: str) -> HttpResponse:
    """Write down what was sent to a person."""
    form, member = SentForm(request.POST), member_of(request)
    if not form.is_valid():
        form_trouble(request)
        return redirect(_page_of(person))
    given = form.cleaned_data
    told = Sent(
        person=PersonId(person),
        kind=ConsignmentKind(given["kind"]),
        sent_on=given["sent_on"],
        carrier=given["carrier"],
        facility=given["facility"],
        requester=given["requester"],
    )
    return act(
        request,
        do=lambda: ledger.record_sent(told, by=member, now=time.now()),
        then=_page_of(person),
    )


@require_POST
@refusing
def arrival(request: HttpRequest, consignment: int) -> HttpResponse:
    """Write down by what an arrival is known."""
    form, member = ArrivalForm(request.POST), member_of(request)
    row = Consignment.objects.filter(pk=consignment).first()
    if row is None:
        raise NoSuchConsignment
    if not form.is_valid():
        form_trouble(request)
        return redirect(_page_of(row.person_id))
    given = form.cleaned_data
    told = Acknowledged(given["on"], Proof(given["proof"]), given["note"])
    return act(
        request,
        do=lambda: ledger.record_arrival(consignment, arrival=told, by=member, now=time.now()),
        then=_page_of(row.person_id),
    )


def _page_of(person: str) -> str:
    return reverse("desk:register-person", args=[person])
