"""Pages of care: exposure, passing on, talks, complaints, the crisis card, kin kept apart."""

import os
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from oberih.core import time
from oberih.desk import refusals
from oberih.desk.access.visible import is_visible
from oberih.desk.care import complaints, kin, minors, passing, talks
from oberih.desk.care.models import MaybeTold
from oberih.desk.care.page import SUPPORT, URGENT, care_page, lines
from oberih.desk.care.refusals import ComplaintEmpty, NoComplaintKey, NoSuchConversation
from oberih.desk.pages import act, frame, member_of, refusing
from oberih.desk.states import CaseId
from oberih.staff.roles import Permission
from oberih.staff.services import require

CASE = 9


@require_GET
@refusing
def care(request: HttpRequest) -> HttpResponse:
    """Show one's own exposure, to a lead the team's, and where to complain."""
    page = care_page(by=member_of(request), now=time.now())
    context = {**frame(request), "page": page, "sealed": "sealed" in request.GET, "on_care": True}
    return render(request, "care/care.html", context)


@require_POST
@refusing
def pass_on(request: HttpRequest, case: str) -> HttpResponse:
    """Pass a case on; nothing is asked."""
    by = member_of(request)
    do = partial(passing.pass_on, CaseId(case), by=by, now=time.now())
    return act(request, do=do, then=reverse("desk:queue"))


@require_POST
@refusing
def talked(request: HttpRequest) -> HttpResponse:
    """Note that a lead has talked with a colleague."""
    by, member = member_of(request), request.POST.get("member", "")
    return act(request, do=lambda: talks.note_talk(member, by=by, now=time.now()), then=_home())


@require_POST
@refusing
def complain(request: HttpRequest) -> HttpResponse:
    """Seal a complaint away."""
    by, text = member_of(request), request.POST.get("text", "").replace("\r\n", "\n")
    try:
        complaints.complain(text, by=by, now=time.now(), entropy=os.urandom)
    except (NoComplaintKey, ComplaintEmpty) as error:
        messages.error(request, refusals.sentence(error))
        return redirect(f"{_home()}#complain")
    return redirect(f"{_home()}?sealed=1#complain")


@require_GET
@refusing
def list_complaints(request: HttpRequest) -> HttpResponse:
    """Show the auditor that there are complaints, each still sealed."""
    found = complaints.complaints(by=member_of(request))
    return render(request, "care/complaints.html", {**frame(request), "complaints": found})


@require_POST
@refusing
def take_complaint(request: HttpRequest, complaint: str) -> HttpResponse:
    """Give a sealed complaint as a file, to be opened where its key is."""
    sealed = complaints.sealed_complaint(complaint, by=member_of(request))
    given = HttpResponse(sealed, content_type="application/octet-stream")
    given["Content-Disposition"] = 'attachment; filename="complaint.age"'
    return given


@require_POST
@refusing
def place_complaint(request: HttpRequest) -> HttpResponse:
    """Tell the auditor which case a family's complaint is about."""
    by, mailbox = member_of(request), request.POST.get("mailbox", "")
    try:
        case = complaints.answered_in(mailbox, by=by)
    except NoSuchConversation as error:
        messages.error(request, refusals.sentence(error))
    else:
        messages.success(request, _("It is about case %(case)s.") % {"case": case})
    return redirect("desk:complaints")


@require_GET
@refusing
def crisis_card(request: HttpRequest) -> HttpResponse:
    """Show what to say first to somebody who cannot go on; it prints on one page."""
    by = member_of(request)
    require(by, Permission.CASE_READ)
    support, urgent = (lines(name, language=by.language) for name in (SUPPORT, URGENT))
    context = {**frame(request), "support": support, "urgent": urgent}
    return render(request, "care/crisis.html", context)


@require_POST
@refusing
def keep_apart(request: HttpRequest, case: str) -> HttpResponse:
    """Note that the requesters of two cases are kin in dispute."""
    by, other = member_of(request), request.POST.get("other", "").strip().upper()[:CASE]
    return act(
        request,
        do=lambda: kin.keep_apart(CaseId(case), other=CaseId(other), by=by, now=time.now()),
        then=reverse("desk:case", kwargs={"case": case}),
    )


@require_POST
@refusing
def note_minor(request: HttpRequest, case: str) -> HttpResponse:
    """Note that who writes is under 18; whoever then sees it no more goes back to the queue."""
    by = member_of(request)
    minors.note_minor(CaseId(case), by=by)
    if is_visible(case, by=by):
        return redirect("desk:case", case=case)
    messages.success(request, _("Noted. The leads of the team have the case now."))
    return redirect("desk:queue")


@require_POST
@refusing
def note_grown(request: HttpRequest, case: str) -> HttpResponse:
    """Take it back that somebody is under 18, for a reason."""
    by, reason = member_of(request), request.POST.get("reason", "")
    do = partial(minors.note_grown, CaseId(case), reason=reason, by=by, now=time.now())
    return act(request, do=do, then=reverse("desk:case", kwargs={"case": case}))


@require_POST
@refusing
def settle_guardian(request: HttpRequest, case: str) -> HttpResponse:
    """Keep whether a minor's guardian may be told."""
    by, said = member_of(request), request.POST.get("word", "")
    word = MaybeTold.MAY if said == MaybeTold.MAY else MaybeTold.NEVER
    do = partial(minors.settle_guardian, CaseId(case), word=word, by=by, now=time.now())
    return act(request, do=do, then=reverse("desk:case", kwargs={"case": case}))


def _home() -> str:
    return reverse("desk:care")
