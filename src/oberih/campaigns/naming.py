"""Which identifiers a message names: most name none, and are told so at a tenth of the cost.

`find` reads a text once for each kind of identifier. Each kind needs a sign that a regular
expression sees at once: seven digits, an "@", a dot or a dash with letters behind it. A text
without any sign is not read further; the tests hold this to what `find` finds.
"""

import re

from oberih.core.identifiers import Identifier, find
from oberih.core.skeleton import plain

_APART = r"(?:[^0-9\w]{0,6}| ?(?:тире|дефіс|дефис|риска|пробіл|пробел) ?)"
_DIGIT = re.compile("[0-9]")
_FEWEST_DIGITS = 4  # of a number whose other zeros are written as letters
_NUMBER = re.compile(rf"(?:[0-9OoОо]{_APART}){{7}}")
_ACCOUNT = re.compile(r"[A-Za-zАВЕКМНОРСТХІ]{2} ?[0-9]{2}")
_SPELLED = (":/", "собака", "sobaka", "крапка", "точка")
_SIGNS = (
    re.compile(r"[@\[({]"),
    re.compile(r"[.][^\s.…!?,:;»\")]"),
    re.compile(r"[:-] {0,2}[A-Za-z][A-Za-z0-9_]{4}"),
    re.compile(r"[A-Za-z0-9]{26}"),
)
_ORDINARY = re.compile(r"[\t-\r -~«»ЁЂ-яё-џҐґ’–—…№]*")


def named(text: str) -> frozenset[Identifier]:
    """Return the identifiers that the text names."""
    line = text if _ORDINARY.fullmatch(text) else plain(text).text
    if not (_has_number(line) or _has_sign(line)):
        return frozenset()
    return frozenset(one.identifier for one in find(text))


def _has_number(line: str) -> bool:
    digits = _DIGIT.findall(line)
    if not digits:
        return False
    is_number = len(digits) >= _FEWEST_DIGITS and _NUMBER.search(line)
    return bool(is_number or _ACCOUNT.search(line))


def _has_sign(line: str) -> bool:
    return any(word in line for word in _SPELLED) or any(sign.search(line) for sign in _SIGNS)
