"""Keccak-256 as Ethereum uses it (the padding before SHA-3), for address checksums only.

Slow and not constant in time: never for secrets.
"""

_MASK = (1 << 64) - 1
_RATE, _LANE, _ROUNDS = 136, 8, 24
_ROTATIONS = (
    *(0, 1, 62, 28, 27),
    *(36, 44, 6, 55, 20),
    *(3, 10, 43, 25, 39),
    *(41, 45, 15, 21, 8),
    *(18, 2, 61, 56, 14),
)


def keccak256(message: bytes) -> bytes:
    """Return the 32-byte hash."""
    padded = bytearray(message + b"\x01" + b"\0" * (-(len(message) + 1) % _RATE))
    padded[-1] |= 0x80
    state = [0] * 25
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // _LANE):
            place = start + lane * _LANE
            state[lane] ^= int.from_bytes(padded[place : place + _LANE], "little")
        state = _permuted(state)
    return b"".join(lane.to_bytes(_LANE, "little") for lane in state[:4])


def _permuted(state: list[int]) -> list[int]:
    for constant in _CONSTANTS:
        column = [
            state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20]
            for x in range(5)
        ]
        theta = [column[x - 1] ^ _rotated(column[(x + 1) % 5], by=1) for x in range(5)]
        moved = [0] * 25
        for place, lane in enumerate(state):
            x, y = place % 5, place // 5
            moved[y + 5 * ((2 * x + 3 * y) % 5)] = _rotated(lane ^ theta[x], by=_ROTATIONS[place])
        state = [
            moved[place] ^ (~moved[_beside(place, by=1)] & moved[_beside(place, by=2)] & _MASK)
            for place in range(25)
        ]
        state[0] ^= constant
    return state


def _beside(place: int, *, by: int) -> int:
    return place - place % 5 + (place + by) % 5


def _rotated(lane: int, *, by: int) -> int:
    return (lane << by | lane >> (64 - by)) & _MASK


def _constants() -> list[int]:
    """Return the 24 round constants from their shift register (FIPS 202, algorithm 5)."""
    register, constants = 1, []
    for _ in range(_ROUNDS):
        constant = 0
        for step in range(7):
            constant |= (register & 1) << ((1 << step) - 1)
            register = register << 1 ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return constants


_CONSTANTS = _constants()
