"""Whatever is stale, foreign, slow or broken is "could not check", never "not known"."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from oberih.client.lookup import Asking, Outcome, look_up
from oberih.core.time import now
from oberih.crypto.blind_questions import PATH
from oberih.crypto.voprf import EvaluationKey, Mode
from tests.lookup.conftest import Place, fed
from tests.lookup.watching import NOT_KNOWN, REPORTED, Recording

Change = Callable[[bytes], bytes]


class Tampering(Recording):
    """Changes what the look-up, or a published file, answers."""

    def __init__(self, path: str, *, change: Change, status: int = 200) -> None:
        """Take which answers are changed, and how."""
        super().__init__()
        self.path, self.change, self.status = path, change, status

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on; change the answer of the one path."""
        answer = super().handle_request(request)
        if request.url.path != self.path:
            return answer
        return httpx.Response(self.status, content=self.change(answer.content))


def outcome(place: Place, *, transport: httpx.BaseTransport | None = None, days: int = 0) -> str:
    front = place.client(transport=transport)
    clock = now() + timedelta(days=days)
    (answer,) = look_up([NOT_KNOWN], front=front, asking=Asking(clock=lambda: clock))
    return answer.outcome.value


def test_a_list_signed_by_another_key_is_refused(place: Place) -> None:
    fed(place).publish(signer=Ed25519PrivateKey.generate())

    assert outcome(place) == "could not check"


def test_another_key_than_the_published_one_is_refused(place: Place) -> None:
    watch = fed(place)
    watch.key = EvaluationKey.generate(mode=Mode.VOPRF)
    watch.publish()

    assert outcome(place) == "could not check"


def test_a_stale_list_is_refused(place: Place) -> None:
    fed(place, start=now() - timedelta(days=2))

    assert outcome(place) == "could not check"


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_a_day_wrong_is_told(place: Place, days: int) -> None:
    fed(place)

    assert outcome(place) == "not known"
    assert outcome(place, days=days) == "could not check"


def test_a_list_whose_key_the_look_up_does_not_have_is_told(place: Place) -> None:
    watch = fed(place)
    watch.epoch += 1_000
    watch.publish()

    assert outcome(place) == "could not check"


def flipped(body: bytes, *, at: int) -> bytes:
    return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]


CHANGES: dict[str, Change] = {
    "a flipped bit in the proof": lambda body: flipped(body, at=len(body) - 1),
    "a flipped bit in the proof's challenge": lambda body: flipped(body, at=len(body) - 64),
    "elements in another order": lambda body: body[32:64] + body[:32] + body[64:],
    "the identity": lambda body: bytes(32) + body[32:],
    "no element": lambda body: b"\xff" * 32 + body[32:],
    "one element fewer": lambda body: body[32:],
    "a shorter proof": lambda body: body[:-1],
    "nothing": lambda _: b"",
    "a page": lambda _: b"<html>Welcome to the hotel</html>",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_wrong_answer_is_refused(place: Place, name: str) -> None:
    fed(place)

    assert outcome(place, transport=Tampering(PATH, change=CHANGES[name])) == "could not check"


@pytest.mark.parametrize("status", [400, 404, 409, 429, 500, 502, 503])
def test_every_refusal_of_the_server_is_could_not_check(place: Place, status: int) -> None:
    fed(place)
    broken = Tampering(PATH, change=lambda _: b"{}", status=status)

    assert outcome(place, transport=broken) == "could not check"


@pytest.mark.parametrize("change", [lambda body: body[:-12], lambda body: flipped(body, at=0)])
def test_a_list_that_was_changed_on_the_way_is_refused(place: Place, change: Change) -> None:
    watch = fed(place)
    path = f"/published/watch-list/{watch.epoch}.bin"

    assert outcome(place, transport=Tampering(path, change=change)) == "could not check"


def test_a_look_up_that_answers_too_slowly_is_could_not_check(place: Place) -> None:
    fed(place)

    assert outcome(place, transport=Slow()) == "could not check"


class Slow(Recording):
    """The look-up takes longer than anybody waits."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Do not answer questions."""
        if request.url.path == PATH:
            raise httpx.ReadTimeout("slow")  # noqa: EM101  # what the network library says then
        return super().handle_request(request)


def test_a_front_without_a_look_up_behind_it_is_could_not_check(place: Place) -> None:
    fed(place)
    place.lookup.stop()
    away = outcome(place)
    place.lookup.start()

    assert (away, outcome(place)) == ("could not check", "not known")


def test_reported_survives_nothing_of_this(place: Place) -> None:
    fed(place).publish(signer=Ed25519PrivateKey.generate())

    (answer,) = look_up([REPORTED], front=place.client())

    assert answer.outcome is Outcome.COULD_NOT_CHECK
