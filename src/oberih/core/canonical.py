"""Canonical JSON: one value has one spelling, so that it can be hashed and signed."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from oberih.core.errors import Refused

Json: TypeAlias = bool | int | str | Sequence["Json"] | Mapping[str, "Json"] | None

MOST = 2**53 - 1


class NotCanonical(Refused):
    """The document is not canonical JSON."""


def encode(value: Json) -> bytes:
    """Return sorted keys, UTF-8, no spaces, no floats; raises NotCanonical.

    Whole numbers go as far as a browser counts exactly, so that the page spells them alike.
    """
    _refuse_inexact(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError as error:  # a lone surrogate has no UTF-8
        raise NotCanonical from error


def decode(encoded: bytes) -> Json:
    """Return the value of canonical JSON; any other spelling raises NotCanonical."""
    try:
        value: Json = json.loads(encoded)
        again = encode(value)
    except (ValueError, RecursionError) as error:
        raise NotCanonical from error
    if again != encoded:
        raise NotCanonical
    return value


def _refuse_inexact(value: Json) -> None:
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > MOST):
        raise NotCanonical
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise NotCanonical
        for item in value.values():
            _refuse_inexact(item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            _refuse_inexact(item)
