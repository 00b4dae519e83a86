"""A cell's words in small letters, each in one script: what every key of a name begins with."""

import re
import unicodedata
from functools import lru_cache

MOST_LETTERS = 200
"""No name is longer; what follows is left out."""

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_QUIET = str.maketrans(
    "", "", "'’ʼ`´‘‛′ʹʺ\"“”«»\u0301\u0361\ufe20\ufe21\u00b7\u00ad\u200b\u200c\u200d\u2060\ufeff"
)
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_LOOKS = "ABCEHIKMOPTXYaceiopxyïÏ"
_CYRILLIC_LOOKS = "АВСЕНІКМОРТХУасеіорхуїЇ"
_TO_CYRILLIC = str.maketrans(_LATIN_LOOKS, _CYRILLIC_LOOKS)
_TO_LATIN = str.maketrans(_CYRILLIC_LOOKS, _LATIN_LOOKS)


@lru_cache(maxsize=100_000)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a cell, in small letters, without apostrophes, digits and punctuation.

    A letter of the wrong script that looks right ("Iвaн" with Latin letters) becomes the one that
    was meant: the script that most letters of its word have. A hyphen parts two words.
    """
    joined = unicodedata.normalize("NFC", text[:MOST_LETTERS]).translate(_QUIET)
    return tuple(one_script(word).lower() for word in _WORD.findall(joined))


def one_script(word: str) -> str:
    """Return the word with look-alikes of its other script put right."""
    cyrillic, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    if _certain(word, pattern=_CYRILLIC, looks=_CYRILLIC_LOOKS):
        return word.translate(_TO_CYRILLIC)
    if _certain(word, pattern=_LATIN, looks=_LATIN_LOOKS):
        return word.translate(_TO_LATIN)
    return word.translate(_TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)


def is_mixed(text: str) -> bool:
    """Tell whether some word of the text has both Latin and Cyrillic letters."""
    words = _WORD.findall(text[:MOST_LETTERS])
    return any(_CYRILLIC.search(word) and _LATIN.search(word) for word in words)


def is_cyrillic(word: str) -> bool:
    """Tell whether a word of `words_of` is written in Cyrillic letters."""
    return _CYRILLIC.search(word) is not None


def _certain(word: str, *, pattern: re.Pattern[str], looks: str) -> bool:
    """Tell whether the word has a letter of this script that the other script cannot imitate."""
    return any(letter not in looks for letter in pattern.findall(word))
