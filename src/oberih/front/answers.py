"""How the front answers programs: canonical JSON, sealed bytes, and refusals that echo nothing."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from oberih.core import canonical
from oberih.core.errors import OberihError
from oberih.front.refusals import EpochOver, Fenced, code_of, status_of

View = Callable[..., HttpResponseBase]

JSON_TYPE = "application/json"
BYTES_TYPE = "application/octet-stream"
API = "/api/"


def as_json(value: canonical.Json, *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    """Return canonical JSON."""
    return HttpResponse(canonical.encode(value), status=status, content_type=JSON_TYPE)


def as_bytes(content: bytes) -> HttpResponse:
    """Return sealed bytes as they are."""
    return HttpResponse(content, content_type=BYTES_TYPE)


def refusal(error: OberihError) -> HttpResponse:
    """Return the code and the sentence of an error, never anything of the request."""
    told: dict[str, canonical.Json] = {"error": code_of(error), "sentence": str(error)}
    if isinstance(error, EpochOver):
        told["recipient"] = error.current
    if isinstance(error, Fenced):
        told["fence"] = error.stored
    return as_json(told, status=status_of(error))


def posted(view: View) -> View:
    """Let a view take POST only, from any origin (a page opened from a file has none)."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return for_any_origin(preflight())
        if request.method != "POST":
            return for_any_origin(wrong_method("POST, OPTIONS"))
        try:
            return for_any_origin(view(request))
        except OberihError as error:
            return for_any_origin(refusal(error))

    return answered


def for_any_origin(response: HttpResponseBase) -> HttpResponseBase:
    """Let pages of any origin read the answer; there are no credentials that it could leak.

    What is not a page has a policy of its own, under which nothing in it would run.
    """
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response


def preflight() -> HttpResponse:
    """Answer a browser that asks before it posts from another origin."""
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response["Access-Control-Allow-Methods"] = "POST"
    response["Access-Control-Allow-Headers"] = "Content-Type"
    response["Access-Control-Max-Age"] = "86400"
    return response


def wrong_method(allowed: str) -> HttpResponse:
    """Answer another method than those that the address takes."""
    told: canonical.Json = {"error": "method", "sentence": "This address takes another method."}
    response = as_json(told, status=HTTPStatus.METHOD_NOT_ALLOWED)
    response["Allow"] = allowed
    return response


def no_store(following: Callable[[HttpRequest], HttpResponseBase]) -> View:
    """Keep every answer out of caches that does not say otherwise itself (middleware)."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        response = following(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answered


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:  # noqa: ARG001  # Django's form
    """Answer what Django itself refuses."""
    return plain(request, status=HTTPStatus.BAD_REQUEST, code="malformed")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:  # noqa: ARG001  # Django's form
    """Answer an address that is not there."""
    return plain(request, status=HTTPStatus.NOT_FOUND, code="not-found")


def broken(request: HttpRequest) -> HttpResponseBase:
    """Answer after an error of the front's own."""
    return plain(request, status=HTTPStatus.INTERNAL_SERVER_ERROR, code="broken")


SENTENCES = {
    "malformed": "The request is not in a form that this address takes.",
    "not-found": "There is nothing here.",
    "broken": "Something went wrong here. Keep what you wrote and try again later.",
}
IN_OTHER_WORDS = {
    "malformed": ("Цього запиту тут не розуміють.", "Этот запрос здесь не понимают."),
    "not-found": ("Тут нічого немає.", "Здесь ничего нет."),
    "broken": (
        "Тут щось пішло не так. Збережіть написане й спробуйте пізніше.",
        "Здесь что-то пошло не так. Сохраните написанное и попробуйте позже.",
    ),
}
"""The same in Ukrainian and in Russian: the address may not say which one a person reads."""


def plain(request: HttpRequest, *, status: HTTPStatus, code: str) -> HttpResponse:
    """Return JSON to programs, and to people one plain sentence in each language."""
    if request.path.startswith(API):
        return as_json({"error": code, "sentence": SENTENCES[code]}, status=status)
    content_type = "text/plain; charset=utf-8"
    ukrainian, russian = IN_OTHER_WORDS[code]
    lines = "\n".join((ukrainian, SENTENCES[code], russian, ""))
    return HttpResponse(lines, status=status, content_type=content_type)
