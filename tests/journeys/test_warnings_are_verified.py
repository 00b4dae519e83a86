"""A warning is marked as genuine only when her own device has checked the signature."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page, expect

from oberih.core.time import now
from oberih.crypto.notes import Document, Purpose, sign
from tests.journeys.conftest import ready, running
from tests.journeys.operator import Operator

WORDS = {
    "headline": "Кличуть на «обмін»",
    "text": "Просять фото вокзалу.",
    "advice": "Не відповідайте.",
}


@pytest.fixture
def warned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Operator]]:
    operator = Operator.found(tmp_path_factory.mktemp("warned"))
    operator.publish()
    with running("front", operator=operator) as address:
        yield address, operator


def publish(operator: Operator, *, key: Ed25519PrivateKey) -> None:
    start = now().replace(microsecond=0) - timedelta(days=1)
    body = {"id": "one", "texts": {"uk": WORDS}}
    document = Document(Purpose.ALERTS, 1, start, start + timedelta(days=9), body)
    operator.write("alerts/one.note", sign(document, key=key))


def test_a_genuine_warning_is_marked(page: Page, warned: tuple[str, Operator]) -> None:
    address, operator = warned
    publish(operator, key=operator.keys[Purpose.ALERTS])

    ready(page, f"{address}/uk/warnings/")

    expect(page.locator("[data-mark]")).to_have_text("Підпис перевірено на цьому пристрої.")


def test_a_warning_by_another_hand_says_not_to_rely_on_it(
    page: Page, warned: tuple[str, Operator]
) -> None:
    address, operator = warned
    publish(operator, key=Ed25519PrivateKey.generate())

    ready(page, f"{address}/uk/warnings/")

    expect(page.locator("[data-mark]")).to_contain_text("Не покладайтеся")
