"""Payment cards: a known issuer, a length it uses, and a right Luhn digit."""

import re
from collections.abc import Iterator

from oberih.core.identifiers.identifier import Found, Identifier, Kind

_WRITTEN = re.compile(
    r"(?<![A-Za-z0-9_+])(?<![0-9][-.])"
    r"(?:[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(\1[0-9]{1,3})?"
    r"|[0-9]{4}([ -])[0-9]{6}\3[0-9]{5}|[0-9]{6}[ -][0-9]{13}|[0-9]{13,19})"
    r"(?![A-Za-z0-9_])"
)
_ISSUED = re.compile(
    r"4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})"  # Visa
    r"|5[1-5][0-9]{14}|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)[0-9]{12}"  # Mastercard
    r"|220[0-4][0-9]{12,15}"  # Mir
    r"|9804[0-9]{12}"  # Prostir
    r"|3[47][0-9]{13}"  # American Express
    r"|62[0-9]{14,17}"  # UnionPay
    r"|(?:50|5[6-9]|6[0-9])[0-9]{12,17}"  # Maestro, Discover
    r"|35(?:2[89]|[3-8][0-9])[0-9]{12}"  # JCB
)
_NINE = 9


def find(line: str) -> Iterator[Found]:
    """Yield the card numbers in the line, written together or in their usual groups.

    Digits behind four groups of four may be the card's last ones, or its date or code.
    """
    for match in _WRITTEN.finditer(line):
        written = [match[0], match[0].removesuffix(match[2] or "")]
        card = next((one for one in written if _is_card(_digits(one))), None)
        if card:
            identifier = Identifier(Kind.CARD, _digits(card))
            yield Found(identifier, match.start(), match.start() + len(card))


def _digits(written: str) -> str:
    return written.replace(" ", "").replace("-", "")


def _is_card(digits: str) -> bool:
    return _ISSUED.fullmatch(digits) is not None and _sum(digits) % 10 == 0


def _sum(digits: str) -> int:
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    return sum(map(int, digits[::-2])) + sum(one - _NINE if one > _NINE else one for one in doubled)
