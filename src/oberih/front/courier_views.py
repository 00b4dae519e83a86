"""What only the desk's courier may ask, on a listener of its own; every request is signed."""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from oberih.core.time import now
from oberih.crypto.courier_requests import (
    FENCE_HEADER,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    TIME_HEADER,
    CourierRequest,
    NotTheCourier,
    publish_path,
)
from oberih.front import courier_services, forms, published, selectors
from oberih.front.answers import as_bytes, as_json, posted

PATH_HEADER = "X-Oberih-Path"
PUBLISH = "/api/courier/publish"
HEX = set("0123456789abcdef")
NONCE_LETTERS = 32

Signed = Callable[[HttpRequest], HttpResponse]


def signed(view: Signed) -> Callable[..., HttpResponseBase]:
    """Let a view answer only the desk, only once, and only the newest desk."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        signature = request.headers.get(SIGNATURE_HEADER, "")
        courier_services.authorise(read_request(request), signature=signature, now=now())
        return view(request)

    return posted(answered)


def read_request(request: HttpRequest) -> CourierRequest:
    """Return what the signature stands over; raises NotTheCourier when a header is missing."""
    path = request.get_full_path()
    if path == PUBLISH:
        path = publish_path(request.headers.get(PATH_HEADER, ""))
    nonce = request.headers.get(NONCE_HEADER, "")
    if len(nonce) != NONCE_LETTERS or set(nonce) - HEX:
        raise NotTheCourier
    try:
        return CourierRequest(
            method=request.method or "",
            path=path,
            body_sha256=hashlib.sha256(request.body).hexdigest(),
            time=int(request.headers.get(TIME_HEADER, "")),
            nonce=nonce,
            fence=int(request.headers.get(FENCE_HEADER, "")),
        )
    except ValueError as error:
        raise NotTheCourier from error


@signed
def collect(request: HttpRequest) -> HttpResponse:
    """Give what the desk has not filed: envelopes, attachments to fetch, deleted mailboxes."""
    return as_bytes(selectors.waiting(forms.collect(request.body)))


@signed
def attachment(request: HttpRequest) -> HttpResponse:
    """Give one chunk of a complete attachment."""
    wanted, number = forms.wanted_chunk(request.body)
    return as_bytes(selectors.attachment_chunk(wanted, number=number))


@signed
def acknowledge(request: HttpRequest) -> HttpResponse:
    """Note what the desk has, and what its backup has too."""
    courier_services.acknowledge(forms.acknowledgement(request.body))
    return as_json({"acknowledged": True})


@signed
def deliver(request: HttpRequest) -> HttpResponse:
    """Put replies into their mailboxes."""
    delivered, refused = courier_services.deliver(forms.replies(request.body), now=now())
    return as_json({"delivered": delivered, "refused": refused})


@signed
def publish(request: HttpRequest) -> HttpResponse:
    """Publish one file under the signed path."""
    path = published.read_path(request.headers.get(PATH_HEADER, ""))
    etag = courier_services.publish(path, content=request.body)
    return as_json({"etag": etag}, status=HTTPStatus.CREATED)
