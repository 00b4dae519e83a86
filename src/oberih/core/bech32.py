"""Alphabet and checksum of bech32 (BIP 173) and bech32m (BIP 350), for keys and addresses."""

from functools import reduce
from operator import xor

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
VALUE_OF = {letter: value for value, letter in enumerate(ALPHABET)}
BITS_OF_LETTER = 5
CHECKSUM_LENGTH = 6
BECH32, BECH32M = 1, 0x2BC830A3
"""What `remainder` gives for a text with a right checksum of either kind."""

_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_FOLDED = tuple(
    reduce(xor, (one for place, one in enumerate(_GENERATORS) if top >> place & 1), 0)
    for top in range(32)
)
"""What the five generators fold in for each value of the five top bits."""


def checksum(prefix: str, *, values: list[int]) -> list[int]:
    """Return the six values of bech32 that end a text of this prefix and these letters' values."""
    left = remainder(prefix, values=values + [0] * CHECKSUM_LENGTH) ^ BECH32
    return [left >> BITS_OF_LETTER * place & 31 for place in reversed(range(CHECKSUM_LENGTH))]


def remainder(prefix: str, *, values: list[int]) -> int:
    """Return BECH32 or BECH32M when the values end with a right checksum, else another number."""
    left = 1
    for value in [*_expanded(prefix), *values]:
        left = (left & 0x1FFFFFF) << BITS_OF_LETTER ^ value ^ _FOLDED[left >> 25]
    return left


def _expanded(prefix: str) -> list[int]:
    return [ord(one) >> 5 for one in prefix] + [0] + [ord(one) & 31 for one in prefix]
