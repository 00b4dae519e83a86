"""Bech32 as age uses it (BIP 173 without its length limit): a checked, typed spelling of a key."""

from functools import reduce
from operator import xor

from oberih.core.errors import BadInput

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
FOLDED = tuple(
    reduce(xor, (one for place, one in enumerate(GENERATORS) if top >> place & 1), 0)
    for top in range(32)
)
"""What the five generators fold in for each value of the five top bits."""

CHECKSUM_LENGTH = 6
BITS_OF_BYTE = 8
BITS_OF_LETTER = 5
VALUE_OF = {letter: value for value, letter in enumerate(ALPHABET)}


class NotBech32(BadInput):
    """This is not a key in age's spelling; copy it again, whole."""


def encode(prefix: str, *, content: bytes) -> str:
    """Return `prefix1...` in lower case with its six checksum letters."""
    values = _letters(content)
    zeros = [0] * CHECKSUM_LENGTH
    remainder = _polymod(_expanded(prefix) + values + zeros) ^ 1
    checksum = [(remainder >> 5 * (5 - place)) & 31 for place in range(CHECKSUM_LENGTH)]
    return prefix + "1" + "".join(ALPHABET[value] for value in values + checksum)


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
    if len(values) < CHECKSUM_LENGTH or _polymod(_expanded(prefix) + values) != 1:
        raise NotBech32
    return _whole_bytes(values[:-CHECKSUM_LENGTH])


def _expanded(prefix: str) -> list[int]:
    return [ord(one) >> 5 for one in prefix] + [0] + [ord(one) & 31 for one in prefix]


def _polymod(values: list[int]) -> int:
    remainder = 1
    for value in values:
        remainder = (remainder & 0x1FFFFFF) << 5 ^ value ^ FOLDED[remainder >> 25]
    return remainder


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
    bits, held, content = 0, 0, bytearray()
    for value in values:
        bits = (bits << BITS_OF_LETTER | value) & 0xFFF
        held += BITS_OF_LETTER
        if held >= BITS_OF_BYTE:
            held -= BITS_OF_BYTE
            content.append(bits >> held & 0xFF)
    if held >= BITS_OF_LETTER or bits & (1 << held) - 1:
        raise NotBech32  # padding must be short and zero, so that a key has one spelling
    return bytes(content)
