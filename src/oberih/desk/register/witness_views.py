"""The page of a witness: who it is stands apart, and is shown by another member's grant alone."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from oberih.core import time
from oberih.desk.pages import act, form_trouble, member_of, refusing
from oberih.desk.register.views import shown
from oberih.register import witnesses
from oberih.register.witness_models import LONGEST_NAME
from oberih.register.witnesses import WitnessWords
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.selectors import members


class WitnessForm(forms.Form):
    """Who a witness is."""

    name = forms.CharField(max_length=LONGEST_NAME, label=_("Name"))
    reach = forms.CharField(
        max_length=LONGEST_NAME, required=False, label=_("How to reach the witness")
    )


@require_GET
@refusing
def page(request: HttpRequest, source: int) -> HttpResponse:
    """Show whether it is kept who a witness is, and who may be let see it; never the name."""
    member = member_of(request)
    state = witnesses.state_of(source, by=member, now=time.now())
    context = {"state": state, "form": WitnessForm(), "others": _others(member)}
    return render(request, "register/witness.html", {**shown(request), **context})


@sensitive_post_parameters("name", "reach")
@require_POST
@refusing
def keep(request: HttpRequest, source: int) -> HttpResponse:
    """Keep who a witness is apart."""
    form, member = WitnessForm(request.POST), member_of(request)
    if not form.is_valid():
        form_trouble(request)
        return redirect(_here(source))
    words = WitnessWords(form.cleaned_data["name"], form.cleaned_data["reach"])
    return act(
        request,
        do=lambda: witnesses.keep_witness(source, words, by=member, now=time.now()),
        then=_here(source),
    )


@require_POST
@refusing
def grant(request: HttpRequest, source: int) -> HttpResponse:
    """Let another member see it for a while."""
    member, asked = member_of(request), request.POST.get("member", "")
    to = next((one for one in _others(member) if str(one.pk) == asked), None)
    if to is None:
        form_trouble(request)
        return redirect(_here(source))
    return act(
        request,
        do=lambda: witnesses.grant_witness(source, to=to, by=member, now=time.now()),
        then=_here(source),
    )


@sensitive_variables("words")
@require_POST
@refusing
def show(request: HttpRequest, source: int) -> HttpResponse:
    """Show who a witness is, once; the look is recorded."""
    member, now = member_of(request), time.now()
    words = witnesses.see_witness(source, by=member, now=now)
    context = {"state": witnesses.state_of(source, by=member, now=now), "words": words}
    return render(request, "register/witness.html", {**shown(request), **context})


@require_POST
@refusing
def withdraw(request: HttpRequest, source: int) -> HttpResponse:
    """Erase who a witness is, as they asked."""
    member = member_of(request)
    return act(
        request, do=lambda: witnesses.withdraw_witness(source, by=member), then=_here(source)
    )


def _others(member: Member) -> list[Member]:
    return [
        one for one in members() if one.pk != member.pk and one.may(Permission.REGISTER_WITNESS)
    ]


def _here(source: int) -> str:
    return reverse("desk:register-witness", args=[source])
