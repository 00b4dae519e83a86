"""The page on which a second person confirms what one import proposed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from oberih.core import time
from oberih.desk import refusals, watch_batches
from oberih.desk.forms import ReleaseForm
from oberih.desk.pages import BAD, act, frame, member_of, refusing
from oberih.desk.watch_batches import Agreed
from oberih.desk.watch_states import WatchId


@require_http_methods(["GET", "POST"])
@refusing
def together(request: HttpRequest, entry: str) -> HttpResponse:
    """Show an import's proposals, or confirm them all; the question must be answered."""
    if request.method == "GET":
        return _shown(request, entry=entry)
    form, member = ReleaseForm(request.POST), member_of(request)
    if not form.is_valid():
        return _shown(request, entry=entry, unanswered=True)
    only_one = form.cleaned_data["only_one"] == "yes"
    agreed = Agreed(seen=request.POST.get("seen", ""), only_one=only_one)
    return act(
        request,
        do=lambda: watch_batches.confirm_batch(
            WatchId(entry), agreed=agreed, by=member, now=time.now()
        ),
        then=reverse("desk:watch-list"),
    )


def _shown(request: HttpRequest, *, entry: str, unanswered: bool = False) -> HttpResponse:
    batch = watch_batches.batch(WatchId(entry), by=member_of(request), now=time.now())
    refused = [(one, refusals.sentence(one.refusal)) for one in batch.refused if one.refusal]
    context = {
        **frame(request),
        "on_watch_list": True,
        "batch": batch,
        "refused": refused,
        "unanswered": unanswered,
    }
    return render(request, "desk/watch_batch.html", context, status=int(BAD) if unanswered else 200)
