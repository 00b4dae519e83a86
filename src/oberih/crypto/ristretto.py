"""The group ristretto255 (RFC 9496), as libsodium computes it.

Elements and scalars are 32 bytes. A thin binding and nothing else: constant time is libsodium's;
Python's own handling of the bytes leaves copies of secrets in memory.
"""

import ctypes
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha512
from typing import NewType

from oberih.core.errors import CouldNot, Refused

Element = NewType("Element", bytes)
Scalar = NewType("Scalar", bytes)

SIZE = 32
WIDE = 64
IDENTITY = bytes(SIZE)
_NAMES = ("libsodium.so.23", "libsodium.so.26", "libsodium.so", "libsodium.dylib")
_BLOCK = 128  # bytes of input that SHA-512 takes at a time


class NoLibsodium(CouldNot):
    """libsodium is missing: install it, on Debian with `apt install libsodium23`."""


class NotAnElement(Refused):
    """These bytes are not an element of the group, or are its identity."""


class NotAScalar(Refused):
    """These bytes are not a scalar from 1 to the order of the group."""


def element(encoded: bytes) -> Element:
    """Return the bytes as an element; refuses the identity and every other spelling."""
    is_point = len(encoded) == SIZE and encoded != IDENTITY
    if not is_point or not _sodium().crypto_core_ristretto255_is_valid_point(encoded):
        raise NotAnElement
    return Element(encoded)


def scalar(encoded: bytes) -> Scalar:
    """Return the bytes as a scalar; refuses zero and every other spelling."""
    is_nonzero = len(encoded) == SIZE and encoded != IDENTITY
    if not is_nonzero or reduced(encoded.ljust(WIDE, b"\0")) != encoded:
        raise NotAScalar
    return Scalar(encoded)


def random_scalar(random: Callable[[int], bytes]) -> Scalar:
    """Draw 64 bytes and return them modulo the order, never zero."""
    while (drawn := reduced(random(WIDE))) == IDENTITY:
        continue
    return drawn


def reduced(wide: bytes) -> Scalar:
    """Return 64 bytes modulo the order of the group."""
    return Scalar(_filled("crypto_core_ristretto255_scalar_reduce", wide))


def multiplied(one: Scalar, *, by: Scalar) -> Scalar:
    """Return the product of two scalars."""
    return Scalar(_filled("crypto_core_ristretto255_scalar_mul", one, by))


def difference(one: Scalar, *, less: Scalar) -> Scalar:
    """Return one scalar less another."""
    return Scalar(_filled("crypto_core_ristretto255_scalar_sub", one, less))


def inverse(one: Scalar) -> Scalar:
    """Return the multiplicative inverse of a scalar; raises NotAScalar for zero."""
    result = ctypes.create_string_buffer(SIZE)
    if _sodium().crypto_core_ristretto255_scalar_invert(result, one) != 0:
        raise NotAScalar
    return Scalar(result.raw)


def public(one: Scalar) -> Element:
    """Return the generator times the scalar; raises NotAnElement for zero."""
    result = ctypes.create_string_buffer(SIZE)
    if _sodium().crypto_scalarmult_ristretto255_base(result, one) != 0:
        raise NotAnElement
    return Element(result.raw)


def times(point: Element, *, by: Scalar) -> Element:
    """Return the element times the scalar; raises NotAnElement when that is the identity."""
    result = ctypes.create_string_buffer(SIZE)
    if _sodium().crypto_scalarmult_ristretto255(result, by, point) != 0:
        raise NotAnElement
    return Element(result.raw)


def total(one: Element, *, and_: Element) -> Element:
    """Return the sum of two elements."""
    result = ctypes.create_string_buffer(SIZE)
    if _sodium().crypto_core_ristretto255_add(result, one, and_) != 0:
        raise NotAnElement
    return Element(result.raw)


def hashed_to_element(message: bytes, *, tag: bytes) -> Element:
    """Return the element that a message hashes to (RFC 9380, hash_to_ristretto255)."""
    wide = expanded(message, tag=tag)
    return Element(_filled("crypto_core_ristretto255_from_hash", wide))


def hashed_to_scalar(message: bytes, *, tag: bytes) -> Scalar:
    """Return the scalar that a message hashes to (RFC 9497, section 4.1)."""
    return reduced(expanded(message, tag=tag))


def expanded(message: bytes, *, tag: bytes) -> bytes:
    """Return 64 bytes of expand_message_xmd with SHA-512 (RFC 9380, section 5.3.1)."""
    ending = tag + bytes([len(tag)])
    length = WIDE.to_bytes(2, "big")
    first = sha512(bytes(_BLOCK) + message + length + b"\0" + ending).digest()
    return sha512(first + b"\1" + ending).digest()


def _filled(function: str, *inputs: bytes) -> bytes:
    result = ctypes.create_string_buffer(SIZE)
    getattr(_sodium(), function)(result, *inputs)
    return result.raw


def loaded(names: Sequence[str]) -> ctypes.CDLL:
    """Return the first library of these names that is there; raises NoLibsodium."""
    for name in names:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        if library.sodium_init() >= 0:
            return library
    raise NoLibsodium


@cache
def _sodium() -> ctypes.CDLL:
    return loaded(_NAMES)
