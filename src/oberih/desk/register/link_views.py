"""The pages of proposed links: the list, one side by side, and what a person decides of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from oberih.core import time
from oberih.desk import refusals
from oberih.desk.pages import member_of, refusing
from oberih.desk.register.link_page import links_page, next_link, open_link
from oberih.desk.register.views import shown
from oberih.register.link_models import Verdict
from oberih.register.link_services import judge
from oberih.register.refusals import EntryTaken, SamePerson


@require_GET
@refusing
def links(request: HttpRequest) -> HttpResponse:
    """Show the links of one state, the likeliest first."""
    known = {one.value for one in Verdict}
    asked = request.GET.get("state", "")
    state = Verdict(asked) if asked in known else Verdict.PROPOSED
    page = links_page(state, by=member_of(request))
    return render(request, "register/links.html", {**shown(request), "page": page})


@require_GET
@refusing
def link(request: HttpRequest, link: int) -> HttpResponse:
    """Show one link: both sides, and what speaks for and against it."""
    page = open_link(link, by=member_of(request))
    return render(request, "register/link.html", {**shown(request), "page": page})


@require_POST
@refusing
def decide(request: HttpRequest, link: int) -> HttpResponse:
    """Keep what a person says of a link, and go on to the next one."""
    known = {one.value for one in Verdict}
    asked = request.POST.get("verdict", "")
    verdict = Verdict(asked) if asked in known else Verdict.UNSURE
    following = next_link(link)
    try:
        judge(link, verdict=verdict, by=member_of(request), now=time.now())
    except (SamePerson, EntryTaken) as error:
        messages.error(request, refusals.sentence(error))
        return redirect(reverse("desk:register-link", args=[link]))
    if verdict is Verdict.PROPOSED or following is None:
        return redirect(reverse("desk:register-links"))
    return redirect(reverse("desk:register-link", args=[following]))
