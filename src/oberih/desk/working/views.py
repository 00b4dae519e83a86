"""Acts of the queue: many cases at once, the way back, views that a member keeps."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oberih.core import time
from oberih.desk.pages import act, member_of, refusing
from oberih.desk.selectors import read_view
from oberih.desk.services import NoSuchMember
from oberih.desk.working import acts, kept
from oberih.desk.working.acts import Undone, chosen_of
from oberih.desk.working.filters import Filters
from oberih.desk.working.refusals import NothingChosen, NoViewName
from oberih.staff.models import Member


@require_POST
@refusing
def bulk(request: HttpRequest) -> HttpResponse:
    """Assign or close the chosen cases, or show only them."""
    by, given = member_of(request), request.POST
    cases = given.getlist("cases")
    chosen, wanted = chosen_of(cases), given.get("act", "")
    then = f"{reverse('desk:queue')}?{_narrowed(given.get('then', ''))}"
    if wanted == "show":
        return redirect(
            f"{reverse('desk:queue')}?{Filters(only=tuple(cases)).query({'view': 'all'})}"
        )
    if wanted == "close":
        return act(request, do=lambda: acts.close(chosen, by=by, now=time.now()), then=then)
    if wanted != "assign":
        raise NothingChosen
    to = colleague(given.get("member", "")) if given.get("member") else by
    return act(request, do=lambda: acts.assign(chosen, to=to, by=by, now=time.now()), then=then)


@require_POST
@refusing
def undo(request: HttpRequest) -> HttpResponse:
    """Take the newest act back."""
    by = member_of(request)

    def back() -> None:
        messages.success(request, _told(acts.undo(by=by, now=time.now())))

    return act(request, do=back, then=_local(request.POST.get("then", "")))


@require_POST
@refusing
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the page under a name and a key."""
    by, given = member_of(request), request.POST
    key, query = given.get("key", ""), given.get("query", "")
    if not key.isdecimal():
        raise NoViewName
    do = partial(kept.keep, int(key), name=given.get("name", ""), query=query, by=by)
    return act(request, do=do, then=f"{reverse('desk:queue')}?{_narrowed(query)}")


@require_POST
@refusing
def drop_view(request: HttpRequest, key: int) -> HttpResponse:
    """Keep a view no longer."""
    by = member_of(request)
    return act(request, do=lambda: kept.drop(key, by=by), then=reverse("desk:queue"))


def colleague(chosen: str | UUID) -> Member:
    """Return an active member; raises NoSuchMember."""
    try:
        found = Member.objects.filter(pk=UUID(str(chosen)), is_active=True).first()
    except ValueError:
        found = None
    if found is None:
        raise NoSuchMember
    return found


def _narrowed(query: str) -> str:
    return read_view(QueryDict(query[: kept.LONGEST_QUERY])).query


def _local(address: str) -> str:
    return address if address.startswith("/") and not address.startswith("//") else "/"


def _told(done: Undone) -> str:
    told = ngettext("%(n)d case is as before.", "%(n)d cases are as before.", done.cases)
    left = ngettext(
        "%(n)d changed meanwhile and stays.", "%(n)d changed meanwhile and stay.", done.kept
    )
    parts = [told % {"n": done.cases}, *([left % {"n": done.kept}] if done.kept else [])]
    return " ".join(parts)
