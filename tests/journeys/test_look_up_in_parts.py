"""A long list: she fetches one part of it, or all of it when she would rather."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from oberih.crypto.manifest import Form
from tests.journeys.looking_up import NOT_KNOWN, OFFICIAL, REPORTED, Asker, publish
from tests.journeys.operator import Operator
from tests.lookup.conftest import Place, started

MANY = tuple(f"+380 67 000 {count // 100:02} {count % 100:02}" for count in range(60))
LISTED = (REPORTED, OFFICIAL, *MANY)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    operator = Operator.found(tmp_path_factory.mktemp("in-parts"))
    with started(operator) as running:
        watch = publish(operator, epoch=1, listed=LISTED, form=Form.BUCKETS, is_beside=True)
        watch.hand_over(running.courier.address)
        yield running


@pytest.fixture
def asker(page: Page, place: Place) -> Asker:
    return Asker(page, place.front.address).open()


def parts_asked(asker: Asker, text: str) -> list[str]:
    seen: list[Request] = []
    asker.page.on("request", lambda one: seen.append(one))  # noqa: PLW0108  # the library marks what it is given
    asker.ask(text)
    paths = [one.url.partition("/published/")[2] for one in seen]
    return [path for path in paths if path]


def test_the_three_answers_come_from_parts_of_the_list(asker: Asker) -> None:
    answers = asker.ask(f"{REPORTED} {NOT_KNOWN} {OFFICIAL} {MANY[7]}")

    assert answers == ["reported", "not known", "official", "reported"]


@pytest.mark.parametrize("number", [REPORTED, NOT_KNOWN, OFFICIAL, "https://wa.me/380500000001"])
def test_one_question_fetches_one_part(number: str, asker: Asker) -> None:
    (fetched,) = parts_asked(asker, number)

    assert fetched.startswith("watch-list/1/")


def test_she_is_told_what_a_part_gives_away(asker: Asker) -> None:
    expect(asker.page.locator("#parts")).to_contain_text("50 000")

    asker.ask(REPORTED)

    expect(asker.page.locator("details.sent")).to_contain_text("частин списку: 1")


def test_with_the_whole_list_no_part_is_asked_for(asker: Asker) -> None:
    with asker.page.expect_response("**/published/watch-list/1.bin"):
        asker.page.locator("#whole").click()
    expect(asker.page.locator("#parts")).to_be_hidden()

    assert parts_asked(asker, REPORTED) == []


def test_a_part_stays_in_no_memory_of_the_browser(asker: Asker) -> None:
    first = parts_asked(asker, REPORTED)

    second = parts_asked(asker, REPORTED)

    assert len(first) == 1
    assert second[-1:] == first
