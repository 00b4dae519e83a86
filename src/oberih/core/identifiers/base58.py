"""Base58Check, the spelling of Bitcoin's older addresses and of TRON's."""

from hashlib import sha256

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUE = {letter: value for value, letter in enumerate(_ALPHABET)}
_LENGTH, _CHECK = 25, 4


def is_address(text: str, *, versions: bytes) -> bool:
    """Return whether the text is 21 bytes with one of the version bytes and a right checksum."""
    number = 0
    for letter in text:
        number = number * 58 + _VALUE[letter]
    if number >> (8 * _LENGTH):
        return False
    decoded = number.to_bytes(_LENGTH, "big")
    zeros = len(text) - len(text.lstrip("1"))
    leading = _LENGTH - len(decoded.lstrip(b"\0"))
    body, check = decoded[:-_CHECK], decoded[-_CHECK:]
    is_checked = sha256(sha256(body).digest()).digest()[:_CHECK] == check
    return zeros == leading and body[0] in versions and is_checked
