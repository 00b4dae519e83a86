"""Names and lines that come from elsewhere, made fit to be shown beside other text."""

import unicodedata

BREAKS = {"Zl", "Zp"}
NAMELESS = "?"


def shown_name(name: str) -> str:
    """Return the name without control signs, line breaks and signs that turn the direction round.

    So "photo" + U+202E + "gnp.exe" shows as "photognp.exe". A name of nothing else is "?".
    """
    return shown_line(name) or NAMELESS


def shown_line(text: str) -> str:
    """Return a text without the same signs: a terminal, too, would obey them."""
    return "".join(letter for letter in text if _is_shown(letter))


def _is_shown(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] != "C" and category not in BREAKS
