"""Addresses of Bitcoin, Ethereum and TRON whose checksums are right."""

import re
from collections.abc import Iterator

from oberih.core.identifiers import base58, bech32
from oberih.core.identifiers.identifier import Found, Identifier, Kind
from oberih.core.identifiers.keccak import keccak256

_BASE58 = "[1-9A-HJ-NP-Za-km-z]"
_BECH32 = "[02-9ac-hj-np-z]{11,87}"
_ADDRESS = re.compile(
    rf"(?<![A-Za-z0-9_])(?:(?P<ethereum>0x[0-9A-Fa-f]{{40}})|(?P<tron>T{_BASE58}{{33}})"
    rf"|(?P<older>[13]{_BASE58}{{25,34}})|(?P<newer>bc1{_BECH32}|BC1{_BECH32.upper()}))"
    r"(?![A-Za-z0-9_])"
)
_BITCOIN_VERSIONS, _TRON_VERSIONS = bytes([0, 5]), bytes([0x41])
_EIGHT = 8


def find(line: str) -> Iterator[Found]:
    """Yield the addresses in the line."""
    for match in _ADDRESS.finditer(line):
        identifier = _identified(match[0], kind=match.lastgroup)
        if identifier:
            yield Found(identifier, match.start(), match.end())


def _identified(text: str, *, kind: str | None) -> Identifier | None:
    if kind == "ethereum":
        return Identifier(Kind.ETHEREUM, text.lower()) if _is_ethereum(text[2:]) else None
    if kind == "tron":
        is_tron = base58.is_address(text, versions=_TRON_VERSIONS)
        return Identifier(Kind.TRON, text) if is_tron else None
    if kind == "older":
        is_older = base58.is_address(text, versions=_BITCOIN_VERSIONS)
        return Identifier(Kind.BITCOIN, text) if is_older else None
    return Identifier(Kind.BITCOIN, text.lower()) if bech32.is_address(text.lower()) else None


def _is_ethereum(digits: str) -> bool:
    """Return whether the case of the letters is even or EIP-55's checksum."""
    if digits in {digits.lower(), digits.upper()}:
        return True
    check = keccak256(digits.lower().encode()).hex()
    cased = zip(digits.lower(), check, strict=False)
    return digits == "".join(
        letter.upper() if int(nibble, 16) >= _EIGHT else letter for letter, nibble in cased
    )
