"""Every promise of the threat model names a test that exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("threat-model.md",)
NAMED = re.compile(r"[\w/-]+\.(?:py|test\.ts)(?:::\w+)?|boundaries/")


def rows(document: str) -> list[tuple[str, str]]:
    lines = (ROOT / "docs" / document).read_text().splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return [(cell[0], cell[1]) for cell in cells if len(cell) == 2 and cell[0] != "promise"]


def exists(name: str) -> bool:
    path, _, test = name.partition("::")
    places = [ROOT / "tests" / path, ROOT / "web" / "tests" / path]
    found = next((place for place in places if place.exists()), None)
    return found is not None and (not test or f"def {test}(" in found.read_text())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_named_test_exists(document: str) -> None:
    named = {name for _promise, cell in rows(document) for name in NAMED.findall(cell)}

    assert len(named) > 40
    assert sorted(name for name in named if not exists(name)) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_promise_is_without_a_test(document: str) -> None:
    bare = [promise for promise, cell in rows(document) if not NAMED.search(cell)]

    assert bare == []
