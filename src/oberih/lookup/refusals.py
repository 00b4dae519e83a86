"""What the look-up refuses, and how each refusal is told: a code, a sentence, never the request.

NotReady, Busy                      could not be answered now: never "not known"
PuzzleNeeded, UnknownEpoch          ask again, with a solution or the newer list
MalformedKey, Fenced, EpochOver, OtherKey    told to the courier alone
"""

from http import HTTPStatus

from oberih.core import canonical
from oberih.core.errors import CouldNot, OberihError, Refused
from oberih.crypto.courier_requests import NotTheCourier
from oberih.crypto.ristretto import NotAnElement
from oberih.system.listening import Answer, program_headers


class NotReady(CouldNot):
    """The look-up has no key yet: the desk's courier hands it over."""


class Busy(CouldNot):
    """It could not be looked up now. That says nothing about the contact."""


class PuzzleNeeded(CouldNot):
    """Many questions came from this network: a small puzzle comes first."""

    def __init__(self, challenge: bytes) -> None:
        """Take what to solve."""
        super().__init__()
        self.challenge = challenge


class UnknownEpoch(Refused):
    """There is no key for this list: fetch the list anew."""


class MalformedKey(Refused):
    """This is not a key that the courier hands over."""


class Fenced(Refused):
    """Another desk has taken over."""

    def __init__(self, stored: int) -> None:
        """Take the number that is stored."""
        super().__init__()
        self.stored = stored


class EpochOver(Refused):
    """A newer key was handed over before, or this one is over already."""


class OtherKey(Refused):
    """This epoch has another key already."""


TOLD: dict[type[OberihError], tuple[HTTPStatus, str]] = {
    NotReady: (HTTPStatus.SERVICE_UNAVAILABLE, "not-ready"),
    Busy: (HTTPStatus.SERVICE_UNAVAILABLE, "busy"),
    PuzzleNeeded: (HTTPStatus.TOO_MANY_REQUESTS, "puzzle"),
    UnknownEpoch: (HTTPStatus.CONFLICT, "epoch"),
    Fenced: (HTTPStatus.CONFLICT, "fence"),
    EpochOver: (HTTPStatus.CONFLICT, "epoch"),
    OtherKey: (HTTPStatus.CONFLICT, "key"),
    NotTheCourier: (HTTPStatus.UNAUTHORIZED, "signature"),
    NotAnElement: (HTTPStatus.BAD_REQUEST, "element"),
}
MALFORMED = (HTTPStatus.BAD_REQUEST, "malformed")


def refusal(error: OberihError) -> Answer:
    """Return the answer to what was refused."""
    status, code = TOLD.get(type(error), MALFORMED)
    told: dict[str, canonical.Json] = {"error": code, "sentence": str(error)}
    if isinstance(error, PuzzleNeeded):
        told["challenge"] = error.challenge.hex()
    if isinstance(error, Fenced):
        told["fence"] = error.stored
    return as_json(told, status=status)


def as_json(value: canonical.Json, *, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    """Return canonical JSON."""
    return Answer(status, program_headers("application/json"), canonical.encode(value))
