"""The desk's pages: each view parses, calls one service or selector, renders."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from oberih.audit.acts import Act
from oberih.core import time
from oberih.core.errors import OberihError
from oberih.desk import refusals, selectors, services
from oberih.desk.access.refusals import NoSuchCase
from oberih.desk.acts import acts_page
from oberih.desk.answering import Answer, answer, require_sendable
from oberih.desk.case_page import case_page, colleagues, language_of_case
from oberih.desk.forms import OwnerForm, TextForm, VerifiedForm
from oberih.desk.key_state import require_unlocked
from oberih.desk.pages import BAD, act, frame, member_of, refusing
from oberih.desk.replying.preview import preview_of
from oberih.desk.services import LONGEST_TEXT, ReplyId, TextTooLong
from oberih.desk.shift import shift_page
from oberih.desk.states import CaseId, VerifiedHow
from oberih.desk.working import acts as working
from oberih.desk.working.acts import chosen_of
from oberih.desk.working.filters import CHOICES
from oberih.desk.working.kept import kept_views
from oberih.desk.working.views import colleague
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Permission
from oberih.staff.services import require

AHEAD = "X-Ahead"
"""A page that fetches the next case before somebody asks for it says so in this header."""


@require_GET
@refusing
def queue(request: HttpRequest) -> HttpResponse:
    """Show the queue, or the page that a member without one works on."""
    member = member_of(request)
    if not member.may(Permission.QUEUE_SEE):
        return redirect(_home_without_queue(member))
    context = {**frame(request), **_queue(request, by=member)}
    return render(request, "desk/queue.html", context)


@require_GET
@refusing
def case(request: HttpRequest, case: str) -> HttpResponse:
    """Show a case beside the queue."""
    member = member_of(request)
    is_ahead = AHEAD in request.headers
    act = Act.CASE_PRELOADED if is_ahead else Act.CASE_OPENED
    page = case_page(CaseId(case), by=member, now=time.now(), act=act)
    queue = {"queue": None} if is_ahead else _queue(request, by=member)
    context = {**frame(request), **queue, "page": page}
    return render(request, "desk/case.html", context)


@require_POST
@refusing
def opened(request: HttpRequest, case: str) -> HttpResponse:
    """Record that a case fetched ahead is on the screen now."""
    services.note_opened(CaseId(case), by=member_of(request))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
@refusing
def reply(request: HttpRequest, case: str) -> HttpResponse:
    """Put a reply into the queue; for ten seconds it can be taken back.

    Whatever forbids it, the words stay on the page: the keys were locked, the family deleted the
    conversation, a colleague was faster.
    """
    form, member = TextForm(request.POST), member_of(request)
    if not form.is_valid():
        return _page(request, case=case, status=BAD, kept=_reply_of(request))
    written = {name: request.POST.get(name, "") for name in ("to", "seen")}
    given = Answer(CaseId(case), form.cleaned_data["text"], **written)
    try:
        require_sendable(given, by=member)
        require_unlocked(settings.RING_SOCKET)
        answer(given, by=member, now=time.now())
    except (NotPermitted, NoSuchCase):
        raise
    except OberihError as error:
        messages.error(request, refusals.sentence(error))
        status = refusals.status(error)
        return _page(request, case=case, status=status, kept=_reply_of(request))
    return redirect(_address(case))


@require_POST
@refusing
def preview(request: HttpRequest, case: str) -> HttpResponse:
    """Show how a reply will read, beside the officer's own language; nothing is kept."""
    form, member = TextForm(request.POST), member_of(request)
    require(member, Permission.CASE_ANSWER)
    if not form.is_valid():
        return _page(request, case=case, status=BAD, kept=_reply_of(request))
    text, language = form.cleaned_data["text"], language_of_case(CaseId(case), by=member)
    shown = preview_of(text, language=language, reader=member.language)
    kept = {**_reply_of(request), "preview": shown}
    return _page(request, case=case, status=HTTPStatus.OK, kept=kept)


@require_POST
@refusing
def take_back(request: HttpRequest, reply_id: int) -> HttpResponse:
    """Take a reply back before it leaves."""
    member = member_of(request)
    then = _address(services.case_of_reply(ReplyId(reply_id), by=member))
    return act(
        request,
        do=lambda: services.take_back(ReplyId(reply_id), by=member, now=time.now()),
        then=then,
    )


