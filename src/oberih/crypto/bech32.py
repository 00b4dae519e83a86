"""Bech32 as age uses it (BIP 173 without its length limit): a checked, typed spelling of a key."""

from oberih.core.bech32 import (
    ALPHABET,
    BECH32,
    BITS_OF_LETTER,
    CHECKSUM_LENGTH,
    VALUE_OF,
    checksum,
    remainder,
)
from oberih.core.errors import BadInput

BITS_OF_BYTE = 8
_DIGITS = b"0123456789abcdefghijklmnopqrstuv" + bytes(224)
"""Python's digits of base 32 by their values, as a table to translate by."""


class NotBech32(BadInput):
    """This is not a key in age's spelling; copy it again, whole."""


def encode(prefix: str, *, content: bytes) -> str:
    """Return `prefix1...` in lower case with its six checksum letters."""
    values = _letters(content)
    spelled = values + checksum(prefix, values=values)
    return prefix + "1" + "".join(ALPHABET[value] for value in spelled)


def decode(text: str, *, prefix: str) -> bytes:
    """Return the content; raises NotBech32 for another prefix, mixed case or a typing error."""
    lower = text.lower()
    if not text.isascii() or text not in {lower, text.upper()}:
        raise NotBech32  # letters beyond ASCII can have an ASCII lower case
    if not lower.startswith(prefix + "1"):
        raise NotBech32
    try:
        values = [VALUE_OF[letter] for letter in lower[len(prefix) + 1 :]]
    except KeyError:
        raise NotBech32 from None  # the chain would quote a letter of a key
    if len(values) < CHECKSUM_LENGTH or remainder(prefix, values=values) != BECH32:
        raise NotBech32
    return _whole_bytes(values[:-CHECKSUM_LENGTH])


def _letters(content: bytes) -> list[int]:
    bits, held, values = 0, 0, []
    for byte in content:
        bits = (bits << BITS_OF_BYTE | byte) & 0xFFF
        held += BITS_OF_BYTE
        while held >= BITS_OF_LETTER:
            held -= BITS_OF_LETTER
            values.append(bits >> held & 31)
    if held:
        values.append(bits << BITS_OF_LETTER - held & 31)
    return values


def _whole_bytes(values: list[int]) -> bytes:
    """Return the bytes that the letters spell, read as one number; n letters in O(n)."""
    size, spare = divmod(len(values) * BITS_OF_LETTER, BITS_OF_BYTE)
    number = int(b"0" + bytes(values).translate(_DIGITS), 1 << BITS_OF_LETTER)
    if spare >= BITS_OF_LETTER or number & (1 << spare) - 1:
        raise NotBech32  # padding must be short and zero, so that a key has one spelling
    return (number >> spare).to_bytes(size, "big")
