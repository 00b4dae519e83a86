"""STIX 2.1: valid in the strict sense, the same each time, and silent about families."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from stix2validator import ValidationOptions, validate_string

from oberih.formats.shared import SharedCampaign, SharedIdentifier, SharedTactic
from oberih.formats.stix import bundle

KINDS = {
    "phone": "+380500000001",
    "telegram": "exchange_demo_one",
    "email": "x@example.org",
    "url": "https://example.org/a?b='c'",
    "domain": "example.org",
    "iban": "UA213223130000026007233566001",
    "card": "4111111111111111",
    "bitcoin": "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
}
CAMPAIGN = SharedCampaign(
    id="abcdefgh",
    name="«Співкамерник»",
    operator="Oberih (example)",
    identifiers=tuple(SharedIdentifier(kind, value) for kind, value in KINDS.items()),
    tactics=(SharedTactic("P1", "poses as a former cellmate"), SharedTactic("C4", "demands")),
    made_at=datetime(2026, 11, 22, 10, 30, tzinfo=UTC),
)


def objects() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(bundle(CAMPAIGN))["objects"]
    return found


def test_the_strict_validator_finds_nothing() -> None:
    options = ValidationOptions(strict=True, version="2.1")

    found = validate_string(bundle(CAMPAIGN).decode(), options)

    assert found.is_valid, found
    assert not found.warnings


def test_a_misspelt_property_would_be_found() -> None:
    broken = json.loads(bundle(CAMPAIGN))
    broken["objects"][1]["nmae"] = broken["objects"][1].pop("name")
    options = ValidationOptions(strict=True, version="2.1")

    assert not validate_string(json.dumps(broken), options).is_valid


def test_an_export_made_again_is_the_same() -> None:
    assert bundle(CAMPAIGN) == bundle(CAMPAIGN)
    assert len({one["id"] for one in objects()}) == len(objects())


@pytest.mark.parametrize(
    "property_", ["first_seen", "last_seen", "number_observed", "observed-data"]
)
def test_it_says_neither_when_nor_how_often(property_: str) -> None:
    assert property_ not in bundle(CAMPAIGN).decode()


def test_every_identifier_has_its_observable_and_an_indicator() -> None:
    kinds = [one["type"] for one in objects()]

    assert kinds.count("indicator") == len(KINDS)
    assert {"email-addr", "url", "domain-name", "user-account"} <= set(kinds)
