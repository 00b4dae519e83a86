"""A warning is marked as genuine only when her own device has checked the signature."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page, expect

from oberih.core import canonical
from oberih.core.canonical import Json
from oberih.core.time import now
from oberih.crypto.fields import spelled_time
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
    body = {"id": "one", "texts": {"uk": WORDS}}
    operator.write("alerts/one.note", sign(signed(body), key=key))


def signed(body: Json, *, days: int = 9) -> Document:
    start = now().replace(microsecond=0) - timedelta(days=1)
    return Document(Purpose.ALERTS, 1, start, start + timedelta(days=days), body)


def publish_list(operator: Operator, *, names: Sequence[str], sequence: int = 1) -> None:
    start = now().replace(microsecond=0) - timedelta(days=1)
    dates = {"from": spelled_time(start), "until": spelled_time(start + timedelta(days=9))}
    lines: Json = [
        {"id": name, "path": f"alerts/{name}.note", "sequence": sequence, "status": "actual"}
        | dates
        for name in names
    ]
    note = sign(signed({"alerts": lines}), key=operator.keys[Purpose.ALERTS])
    operator.write("alerts.json", canonical.encode({"note": note.decode(), "v": 1}))


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


def test_a_complete_list_is_said_to_be_complete(page: Page, warned: tuple[str, Operator]) -> None:
    address, operator = warned
    publish(operator, key=operator.keys[Purpose.ALERTS])
    publish_list(operator, names=["one"])

    ready(page, f"{address}/uk/warnings/")

    expect(page.locator("[data-list]")).to_contain_text("всі чинні попередження")


def test_a_warning_that_is_held_back_is_noticed(page: Page, warned: tuple[str, Operator]) -> None:
    address, operator = warned
    publish(operator, key=operator.keys[Purpose.ALERTS])
    publish_list(operator, names=["one", "two"])

    ready(page, f"{address}/uk/warnings/")

    expect(page.locator("[data-list]")).to_contain_text("бракує попередження")


def test_an_old_state_shown_again_is_noticed(page: Page, warned: tuple[str, Operator]) -> None:
    address, operator = warned
    publish(operator, key=operator.keys[Purpose.ALERTS])
    publish_list(operator, names=["one"], sequence=2)

    ready(page, f"{address}/uk/warnings/")

    expect(page.locator("[data-mark]")).to_contain_text("застаріле")
