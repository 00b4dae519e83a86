"""Attachments on the screen: blurred and silent until asked, never the file itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from oberih.desk import showing
from oberih.desk.pages import frame, member_of, refusing
from oberih.desk.showing import Wish


@require_GET
@refusing
def attachment(request: HttpRequest, attachment: str) -> HttpResponse:
    """Show what the sandbox made of an attachment, blurred until asked."""
    member, wish = member_of(request), _wish(request)
    shown = showing.shown_attachment(attachment, by=member, wish=wish)
    context = {**frame(request), "shown": shown, "plays": "sound" in request.GET}
    return render(request, "desk/attachment.html", context)


@require_GET
@refusing
def image(request: HttpRequest, attachment: str) -> HttpResponse:
    """Give the re-drawn picture; never the file itself."""
    picture = showing.picture_of(attachment, by=member_of(request), wish=_wish(request))
    return HttpResponse(picture, content_type="image/png")


@require_GET
@refusing
def sound(request: HttpRequest, attachment: str) -> HttpResponse:
    """Give what is heard as plain samples; never the file itself."""
    heard = showing.sound_of(attachment, by=member_of(request))
    return HttpResponse(heard, content_type="audio/wav")


@require_POST
@refusing
def original(request: HttpRequest, attachment: str) -> HttpResponse:
    """Give the file as it came, by a grant, under a name that says nothing."""
    content = showing.original_of(attachment, by=member_of(request))
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="original-{attachment[:8]}.bin"'
    return answer


def _wish(request: HttpRequest) -> Wish:
    page = request.GET.get("page", "0")
    number = int(page) if page.isdecimal() and len(page) <= len("999") else 0
    return Wish(is_clear="clear" in request.GET, page=number)