@require_POST
@refusing
def note(request: HttpRequest, case: str) -> HttpResponse:
    """Add an internal note."""
    form, member = TextForm(request.POST), member_of(request)
    if not form.is_valid():
        kept = {"noted": request.POST.get("text", "")}
        return _page(request, case=case, status=BAD, kept=kept)
    text = form.cleaned_data["text"]
    return act(
        request,
        do=lambda: services.note(CaseId(case), text=text, by=member, now=time.now()),
        then=_address(case),
    )


@require_POST
@refusing
def assign(request: HttpRequest, case: str) -> HttpResponse:
    """Set the owner; without a choice it is the member."""
    form, member = OwnerForm(request.POST), member_of(request)
    chosen = form.cleaned_data["member"] if form.is_valid() else member.pk
    return act(
        request,
        do=lambda: working.assign(
            chosen_of([case], seen=request.POST.get("seen", "")),
            to=colleague(chosen),
            by=member,
            now=time.now(),
        ),
        then=_address(case),
    )


@require_POST
@refusing
def close(request: HttpRequest, case: str) -> HttpResponse:
    """End the work on a case for now."""
    member = member_of(request)
    chosen = chosen_of([case], seen=request.POST.get("seen", ""))
    do = partial(working.close, chosen, by=member, now=time.now())
    return act(request, do=do, then="/")


@require_POST
@refusing
def reopen(request: HttpRequest, case: str) -> HttpResponse:
    """Take up a closed case again."""
    member = member_of(request)
    do = partial(working.reopen, chosen_of([case]), by=member, now=time.now())
    return act(request, do=do, then=_address(case))


@require_POST
@refusing
def verified(request: HttpRequest, case: str) -> HttpResponse:
    """Record how the requester was verified."""
    form, member = VerifiedForm(request.POST), member_of(request)
    if not form.is_valid():
        return _page(request, case=case, status=BAD, kept={})
    how = VerifiedHow(form.cleaned_data["how"])
    return act(
        request,
        do=lambda: services.verify_requester(CaseId(case), how=how, by=member),
        then=_address(case),
    )


@require_POST
@refusing
def words_known(request: HttpRequest, case: str) -> HttpResponse:
    """Note that the receipt's words were read out over a phone."""
    member = member_of(request)
    return act(
        request,
        do=lambda: services.require_new_words(CaseId(case), by=member),
        then=_address(case),
    )


@require_GET
@refusing
def shift(request: HttpRequest) -> HttpResponse:
    """Show what waits on whom."""
    page = shift_page(by=member_of(request), now=time.now())
    return render(request, "desk/shift.html", {**frame(request), "page": page})


@require_GET
@refusing
def acts(request: HttpRequest) -> HttpResponse:
    """Show the newest acts of the desk, without contents."""
    events = acts_page(by=member_of(request))
    return render(request, "desk/acts.html", {**frame(request), "events": events})


def _queue(request: HttpRequest, *, by: Member) -> dict[str, object]:
    view = selectors.read_view(request.GET)
    return {
        "queue": selectors.queue(view, by=by, now=time.now()),
        "view": view,
        "kept_views": kept_views(by),
        "choices": CHOICES,
        "owners": colleagues(by),
    }


def _page(
    request: HttpRequest, *, case: str, status: HTTPStatus, kept: Mapping[str, object]
) -> HttpResponse:
    """Show the case again with what was written: as a preview, or because something was amiss."""
    member = member_of(request)
    page = case_page(CaseId(case), by=member, now=time.now())
    is_too_long = len(request.POST.get("text", "")) > LONGEST_TEXT
    if is_too_long:
        messages.error(request, refusals.sentence(TextTooLong()))
    context = {**frame(request), **_queue(request, by=member), "page": page, **kept}
    context["nothing_written"] = status == BAD and not is_too_long
    return render(request, "desk/case.html", context, status=status)


def _reply_of(request: HttpRequest) -> dict[str, object]:
    """Return the reply as it was sent, to show it again in its field."""
    return {"written": request.POST.get("text", "").strip(), "to": request.POST.get("to", "")}


def _address(case: str) -> str:
    return reverse("desk:case", kwargs={"case": case})


def _home_without_queue(member: Member) -> str:
    return "desk:acts" if member.may(Permission.AUDIT_READ) else "staff:passkeys"
