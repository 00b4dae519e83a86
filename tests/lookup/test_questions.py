"""What the look-up takes and refuses, asked over its own listener."""

import os

import httpx
import pytest

from oberih.crypto import voprf
from oberih.crypto.blind_questions import PATH, BlindQuestion
from oberih.crypto.voprf import Mode
from tests.lookup.conftest import Place, fed

ORDER = bytes.fromhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")


def element() -> bytes:
    return voprf.blind(os.urandom(16), mode=Mode.VOPRF).element


def post(place: Place, body: bytes) -> httpx.Response:
    return httpx.post(place.lookup.address + PATH, content=body)


def good(place: Place, *, many: int) -> BlindQuestion:
    return BlindQuestion(fed(place).epoch, tuple(element() for _ in range(many)))


@pytest.mark.parametrize("many", [4, 10])
def test_a_good_question_is_answered(place: Place, many: int) -> None:
    answer = post(place, bytes(good(place, many=many)))

    assert (answer.status_code, len(answer.content)) == (200, many * 32 + 64)


@pytest.mark.parametrize("bad", [bytes(32), b"\xff" * 32, b"\x01" + bytes(31), ORDER], ids=str)
def test_identity_and_other_spellings_are_refused(place: Place, bad: bytes) -> None:
    elements = good(place, many=3).elements
    epoch = fed(place).epoch

    answer = post(place, bytes(BlindQuestion(epoch, (*elements, bad))))

    assert (answer.status_code, answer.json()["error"]) == (400, "element")


def cut(body: bytes) -> list[bytes]:
    return [b"", body[:-1], body + b"\0", body[:4], body[:4] + b"\5" + body[5:], body[:4] + body]


def test_every_other_form_is_refused_without_an_echo(place: Place) -> None:
    body = bytes(good(place, many=4))

    answers = [post(place, one) for one in cut(body)]

    assert {one.status_code for one in answers} == {400}
    assert not any(body[5:13].hex() in one.text for one in answers)


def test_what_is_too_large_is_refused_before_it_is_read(place: Place) -> None:
    assert post(place, bytes(1000)).status_code == 413


def test_a_body_without_a_stated_length_is_refused(place: Place) -> None:
    answer = httpx.post(place.lookup.address + PATH, content=iter([b"x"]))

    assert answer.status_code == 411


def test_an_unknown_epoch_is_told(place: Place) -> None:
    elements = good(place, many=4).elements

    answer = post(place, bytes(BlindQuestion(2**32 - 1, elements)))

    assert (answer.status_code, answer.json()["error"]) == (409, "epoch")


def test_a_page_from_a_file_may_ask(place: Place) -> None:
    for address in (place.lookup.address, place.front.address):
        before = httpx.options(address + PATH, headers={"Origin": "null"})

        assert before.status_code == 204
        assert before.headers["access-control-allow-origin"] == "*"
        assert before.headers["access-control-allow-headers"] == "Content-Type"


@pytest.mark.parametrize("path", ["/", "/api/lookup/list", "/api/reports", "/published/x"])
def test_there_is_nothing_else_to_ask(place: Place, path: str) -> None:
    assert httpx.get(place.lookup.address + path).status_code == 404
