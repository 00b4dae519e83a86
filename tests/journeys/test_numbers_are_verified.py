"""The phone numbers are signed; the page checks on the device that it shows these and no others."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import ready, running
from tests.journeys.looking_up import publish
from tests.journeys.operator import Operator


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    operator = Operator.found(tmp_path_factory.mktemp("numbers"))
    publish(operator, epoch=1)
    with running("front", operator=operator) as front:
        yield front


def test_signed_numbers_are_marked(page: Page, address: str) -> None:
    ready(page, f"{address}/uk/numbers/")

    expect(page.locator("#mark")).to_contain_text("підпис перевірено")


def forged(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("tel:0800300529", "tel:0800300530"))


def test_a_number_that_was_not_signed_is_named(page: Page, address: str) -> None:
    page.route("**/uk/numbers/", forged)
    ready(page, f"{address}/uk/numbers/")

    expect(page.locator("#mark.bad")).to_contain_text("не вдалося")


def test_numbers_without_a_signature_are_told_as_such(page: Page, front: str) -> None:
    ready(page, f"{front}/en/numbers/")

    expect(page.locator("#mark.bad")).to_contain_text("could not be checked")
