"""Whatever goes wrong is "could not check": never "not known", never an answer by another key."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page, Route, expect

from oberih.core.time import now
from oberih.crypto.voprf import EvaluationKey, Mode
from tests.journeys.looking_up import EVALUATE, REPORTED, Asker, publish
from tests.journeys.operator import Operator
from tests.lookup.conftest import Place, started
from tests.lookup.watching import Watch

CANNOT = ["could not check"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    operator = Operator.found(tmp_path_factory.mktemp("cannot-check"))
    with started(operator) as place:
        yield place


EPOCHS: list[int] = []


@pytest.fixture
def watch(running: Place) -> Watch:
    """Return a fresh list, published and its key handed over."""
    EPOCHS.append(len(EPOCHS) + 1)
    made = publish(running.operator, epoch=EPOCHS[-1])
    made.hand_over(running.courier.address)
    return made


@pytest.fixture
def asker(page: Page, running: Place, watch: Watch) -> Asker:
    assert watch.epoch
    return Asker(page, running.front.address)


def flipped(route: Route) -> None:
    answer = route.fetch()
    body = bytearray(answer.body())
    body[-1] ^= 1
    route.fulfill(response=answer, body=bytes(body))


def shortened(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.body()[:-1])


@pytest.mark.parametrize("wrong", [flipped, shortened])
def test_a_changed_answer_is_no_answer(wrong: Callable[[Route], None], asker: Asker) -> None:
    asker.open()
    asker.page.route(EVALUATE, wrong)

    assert asker.ask(REPORTED) == CANNOT


@pytest.mark.parametrize("status", [503, 500, 404, 400])
def test_an_overloaded_or_broken_look_up_is_no_answer(status: int, asker: Asker) -> None:
    asker.open()
    asker.page.route(EVALUATE, lambda route: route.fulfill(status=status, body="{}"))

    assert asker.ask(REPORTED) == CANNOT
    expect(asker.page.locator("#answers .go a")).to_be_visible()


def test_no_connection_is_no_answer(asker: Asker) -> None:
    asker.open()
    asker.page.route(EVALUATE, lambda route: route.abort())

    assert asker.ask(REPORTED) == CANNOT


def test_a_look_up_that_never_answers_is_no_answer(asker: Asker) -> None:
    asker.open()
    asker.page.route(EVALUATE, lambda _: None)
    asker.page.locator("#pasted").fill(REPORTED)
    asker.page.locator("#look").click()

    expect(asker.page.locator("[data-answer='could not check']")).to_be_visible(timeout=30_000)


def test_official_numbers_that_are_not_signed_stop_every_answer(asker: Asker, watch: Watch) -> None:
    watch.operator.write("numbers.note", b"no note")
    asker.open()

    assert asker.ask(REPORTED) == CANNOT


def test_a_key_that_tags_her_is_noticed(asker: Asker, watch: Watch) -> None:
    watch.key = EvaluationKey.generate(mode=Mode.VOPRF)
    watch.publish()
    asker.open()

    assert asker.ask(REPORTED) == CANNOT


def test_a_list_signed_by_another_hand_is_refused(asker: Asker, watch: Watch) -> None:
    watch.publish(signer=Ed25519PrivateKey.generate())
    asker.open()

    assert asker.ask(REPORTED) == CANNOT


def test_a_list_that_is_not_the_signed_one_is_refused(asker: Asker, watch: Watch) -> None:
    watch.operator.write(f"watch-list/{watch.epoch}.bin", bytes(24))
    asker.open()

    assert asker.ask(REPORTED) == CANNOT


def test_a_stale_list_is_not_used(asker: Asker, watch: Watch) -> None:
    watch.start = now() - timedelta(days=3)
    watch.publish()
    asker.open()

    assert asker.ask(REPORTED) == CANNOT


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_off_by_a_day_is_named(days: int, asker: Asker) -> None:
    asker.page.clock.set_fixed_time(now() + timedelta(days=days))
    asker.open()

    assert asker.ask(REPORTED) == CANNOT
    expect(asker.page.locator("#answers")).to_contain_text("Перевірте дату")


def test_a_page_that_was_open_while_the_list_changed_asks_with_the_new_one(
    asker: Asker, running: Place
) -> None:
    asker.open()
    asker.page.route(EVALUATE, lambda route: route.fulfill(status=409, body="{}"), times=1)
    EPOCHS.append(len(EPOCHS) + 1)
    publish(running.operator, epoch=EPOCHS[-1]).hand_over(running.courier.address)

    assert asker.ask(REPORTED) == ["reported"]
