"""The page of capture cards: blank ones to print, filled ones read back."""

import os

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from oberih.core import time
from oberih.core.errors import OberihError
from oberih.desk import refusals
from oberih.desk.pages import BAD, member_of, refusing
from oberih.desk.register.card_paper import blank_card
from oberih.desk.register.forms import DAY, PersonForm
from oberih.desk.register.views import shown
from oberih.register.cards import VERSION, FilledCard, read_card
from oberih.register.exchange_models import LONGEST_PLACE
from oberih.register.states import Category
from oberih.staff.roles import Permission
from oberih.staff.services import require


class CardForm(PersonForm):
    """A filled card, as it is typed off."""

    written_on = forms.DateField(label=_("Date on the card"), widget=DAY)
    place = forms.CharField(max_length=LONGEST_PLACE, required=False, label=_("Camp on the card"))
    person = forms.CharField(
        max_length=18, required=False, label=_("Whose card (p-…), if the register knows")
    )
    version = forms.CharField(max_length=20, label=_("Mark in the corner of the form"))

    def card(self) -> FilledCard:
        """Return the card."""
        given, sought = self.cleaned_data, self.sought()
        return FilledCard(
            version=given["version"],
            source=sought.source,
            spelling=sought.spelling,
            written_on=given["written_on"],
            category=Category(given["category"]),
            marks=sought.marks,
            place=given["place"],
            person=given["person"],
        )


@require_http_methods(["GET", "POST"])
@refusing
def cards(request: HttpRequest) -> HttpResponse:
    """Offer blank cards, and read a filled one back."""
    member = member_of(request)
    require(member, Permission.REGISTER_CHANGE)
    form = CardForm(request.POST or None, initial={"version": VERSION})
    if request.method == "POST" and form.is_valid():
        try:
            person = read_card(form.card(), by=member, now=time.now(), entropy=os.urandom)
        except OberihError as error:
            form.add_error(None, refusals.sentence(error))
        else:
            return redirect("desk:register-person", person=person)
    status = int(BAD) if request.method == "POST" else 200
    return render(request, "register/cards.html", {**shown(request), "form": form}, status=status)


@require_GET
@refusing
def blank(request: HttpRequest, language: str) -> HttpResponse:
    """Give a blank card to print."""
    content = blank_card(language, by=member_of(request))
    headers = {"Content-Disposition": f'attachment; filename="capture-card-{language}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
