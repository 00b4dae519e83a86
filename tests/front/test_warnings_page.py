from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from pytest_django.fixtures import Settings

from oberih.core.canonical import Json
from oberih.crypto.notes import Document, Purpose, sign

TEXTS = {
    "uk": {
        "headline": "Кличуть на «обмін»",
        "text": "Просять сфотографувати вокзал.",
        "advice": "",
    },
    "en": {
        "headline": "“Exchange” calls",
        "text": "They ask for photos of a station.",
        "advice": "",
    },
}


@pytest.fixture
def published(tmp_path: Path, settings: Settings) -> Path:
    settings.PUBLISHED = tmp_path
    (tmp_path / "alerts").mkdir()
    return tmp_path / "alerts"


def publish(path: Path, *, body: Json, days: int = 10) -> None:
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    document = Document(Purpose.ALERTS, 1, start, start + timedelta(days=days), body)
    path.write_bytes(sign(document, key=Ed25519PrivateKey.generate()))


def test_a_published_warning_is_shown_in_the_page_s_language(published: Path) -> None:
    publish(published / "one.note", body={"id": "one", "texts": TEXTS})

    assert "“Exchange” calls" in Client().get("/en/warnings/").content.decode()


def test_a_warning_without_a_translation_is_shown_in_ukrainian(published: Path) -> None:
    publish(published / "one.note", body={"id": "one", "texts": TEXTS})

    assert "Кличуть на «обмін»" in Client().get("/ru/warnings/").content.decode()


def test_a_warning_that_ended_is_no_longer_shown(published: Path) -> None:
    publish(published / "one.note", body={"id": "one", "texts": TEXTS}, days=0)

    assert "Кличуть" not in Client().get("/uk/warnings/").content.decode()


def test_the_signed_list_is_not_taken_for_a_warning(published: Path) -> None:
    publish(published / "list.note", body={"alerts": []})

    assert Client().get("/uk/warnings/").status_code == 200


def test_no_warning_is_not_called_quiet(published: Path) -> None:
    assert published.exists()

    assert "не означає" in Client().get("/uk/warnings/").content.decode()
