"""Bitcoin's segregated-witness addresses: bech32 (BIP 173) and bech32m (BIP 350)."""

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUE = {letter: value for value, letter in enumerate(_ALPHABET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_PREFIX = [3, 3, 0, 2, 3]  # "bc", expanded
_BECH32, _BECH32M = 1, 0x2BC830A3
_CHECK, _LAST_VERSION = 6, 16
_SHORTEST, _LONGEST, _FIRST_VERSION_LENGTHS = 2, 40, (20, 32)


def is_address(text: str) -> bool:
    """Return whether `bc1...` in small letters is an address with a right checksum."""
    values = [_VALUE[letter] for letter in text.removeprefix("bc1")]
    version, program = values[0], values[1:-_CHECK]
    length, rest = divmod(len(program) * 5, 8)
    padding = program[-1] & ((1 << rest) - 1) if program else 0
    is_long_enough = _SHORTEST <= length <= _LONGEST and rest < 5 and not padding  # noqa: PLR2004  # bits a letter
    if version > _LAST_VERSION or not is_long_enough:
        return False
    if version == 0 and length not in _FIRST_VERSION_LENGTHS:
        return False
    return _polymod(_PREFIX + values) == (_BECH32M if version else _BECH32)


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            check ^= generator if top >> bit & 1 else 0
    return check
