"""The regions that a reporter may choose from; she may also type something else or nothing."""

import json
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("regions.json")


def names(language: str) -> list[str]:
    """Return the regions in a language (uk, en or ru), in its alphabet's order."""
    return _file()[language]


@cache
def _file() -> dict[str, list[str]]:
    file: dict[str, list[str]] = json.loads(FILE.read_text())
    return file
