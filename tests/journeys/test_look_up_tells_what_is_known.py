"""She pastes what came, and learns what is known of it; nobody learns what she asked."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.journeys.conftest import axe
from tests.journeys.looking_up import (
    EVALUATE,
    NOT_KNOWN,
    OFFICIAL,
    REPORTED,
    WORDS,
    Asker,
    publish,
)
from tests.journeys.operator import Operator
from tests.lookup.conftest import Place, started

FOUR, TEN = (5 + 4 * 32, 4 * 32 + 64), (5 + 10 * 32, 10 * 32 + 64)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    operator = Operator.found(tmp_path_factory.mktemp("looked-up"))
    with started(operator) as running:
        publish(operator, epoch=1).hand_over(running.courier.address)
        yield running


@pytest.fixture
def asker(page: Page, place: Place) -> Asker:
    return Asker(page, place.front.address).open()


def test_three_contacts_in_a_message_are_three_rows(asker: Asker) -> None:
    answers = asker.ask(f"Дзвонили з {REPORTED}, потім з {NOT_KNOWN} і {OFFICIAL}.")

    assert answers == ["reported", "not known", "official"]


def test_reported_says_what_they_do_and_neither_count_nor_day(asker: Asker) -> None:
    asker.ask(REPORTED)

    row = asker.page.locator("[data-answer=reported]")
    expect(row).to_contain_text("співкамерником")
    assert not set("123456789") & set(row.inner_text().replace("+380500000001", ""))


def test_not_known_is_never_called_harmless(asker: Asker) -> None:
    asker.ask(NOT_KNOWN)

    expect(asker.page.locator("[data-answer='not known']")).to_contain_text("не означає")
    assert "безпечн" not in asker.page.content().casefold()


def test_official_names_the_body_and_says_to_dial_it_yourself(asker: Asker) -> None:
    asker.ask(OFFICIAL)

    row = asker.page.locator("[data-answer=official]")
    expect(row).to_contain_text("Вигадане бюро")
    expect(row).to_contain_text("наберіть цей номер самі")


def test_asking_is_one_request_that_does_not_contain_the_question(asker: Asker) -> None:
    seen: list[Request] = []
    asker.page.on("request", lambda one: seen.append(one))  # noqa: PLW0108  # the library marks what it is given

    asker.ask(REPORTED)

    assert [one.url.partition("/api/")[2] for one in seen] == ["lookup/evaluate"]
    assert b"380500000001" not in (seen[0].post_data_buffer or b"")


@pytest.mark.parametrize("number", [REPORTED, NOT_KNOWN, OFFICIAL])
def test_every_question_and_answer_has_the_same_size(number: str, asker: Asker) -> None:
    sizes = {asker.sizes_of(number) for _ in range(4)}

    assert sizes == {FOUR}


def test_five_numbers_go_as_ten(asker: Asker) -> None:
    numbers = " ".join(f"+38050000001{digit}" for digit in range(5))

    assert asker.sizes_of(numbers) == TEN


def test_ten_thousand_numbers_are_the_first_ten_and_a_sentence(asker: Asker) -> None:
    pasted = "\n".join(f"+38050{number:07}" for number in range(10_000))

    assert len(asker.ask(pasted)) == 10
    expect(asker.page.locator("#answers")).to_contain_text("тут перші 10")


def test_what_she_types_is_shown_in_its_one_spelling(asker: Asker) -> None:
    asker.page.locator("#pasted").fill("тел. 8 (050) 000-00-01")

    expect(asker.page.locator("#found")).to_contain_text("+380500000001")


@pytest.mark.parametrize(("typed", "said"), [("Олександр", "За іменем"), ("@ex", "не повний")])
def test_a_name_or_a_half_typed_handle_is_answered_without_a_request(
    typed: str, said: str, asker: Asker
) -> None:
    asked: list[Request] = []
    asker.page.on("request", lambda one: asked.append(one))  # noqa: PLW0108  # the same
    asker.page.locator("#pasted").fill(typed)
    asker.page.locator("#look").click()

    expect(asker.page.locator("#found")).to_contain_text(said)
    assert asked == []


def test_it_says_what_was_sent_and_a_report_is_one_tap_away(asker: Asker) -> None:
    asker.ask(REPORTED)

    expect(asker.page.locator("details.sent")).to_contain_text("Не надіслано")
    asker.page.locator("#answers .go a").click()
    expect(asker.page).to_have_url(f"{asker.address}/uk/report/")


def test_a_messenger_s_account_on_a_reported_number_is_reported(asker: Asker) -> None:
    assert asker.ask("https://wa.me/380500000001") == ["reported"]


def test_a_code_opens_the_real_warning_to_compare(asker: Asker) -> None:
    asker.page.locator("#code").fill(" REAL-CODE ")
    asker.page.locator("#open-code").click()

    expect(asker.page.locator("#real")).to_contain_text(WORDS["text"])
    expect(asker.page.locator("#real")).to_contain_text("нічого не доводить")


def test_a_code_that_we_never_gave_is_said_to_be_none(asker: Asker) -> None:
    asker.page.locator("#code").fill("aaaabbbb")
    asker.page.locator("#open-code").click()

    expect(asker.page.locator("#real")).to_contain_text("не публікували")


@pytest.mark.parametrize("language", ["uk", "en", "ru"])
def test_the_answers_have_no_barrier(context: BrowserContext, place: Place, language: str) -> None:
    context.add_init_script(axe())
    asker = Asker(context.new_page(), place.front.address).open(language)
    asker.ask(f"{REPORTED} {NOT_KNOWN} {OFFICIAL}")

    found: dict[str, Any] = asker.page.evaluate("axe.run(document)")

    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found["violations"]] == []


def test_a_small_puzzle_is_solved_and_asked_again(asker: Asker) -> None:
    told = {"error": "puzzle", "sentence": "", "challenge": "08" + "ab" * 31}
    asker.page.route(EVALUATE, lambda route: route.fulfill(status=429, json=told), times=1)

    with asker.page.expect_request(lambda one: len(one.post_data_buffer or b"") == FOUR[0] + 40):
        asker.page.locator("#pasted").fill(REPORTED)
        asker.page.locator("#look").click()
