"""The numbers page shows what the desk signed; what nobody signed it does not show."""

import copy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from oberih.core.official import numbers_file
from oberih.crypto import trust
from oberih.crypto.notes import Document, Purpose, sign
from tests.front.conftest import Operator

NUMBERS = Ed25519PrivateKey.generate()
NAMED = {"uk": "Вигадана служба", "en": "An invented service", "ru": "Вымышленная служба"}


def written() -> dict[str, Any]:
    """Return the shipped file with one body renamed."""
    numbers: dict[str, Any] = copy.deepcopy(numbers_file())
    numbers["groups"][2]["entries"][0]["name"] = NAMED
    return {**numbers, "official": []}


def publish(
    folder: Path, operator: Operator, *, key: Ed25519PrivateKey = NUMBERS, days: int = 10
) -> None:
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    keys = {Purpose.NUMBERS: NUMBERS.public_key().public_bytes_raw()}
    said = trust.Delegations(1, start + timedelta(days=30), keys)
    delegations = sign(trust.delegations_document(said, not_before=start), key=operator.root)
    (folder / "published" / "delegations.note").write_bytes(delegations)
    document = Document(Purpose.NUMBERS, 1, start, start + timedelta(days=days), written())
    (folder / "published" / "numbers.note").write_bytes(sign(document, key=key))


def page() -> str:
    return Client().get("/uk/numbers/").content.decode()


def test_the_page_shows_the_numbers_that_the_desk_signed(folder: Path, operator: Operator) -> None:
    publish(folder, operator)

    assert NAMED["uk"] in page()


@pytest.mark.parametrize("how", ["another key", "over"])
def test_numbers_that_nobody_vouches_for_are_not_shown(
    how: str, folder: Path, operator: Operator
) -> None:
    key = Ed25519PrivateKey.generate() if how == "another key" else NUMBERS
    publish(folder, operator, key=key, days=0 if how == "over" else 10)

    assert NAMED["uk"] not in page()
    assert "16-48" in page()


def test_a_front_without_a_desk_shows_the_numbers_it_was_shipped_with() -> None:
    assert "16-48" in page()
    assert 'href="tel:0800300529"' in page()


def test_other_pages_keep_their_line_of_support(folder: Path, operator: Operator) -> None:
    publish(folder, operator)

    assert 'data-dial="0800332029"' in Client().get("/uk/").content.decode()
