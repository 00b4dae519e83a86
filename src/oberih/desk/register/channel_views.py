"""Exported channels: read in, their posts proposed, each judged by a person."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from oberih.core import time
from oberih.core.errors import OberihError
from oberih.desk import refusals
from oberih.desk.pages import BAD, act, form_trouble, member_of, refusing
from oberih.desk.register.exchange_words import CLAIMED_EVENTS
from oberih.desk.register.views import shown
from oberih.register import posts as services
from oberih.register.models import ChannelPost, PostProposal, Source
from oberih.register.post_models import ProposalState
from oberih.register.refusals import NotAChannel
from oberih.register.selectors import first_names, sources
from oberih.register.states import CLAIMING_KINDS, EventType
from oberih.sandbox.client import Sandbox
from oberih.sandbox.refusals import NotAChat
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_SHOWN = 100


class ChannelForm(forms.Form):
    """An exported channel to read."""

    source: "forms.ModelChoiceField[Source]" = forms.ModelChoiceField(
        queryset=Source.objects.none(), label=_("Whose channel; its word is a claim")
    )
    file = forms.FileField(label=_("The export: result.json, or an archive with the pictures"))

    def __init__(self, *args: object, **fields: object) -> None:
        """Offer intermediaries and open sources alone."""
        super().__init__(*args, **fields)  # type: ignore[arg-type]  # Django's own form takes these
        offered = sources().filter(kind__in=[one.value for one in CLAIMING_KINDS])
        self.fields["source"].queryset = offered  # type: ignore[attr-defined]  # the field's own


@require_http_methods(["GET", "POST"])
@refusing
def channels(request: HttpRequest) -> HttpResponse:
    """Show the proposals that wait, and read an exported channel."""
    member = member_of(request)
    require(member, Permission.REGISTER_SEE)
    form = ChannelForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _read(form, by=member)
        except OberihError as error:
            form.add_error(None, refusals.sentence(error))
        else:
            return redirect("desk:register-channels")
    context = {
        **shown(request),
        "form": form,
        "proposals": _waiting(),
        "events": list(CLAIMED_EVENTS.items()),
    }
    status = int(BAD) if request.method == "POST" else 200
    return render(request, "register/channels.html", context, status=status)


@require_POST
@refusing
def judge(request: HttpRequest, proposal: int) -> HttpResponse:
    """Accept a post as a claim about the person, or reject it."""
    member, told = member_of(request), request.POST.get("type", "")
    then = reverse("desk:register-channels")
    if told == "":
        return act(request, do=lambda: services.reject_post(proposal, by=member), then=then)
    if told not in CLAIMED_EVENTS:
        form_trouble(request)
        return redirect(then)
    type_ = EventType(told)
    return act(
        request,
        do=lambda: services.accept_post(proposal, type_=type_, by=member, now=time.now()),
        then=then,
    )


def _read(form: ChannelForm, *, by: Member) -> None:
    require(by, Permission.REGISTER_CHANGE)
    given = form.cleaned_data
    try:
        read = Sandbox(settings.SANDBOX_SOCKET).read_channel(given["file"].read())
    except NotAChat as error:
        raise NotAChannel from error
    posts = [
        ChannelPost(
            number=one.number, posted_on=one.day, text=one.text, pictures=list(one.pictures)
        )
        for one in read
    ]
    services.take_posts(posts, source=given["source"].pk, by=by, now=time.now())


def _waiting() -> list[tuple[PostProposal, str]]:
    rows = PostProposal.objects.filter(state=ProposalState.PROPOSED)
    waiting = list(rows.select_related("post__source").order_by("pk")[:MOST_SHOWN])
    names = first_names(one.person_id for one in waiting)
    return [(one, names.get(one.person_id, "")) for one in waiting]
