"""The official numbers, from one dated file: which of them are identifiers, and whose they are."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from oberih.core.identifiers import Identifier, Kind, find

Names = Mapping[str, str]
"""A body's name by language."""

DIALLED = (Kind.PHONE, Kind.VIBER, Kind.WHATSAPP, Kind.SIGNAL)
"""The kinds whose value is a phone number."""


@cache
def numbers_file() -> dict[str, Any]:
    """Return the file as it stands; callers do not change it."""
    written: dict[str, Any] = json.loads((files("oberih.core") / "numbers.json").read_text("utf-8"))
    return written


@cache
def official_numbers() -> Mapping[Identifier, Names]:
    """Return whose each number is; short numbers such as 102 are no identifiers."""
    return {
        found.identifier: entry["name"]
        for group in numbers_file()["groups"]
        for entry in group["entries"]
        for line in entry["lines"]
        for found in find(line["dial"])
    }


def is_same_line(one: Identifier, other: Identifier) -> bool:
    """Tell whether both are the same, or accounts of messengers on the same phone number."""
    are_dialled = one.kind in DIALLED and other.kind in DIALLED
    return one == other or (are_dialled and one.value == other.value)
