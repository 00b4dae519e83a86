"""What is done on one requester's page: consent, verification, news, questions, export, erasure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oberih.core import time
from oberih.crypto.age import Identity
from oberih.desk.pages import act, form_trouble, member_of, refusing
from oberih.desk.register import forms, telling
from oberih.desk.register.exchange_words import VERIFIED
from oberih.desk.register.request_page import request_page
from oberih.desk.register.views import shown
from oberih.desk.register.words import FAMILY_SENTENCES
from oberih.register import family_news, proof_questions, services
from oberih.register.erasing import erase_requester
from oberih.register.exchange_states import Purpose
from oberih.register.exporting import export_record
from oberih.register.proof_questions import Posed
from oberih.register.refusals import NoConsentForThis


@require_http_methods(["GET", "POST"])
@refusing
def requester(request: HttpRequest, requester: str) -> HttpResponse:
    """Show one requester, and record what they agree to."""
    member = member_of(request)
    page = request_page(requester, by=member)
    form = forms.ConsentForm(request.POST or None)
    today = localdate(time.now())
    if request.method == "POST" and form.is_valid():
        services.agree(page.relation, form.agreed(on=today), by=member)
        return redirect("desk:register-requester", requester=requester)
    context = {"page": page, "relation": page.relation, "form": form, "today": today}
    return render(request, "register/requester.html", {**shown(request), **context})


@require_POST
@refusing
def prove(request: HttpRequest, requester: str) -> HttpResponse:
    """Record how identity and kinship were verified."""
    how, member = request.POST.get("how", ""), member_of(request)
    if how not in VERIFIED:
        form_trouble(request)
        return redirect(_here(requester))
    return act(
        request,
        do=lambda: services.prove_requester(requester, how=how, by=member),
        then=_here(requester),
    )


@require_POST
@refusing
def draft_news(request: HttpRequest, requester: str) -> HttpResponse:
    """Prepare news for this requester."""
    member = member_of(request)
    return act(
        request,
        do=lambda: telling.draft(requester, by=member, now=time.now()),
        then=_here(requester),
    )


@require_GET
@refusing
def news(request: HttpRequest) -> HttpResponse:
    """Show whose family has not heard yet what may be said now."""
    due = [
        (one, str(FAMILY_SENTENCES[one.status]))
        for one in family_news.due_news(by=member_of(request))
    ]
    return render(request, "register/news.html", {**shown(request), "due": due})


@require_POST
@refusing
def withdraw_news(request: HttpRequest, requester: str, news: int) -> HttpResponse:
    """Take prepared news back."""
    member = member_of(request)
    return act(
        request,
        do=lambda: family_news.withdraw_news(news, by=member, now=time.now()),
        then=_here(requester),
    )


@sensitive_post_parameters("text")
@sensitive_variables("identity", "text")
@require_POST
@refusing
def seal_question(request: HttpRequest, requester: str) -> HttpResponse:
    """Seal a proof question and show its key once: the specialist keeps it, the desk does not."""
    member, identity = member_of(request), Identity.generate()
    posed = Posed(request.POST.get("text", ""), identity)
    row = proof_questions.seal_question(requester, posed=posed, by=member, now=time.now())
    context = {"question": row, "secret": identity.secret_text(), "requester": requester}
    return render(request, "register/question.html", {**shown(request), **context})


@sensitive_post_parameters("key")
@sensitive_variables("text", "key")
@require_POST
@refusing
def use_question(request: HttpRequest, requester: str, question: int) -> HttpResponse:
    """Open a proof question once, with the specialist's key."""
    key, member = request.POST.get("key", ""), member_of(request)
    text = proof_questions.use_question(question, key=key, by=member, now=time.now())
    context = {"text": text, "requester": requester}
    return render(request, "register/question.html", {**shown(request), **context})


@require_POST
@refusing
def export(request: HttpRequest, requester: str) -> HttpResponse:
    """Give what may go out for a purpose, by a consent that stands."""
    asked, member = request.POST.get("purpose", ""), member_of(request)
    if asked not in {one.value for one in Purpose}:
        raise NoConsentForThis
    made = export_record(requester, purpose=Purpose(asked), by=member, now=time.now())
    name = f'attachment; filename="{requester}.json"'
    return HttpResponse(
        made.content, content_type="application/json", headers={"Content-Disposition": name}
    )


@require_POST
@refusing
def erase(request: HttpRequest, requester: str) -> HttpResponse:
    """Erase who asked."""
    member = member_of(request)
    return act(
        request,
        do=lambda: erase_requester(requester, by=member, now=time.now()),
        then=_here(requester),
    )


def _here(requester: str) -> str:
    return reverse("desk:register-requester", args=[requester])
