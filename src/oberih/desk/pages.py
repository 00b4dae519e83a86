"""What every view shares: the member, the act tried, the refusal shown in the member's language."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from oberih.core import time
from oberih.core.errors import OberihError
from oberih.desk import bookkeeping, refusals
from oberih.desk.access.refusals import NoSuchCase, TooManyOpenings
from oberih.desk.access.selectors import something_waits
from oberih.desk.access.visible import at_one_moment
from oberih.desk.casework.transfers import offers_waiting
from oberih.desk.key_state import trouble_with
from oberih.desk.words import ACTS, COURIER_TROUBLES
from oberih.desk.working.acts import UNDO, last
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Permission

View = Callable[..., HttpResponse]


def member_of(request: HttpRequest) -> Member:
    """Return who is signed in; raises NotPermitted."""
    if not isinstance(request.user, Member):
        raise NotPermitted
    return request.user


def refusing(view: View) -> View:
    """Show a refusal as a page of its own, with the status that stands for it."""

    @wraps(view)
    def shown(request: HttpRequest, **named: object) -> HttpResponse:
        try:
            if request.method != "GET":
                return view(request, **named)
            with at_one_moment():
                return view(request, **named)
        except OberihError as error:
            return refusal_page(request, error=error)

    return shown


def refusal_page(request: HttpRequest, *, error: OberihError) -> HttpResponse:
    """Return the page that says what was refused."""
    context = {
        "sentence": refusals.sentence(error),
        "may_ask_for_more": isinstance(error, TooManyOpenings),
        **frame(request),
    }
    return render(request, "desk/refused.html", context, status=refusals.status(error))


def act(request: HttpRequest, *, do: Callable[[], object], then: str) -> HttpResponse:
    """Do something and go on to a page, with the refusal on it when it was refused."""
    try:
        do()
    except (NotPermitted, NoSuchCase) as error:
        return refusal_page(request, error=error)
    except OberihError as error:
        messages.error(request, refusals.sentence(error))
    return redirect(then)


def frame(request: HttpRequest) -> dict[str, object]:
    """Return what the frame of every page shows: who, which ways, what keeps the desk."""
    member = member_of(request)
    trouble = trouble_with(settings.RING_SOCKET)
    courier = bookkeeping.post().trouble
    return {
        "member": member,
        "keys_trouble": None if trouble is None else refusals.sentence(trouble),
        "courier_trouble": str(COURIER_TROUBLES.get(courier, courier)),
        "may_see_queue": member.may(Permission.QUEUE_SEE),
        "may_read": member.may(Permission.CASE_READ),
        "may_answer": member.may(Permission.CASE_ANSWER),
        "may_take_calls": member.may(Permission.CALL_TAKE),
        "may_draft": member.may(Permission.ALERT_DRAFT),
        "may_approve": member.may(Permission.ALERT_APPROVE),
        "may_cancel": member.may(Permission.ALERT_CANCEL),
        "may_list": member.may(Permission.IDENTIFIER_PROPOSE),
        "may_see_campaigns": member.may(Permission.CAMPAIGN_SEE),
        "may_see_register": member.may(Permission.REGISTER_SEE),
        "may_erase_people": member.may(Permission.REGISTER_ERASE),
        "may_see_shift": member.may(Permission.SHIFT_SEE),
        "may_see_figures": member.may(Permission.FIGURES_RELEASE),
        "may_read_complaints": member.may(Permission.COMPLAINT_READ),
        "may_read_acts": member.may(Permission.AUDIT_READ),
        "may_assign_others": member.may(Permission.CASE_ASSIGN_OTHERS),
        "may_grant": member.may(Permission.CASE_GRANT),
        "may_break_glass": member.may(Permission.CASE_BREAK_GLASS),
        **_undoable(member),
        "offers_wait": offers_waiting(member),
        "waits_for_me": something_waits(member, now=time.now()),
        "safeguarding_lead": settings.SAFEGUARDING_LEAD,
    }


def _undoable(member: Member) -> dict[str, object]:
    """Return what the member did last in words, while it can be taken back."""
    deed = last(member, now=time.now())
    if deed is None:
        return {}
    cases = len(deed.before)
    what = ACTS.get(deed.act, deed.act)
    one = deed.before[0]["case"] if cases == 1 else ""
    told = ngettext("%(what)s: %(case)s", "%(what)s: %(n)s cases", cases)
    return {
        "undoable": told % {"what": what, "case": one, "n": cases},
        "undoable_until": deed.at + UNDO,
    }


def form_trouble(request: HttpRequest) -> None:
    """Say that a form was not filled in."""
    messages.error(request, str(COURIER_TROUBLES["form"]))


BAD = HTTPStatus.BAD_REQUEST
