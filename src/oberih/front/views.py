"""What anybody may ask: each view reads the body, calls one function, and answers."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from oberih.core.errors import OberihError
from oberih.core.time import now
from oberih.front import forms, published, selectors, services
from oberih.front.answers import (
    as_bytes,
    as_json,
    for_any_origin,
    posted,
    refusal,
    wrong_method,
)

PUBLISHED_AGE = "public, max-age=60"


@posted
def envelopes(request: HttpRequest) -> HttpResponse:
    """Take a sealed envelope: 201 new or known."""
    deposit = forms.deposit(request.body)
    services.accept(deposit, now=now())
    return as_json({"id": deposit.sealed.id}, status=HTTPStatus.CREATED)


@posted
def attachments(request: HttpRequest) -> HttpResponse:
    """Open an attachment, or tell which of its chunks are here."""
    have = services.announce(forms.announcement(request.body), now=now())
    return as_json({"have": have})


@posted
def parts(request: HttpRequest) -> HttpResponse:
    """Take one chunk of an attachment: 201 new or known."""
    chunk = forms.chunk(request.body)
    services.store_chunk(chunk)
    return as_json({"index": chunk.number}, status=HTTPStatus.CREATED)


@posted
def mailbox_list(request: HttpRequest) -> HttpResponse:
    """List a mailbox; always the same size."""
    listing = selectors.listing(forms.access(request.body))
    return HttpResponse(listing, content_type="application/json")


@posted
def mailbox_fetch(request: HttpRequest) -> HttpResponse:
    """Give one envelope of a mailbox, or as many bytes that are none."""
    access, wanted = forms.fetch(request.body)
    return as_bytes(selectors.envelope(access, wanted=wanted))


@posted
def mailbox_delete(request: HttpRequest) -> HttpResponse:
    """Empty a mailbox for good; the same answer whether it was there or not."""
    services.delete_mailbox(forms.access(request.body))
    return as_json({"deleted": True})


def published_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a signed file to any origin, packed when the reader takes brotli."""
    if request.method not in {"GET", "HEAD"}:
        return for_any_origin(wrong_method("GET, HEAD"))
    try:
        place = published.read_path(path)
        takes_brotli = "br" in accepted_codings(request)
        file = published.read(place, folder=settings.PUBLISHED, takes_brotli=takes_brotli)
    except OberihError as error:
        return for_any_origin(refusal(error))
    return for_any_origin(with_tag(request, file=file, content_type=place.content_type))


def accepted_codings(request: HttpRequest) -> set[str]:
    """Return the content codings that the reader takes; one with q=0 is refused by it."""
    stated = request.headers.get("Accept-Encoding", "").replace(" ", "").split(",")
    return {one.split(";")[0] for one in stated if not one.endswith((";q=0", ";q=0.0"))}


def with_tag(
    request: HttpRequest, *, file: published.PublishedFile, content_type: str
) -> HttpResponse:
    """Return the file, or 304 when the reader has it (RFC 9110, section 13.1.2)."""
    known = request.headers.get("If-None-Match", "").replace("W/", "").replace(" ", "").split(",")
    if file.etag in known or known == ["*"]:
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = HttpResponse(file.content, content_type=content_type)
        if file.is_brotli:
            response["Content-Encoding"] = "br"
    response["ETag"] = file.etag
    response["Cache-Control"] = PUBLISHED_AGE
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
