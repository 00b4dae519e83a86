"""The 27 regions of Ukraine by their codes in ISO 3166-2, in uk, en and ru."""

import json
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("regions.json")


def region_names(language: str) -> dict[str, str]:
    """Return the names by code, in the file's (Ukrainian) order."""
    return {one["code"]: one[language] for one in _file()}


@cache
def _file() -> list[dict[str, str]]:
    file: list[dict[str, str]] = json.loads(FILE.read_text())
    return file
