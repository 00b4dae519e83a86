"""Places of a template that an officer fills in before a reply leaves."""

import re

from oberih.core.errors import BadInput

_UNFILLED = re.compile(r"\[\[.*?\]\]", re.DOTALL)


class Unfilled(BadInput):
    """Something in double square brackets is not filled in yet."""


def require_filled(text: str) -> None:
    """Raise Unfilled while a place of a template waits for its words."""
    if _UNFILLED.search(text):
        raise Unfilled
