"""The pages of accesses: grants, identities, questions to a second person, notices."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oberih.core import time
from oberih.desk.access import asking, grants, identity, openings
from oberih.desk.access.asking import Question
from oberih.desk.access.forms import (
    GlassForm,
    GrantForm,
    IdentityForm,
    MinorsForm,
    ReasonForm,
    TeamForm,
)
from oberih.desk.access.models import AskKind
from oberih.desk.access.selectors import access_page, who_sees
from oberih.desk.access.visible import the_visible
from oberih.desk.pages import BAD, act, frame, member_of, refusing
from oberih.desk.states import CaseId
from oberih.staff.roles import Permission
from oberih.staff.services import require


@require_GET
@refusing
def accesses(request: HttpRequest) -> HttpResponse:
    """Show what waits for a second person and which accesses are in force."""
    return _accesses(request, form=GlassForm())


@require_POST
@refusing
def break_glass(request: HttpRequest) -> HttpResponse:
    """Ask a second person to open a case that the member does not see."""
    form = GlassForm(request.POST)
    if not form.is_valid():
        return _accesses(request, form=form, status=int(BAD))
    given = form.cleaned_data
    return _ask(request, question=Question(AskKind.BREAK_GLASS, given["reason"], given["case"]))


@require_POST
@refusing
def ask_for_more(request: HttpRequest) -> HttpResponse:
    """Ask a second person to let the member open more cases this hour."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _ask(request, question=Question(AskKind.MORE_CASES, reason))


@require_POST
@refusing
def agree(request: HttpRequest, ask_id: int) -> HttpResponse:
    """Agree as the second person."""
    by = member_of(request)
    return act(request, do=lambda: asking.agree(ask_id, by=by, now=time.now()), then=_home())


@require_POST
@refusing
def refuse(request: HttpRequest, ask_id: int) -> HttpResponse:
    """Refuse as the second person."""
    by = member_of(request)
    return act(request, do=lambda: asking.refuse(ask_id, by=by, now=time.now()), then=_home())


@require_POST
@refusing
def seen(request: HttpRequest, notice: int) -> HttpResponse:
    """Keep that a lead has looked at a broken glass."""
    by = member_of(request)
    return act(request, do=lambda: asking.note_seen(notice, by=by, now=time.now()), then=_home())


@require_http_methods(["GET", "POST"])
@refusing
def grant(request: HttpRequest, case: str) -> HttpResponse:
    """Show who may see a case, or open it to a colleague."""
    by = member_of(request)
    require(by, Permission.CASE_GRANT)
    the_visible(CaseId(case), by=by)
    form = GrantForm(request.POST or None, but=by)
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted(case, now=time.now())
        then = reverse("desk:grant", kwargs={"case": case})
        return act(request, do=lambda: grants.give(wanted, by=by, now=time.now()), then=then)
    context = {**frame(request), "form": form, "case_id": case}
    context["sees"] = who_sees(CaseId(case), by=by, now=time.now())
    status = int(BAD) if request.method == "POST" else 200
    return render(request, "access/grant.html", context, status=status)


@require_POST
@refusing
def grant_minors(request: HttpRequest) -> HttpResponse:
    """Open minors' cases of their teams to a colleague."""
    by = member_of(request)
    form = MinorsForm(request.POST, but=by)
    if not form.is_valid():
        return _accesses(request, form=GlassForm(), status=int(BAD))
    wanted = form.wanted("", now=time.now())
    return act(request, do=lambda: grants.give(wanted, by=by, now=time.now()), then=_home())


@require_POST
@refusing
def end(request: HttpRequest, grant_id: int) -> HttpResponse:
    """End an access before its time."""
    by = member_of(request)
    return act(request, do=lambda: grants.end(grant_id, by=by, now=time.now()), then=_home())


@require_http_methods(["GET", "POST"])
@refusing
def who(request: HttpRequest, case: str) -> HttpResponse:
    """Show who the family is, by a second grant; or keep it."""
    by, form = member_of(request), IdentityForm(request.POST)
    if request.method == "GET":
        person = identity.shown(CaseId(case), by=by)
        context = {**frame(request), "person": person, "case_id": case}
        return render(request, "access/identity.html", context)
    the_visible(CaseId(case), by=by)
    then = reverse("desk:case", kwargs={"case": case})
    if not form.is_valid():
        return redirect(then)
    person = form.person()
    return act(
        request,
        do=lambda: identity.keep(CaseId(case), person=person, by=by, now=time.now()),
        then=then,
    )


@require_POST
@refusing
def team(request: HttpRequest, case: str) -> HttpResponse:
    """Give a case to another team."""
    by, form = member_of(request), TeamForm(request.POST)
    to = form.cleaned_data["team"] if form.is_valid() else ""
    do = grants.move_to_team
    return act(request, do=lambda: do(CaseId(case), team=to, by=by), then=reverse("desk:queue"))


@require_POST
@refusing
def here(request: HttpRequest, case: str) -> JsonResponse:
    """Keep that the case is still on the screen; answer with the names of others who have it."""
    by = member_of(request)
    require(by, Permission.CASE_READ)
    others = openings.still_here(CaseId(case), by=by, now=time.now())
    return JsonResponse({"others": [other.name for other in others]})


def _ask(request: HttpRequest, *, question: Question) -> HttpResponse:
    by = member_of(request)
    return act(request, do=lambda: asking.ask(question, by=by, now=time.now()), then=_home())


def _accesses(request: HttpRequest, *, form: GlassForm, status: int = 200) -> HttpResponse:
    by = member_of(request)
    context = {
        **frame(request),
        "page": access_page(by=by, now=time.now()),
        "form": form,
        "minors": MinorsForm(but=by) if by.may(Permission.CASE_GRANT) else None,
        "on_access": True,
    }
    return render(request, "access/accesses.html", context, status=status)


def _home() -> str:
    return reverse("desk:accesses")
