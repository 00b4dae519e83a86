"""The regions that a reporter may choose from; she may also type something else or nothing."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("regions.json")


@dataclass(frozen=True, slots=True)
class Region:
    """One of the 27 regions: its code in ISO 3166-2 and its name in one language."""

    code: str
    name: str


def regions(language: str) -> list[Region]:
    """Return the regions in a language (uk, en or ru); the file is in Ukrainian order."""
    found = [Region(code=one["code"], name=one[language]) for one in _file()]
    return found if language == "uk" else sorted(found, key=lambda region: region.name)


@cache
def _file() -> list[dict[str, str]]:
    file: list[dict[str, str]] = json.loads(FILE.read_text())
    return file
