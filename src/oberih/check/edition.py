"""The number of the rules that came with this program: newer ones may be published as data."""

import json
from typing import NewType

from oberih.check.rules import ARTEFACT

Edition = NewType("Edition", int)
FILE = ARTEFACT.with_name("edition.json")


def own_edition() -> Edition:
    """Return the edition of the committed rules; the page has the same number."""
    return Edition(int(json.loads(FILE.read_bytes())["edition"]))
