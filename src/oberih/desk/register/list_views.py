"""The pages of lists: read, understood, looked at, taken in."""

import os

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oberih.core import time
from oberih.core.errors import OberihError
from oberih.desk import refusals
from oberih.desk.pages import BAD, act, member_of, refusing
from oberih.desk.register import forms, list_page
from oberih.desk.register.uploads import rows_of
from oberih.desk.register.views import shown
from oberih.register import list_applying, list_services
from oberih.register.list_columns import Column
from oberih.register.list_models import ListIssue, ListKind
from oberih.register.refusals import NoSuchList
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

AT_ONCE = 3
"""Batches that the page takes in itself; the worker goes on with the rest."""


@require_http_methods(["GET", "POST"])
@refusing
def lists(request: HttpRequest) -> HttpResponse:
    """Show the lists that were read, and read one."""
    member = member_of(request)
    today = localdate(time.now()).isoformat()
    form = forms.ListForm(request.POST or None, request.FILES or None, initial={"issued_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            issue = _read(request, form=form, by=member)
        except OberihError as error:
            form.add_error(None, refusals.sentence(error))
        else:
            return redirect("desk:register-list", issue=issue.pk)
    context = {**shown(request), "form": form, "lists": list_page.lists(by=member)}
    status = int(BAD) if request.method == "POST" else 200
    return render(request, "register/lists.html", context, status=status)


@require_GET
@refusing
def one(request: HttpRequest, issue: int) -> HttpResponse:
    """Show a list: what its columns say, then what would change."""
    page = list_page.list_page(issue, by=member_of(request))
    context = {**shown(request), "page": page, "choices": list_page.CHOICES}
    return render(request, "register/list.html", context)


@require_POST
@refusing
def columns(request: HttpRequest, issue: int) -> HttpResponse:
    """Take a person's word for what the columns say."""
    known = {one.value for one in Column}
    told = [one if one in known else "" for one in request.POST.getlist("column")]
    said = [Column(one) for one in told]
    return act(
        request,
        do=lambda: list_services.confirm(issue, columns=said, by=member_of(request)),
        then=_page_of(issue),
    )


@require_GET
@refusing
def wrong(request: HttpRequest, issue: int) -> HttpResponse:
    """Give the wrong rows as a file to correct."""
    content = list_page.wrong_rows(issue, by=member_of(request))
    name = f'attachment; filename="list-{issue}-wrong.csv"'
    return HttpResponse(
        content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


@require_POST
@refusing
def corrected(request: HttpRequest, issue: int) -> HttpResponse:
    """Take corrected rows."""

    def do() -> None:
        list_services.correct(issue, rows=rows_of(request), by=member_of(request))

    return act(request, do=do, then=_page_of(issue))


@require_POST
@refusing
def take(request: HttpRequest, issue: int) -> HttpResponse:
    """Take the list in."""
    form = forms.TakeForm(request.POST)
    form.full_clean()
    seen = list_applying.Seen(**form.cleaned_data)

    def do() -> None:
        begun = list_applying.begin(issue, seen=seen, by=member_of(request))
        _go_on(begun)

    return act(request, do=do, then=_page_of(issue))


@require_POST
@refusing
def go_on(request: HttpRequest, issue: int) -> HttpResponse:
    """Go on with a list that was interrupted."""
    require(member_of(request), Permission.REGISTER_CHANGE)
    found = ListIssue.objects.filter(pk=issue).first()
    if found is None:
        raise NoSuchList
    _go_on(found)
    return redirect(_page_of(issue))


@require_POST
@refusing
def drop(request: HttpRequest, issue: int) -> HttpResponse:
    """Forget a list that was not taken in."""
    return act(
        request,
        do=lambda: list_services.drop(issue, by=member_of(request)),
        then=reverse("desk:register-lists"),
    )


def _read(request: HttpRequest, *, form: forms.ListForm, by: Member) -> ListIssue:
    require(by, Permission.REGISTER_CHANGE)
    given = form.cleaned_data
    incoming = list_services.Incoming(
        source=given["source"].pk,
        kind=ListKind(given["kind"]),
        rows=rows_of(request, pasted=given["pasted"]),
        issued_on=given["issued_on"],
    )
    return list_services.take(incoming, by=by, now=time.now())


def _go_on(issue: ListIssue) -> None:
    for _batch in range(AT_ONCE):
        if list_applying.go_on(issue, now=time.now(), entropy=os.urandom):
            return


def _page_of(issue: int) -> str:
    return reverse("desk:register-list", args=[issue])
