"""Bitcoin's segregated-witness addresses: bech32 (BIP 173) and bech32m (BIP 350)."""

from oberih.core.bech32 import (
    BECH32,
    BECH32M,
    BITS_OF_LETTER,
    CHECKSUM_LENGTH,
    VALUE_OF,
    remainder,
)

_PREFIX = "bc"
_LAST_VERSION = 16
_SHORTEST, _LONGEST, _FIRST_VERSION_LENGTHS = 2, 40, (20, 32)


def is_address(text: str) -> bool:
    """Return whether `bc1...` in small letters is an address with a right checksum."""
    values = [VALUE_OF[letter] for letter in text.removeprefix("bc1")]
    version, program = values[0], values[1:-CHECKSUM_LENGTH]
    length, rest = divmod(len(program) * BITS_OF_LETTER, 8)
    padding = program[-1] & ((1 << rest) - 1) if program else 0
    is_whole = _SHORTEST <= length <= _LONGEST and rest < BITS_OF_LETTER and not padding
    if version > _LAST_VERSION or not is_whole:
        return False
    if version == 0 and length not in _FIRST_VERSION_LENGTHS:
        return False
    return remainder(_PREFIX, values=values) == (BECH32M if version else BECH32)
