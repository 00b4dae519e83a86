"""MISP: one event whose attributes have types and categories that MISP knows."""

import json

import pytest

from oberih.formats.misp import TYPES, event
from tests.core.formats.test_stix import CAMPAIGN, KINDS

CATEGORIES = {"Other", "Network activity", "Financial fraud", "Social network"}


def test_an_event_holds_every_identifier_once() -> None:
    told = json.loads(event(CAMPAIGN))["Event"]

    assert [one["value"] for one in told["Attribute"]] == list(KINDS.values())
    assert len({one["uuid"] for one in told["Attribute"]}) == len(KINDS)
    assert {one["name"] for one in told["Tag"]} >= {"tlp:amber", 'oberih:tactic="P1"'}


@pytest.mark.parametrize("kind", TYPES)
def test_each_kind_has_a_category_of_misp(kind: str) -> None:
    assert TYPES[kind][1] in CATEGORIES


def test_an_import_stays_with_whoever_imports_it() -> None:
    told = json.loads(event(CAMPAIGN))["Event"]

    assert (told["distribution"], told["published"]) == ("0", False)
