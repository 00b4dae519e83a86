"""Where the built web files are, and what they must hash to."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.templatetags.static import static

from oberih.core.errors import CouldNot

BUILT = Path(__file__).parent / "static" / "built"


class NotBuilt(CouldNot):
    """The web bundles are not there: run `oberih build`."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One file of the page: its address and its integrity for the browser."""

    url: str
    integrity: str


@cache
def bundle(name: str) -> Bundle:
    """Return the built file of this name, such as page.js; raises NotBuilt."""
    manifest = BUILT / "manifest.json"
    if not manifest.exists():
        raise NotBuilt
    entry = json.loads(manifest.read_text())[name]
    return Bundle(url=static("built/" + entry["file"]), integrity=entry["integrity"])
