"""What all HTTP gateways share: which answers pass and which do not."""

from collections.abc import Callable

import httpx

from oberih.alerts.gateways.values import FateUnknown, Passing, Permanent

SECONDS = 20.0
TOO_MANY = 429


def client(*, connections: int = 32) -> httpx.Client:
    """Return a client with its own limits that obeys no proxy of the environment."""
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    return httpx.Client(timeout=SECONDS, limits=limits, trust_env=False)


def asked(call: Callable[[], httpx.Response]) -> httpx.Response:
    """Return a good answer; raises Passing, Permanent, FateUnknown.

    A connection that never stood has carried nothing; one that broke later may have.
    """
    try:
        answer = call()
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise Passing from error
    except httpx.HTTPError as error:
        raise FateUnknown from error
    if answer.status_code == TOO_MANY or answer.is_server_error:
        raise Passing(wait=seconds(answer.headers.get("Retry-After", "")))
    if not answer.is_success:
        raise Permanent
    return answer


def seconds(text: str) -> float:
    """Return what a gateway asks to wait; 0 for anything that is not a number of seconds."""
    return float(text) if text.isdecimal() else 0.0


def said(answer: httpx.Response) -> dict[str, object]:
    """Return the JSON object of an answer; raises Permanent for anything else."""
    try:
        found = answer.json()
    except ValueError as error:
        raise Permanent from error
    if not isinstance(found, dict):
        raise Permanent
    return found
