"""The page on which forms from paper are entered, several at once, typed or from a table."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from oberih.core import time
from oberih.core.errors import BadInput
from oberih.desk import refusals
from oberih.desk.calls.paper_forms import PaperForm, begun, sent_in, staying
from oberih.desk.calls.paper_rows import LARGEST, MOST_FORMS, PaperRow, rows_of, template
from oberih.desk.calls.refusals import CallNotSent, CallTaken, NoSuchTable
from oberih.desk.calls.sending import send_entered
from oberih.desk.calls.taking import Told
from oberih.desk.pages import frame, member_of, refusing
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

if TYPE_CHECKING:
    from django.forms import BaseFormSet

    Forms = BaseFormSet[PaperForm]


@dataclass(frozen=True, slots=True)
class SentForm:
    """One form that was sealed: its words, and how the family is called back."""

    told: Told
    paper_on: date
    call_word: str
    best_time: str
    never_call: bool

    @property
    def words(self) -> list[str]:
        """Return the ten words."""
        return list(self.told.receipt.words())


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def papers(request: HttpRequest) -> HttpResponse:
    """Show empty forms, the rows of a table as forms, or send what was entered."""
    by = member_of(request)
    require(by, Permission.CALL_TAKE)
    if request.method != "POST":
        blank = [PaperRow({}, "")] * _how_many(request)
        return _page(request, forms=_begun(blank, by=by), status=HTTPStatus.OK)
    if "file" in request.FILES:
        return _from_table(request, by=by)
    return _entered(request, by=by)


@require_GET
@refusing
def paper_table(request: HttpRequest, language: str) -> HttpResponse:
    """Give the empty table."""
    require(member_of(request), Permission.CALL_TAKE)
    given = HttpResponse(template(language), content_type="text/csv; charset=utf-8")
    given["Content-Disposition"] = f'attachment; filename="forms-{language}.csv"'
    return given


def _from_table(request: HttpRequest, *, by: Member) -> HttpResponse:
    given = request.FILES.getlist("file")[0]
    try:
        rows = rows_of(given.read(LARGEST + 1))
    except BadInput as error:
        messages.error(request, refusals.sentence(error))
        blank = _begun([PaperRow({}, "")], by=by)
        return _page(request, forms=blank, status=HTTPStatus.BAD_REQUEST)
    return _page(request, forms=_begun(rows, by=by), status=HTTPStatus.OK)


def _entered(request: HttpRequest, *, by: Member) -> HttpResponse:
    """Send every complete form; the others come back as they were."""
    today = localdate(time.now())
    given = sent_in(request.POST, language=by.language, today=today)
    if not given.management_form.is_valid() or given.non_form_errors():
        messages.error(request, refusals.sentence(NoSuchTable()))
        blank = _begun([PaperRow({}, "")], by=by)
        return _page(request, forms=blank, status=HTTPStatus.BAD_REQUEST)
    sent: list[SentForm] = []
    left: list[PaperForm] = []
    for form in given:
        if not form.is_blank:
            _send(form, sent=sent, left=left, by=by)
    if left:
        messages.error(request, _("What is below was not sent. Nothing of it is lost."))
    forms = staying(left, given=request.POST, language=by.language, today=today)
    status = HTTPStatus.BAD_REQUEST if left else HTTPStatus.OK
    return _page(request, forms=forms, status=status, sent=tuple(sent))


def _send(form: PaperForm, *, sent: list[SentForm], left: list[PaperForm], by: Member) -> None:
    if not form.is_valid():
        left.append(form)
        return
    try:
        told = send_entered(form.entered(operator=settings.OPERATOR), by=by)
    except CallTaken:
        return  # it was entered before: a page sent twice
    except CallNotSent:
        left.append(form)
        return
    card = form.cleaned_data
    back = ("call_word", "best_time")
    word, when = ("" if card["never_call"] else card[one] for one in back)
    sent.append(SentForm(told, card["paper_on"], word, when, never_call=card["never_call"]))


def _begun(rows: list[PaperRow], *, by: Member) -> "Forms":
    return begun(rows, language=by.language, today=localdate(time.now()))


def _how_many(request: HttpRequest) -> int:
    asked = request.GET.get("forms", "")
    return min(max(int(asked), 1), MOST_FORMS) if asked.isascii() and asked.isdigit() else 1


def _page(
    request: HttpRequest, *, forms: "Forms", status: HTTPStatus, sent: tuple[SentForm, ...] = ()
) -> HttpResponse:
    context = {**frame(request), "forms": forms, "sent": sent, "most": MOST_FORMS, "on_call": True}
    return render(request, "calls/papers.html", context, status=status)
