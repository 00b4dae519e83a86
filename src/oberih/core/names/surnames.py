"""Surnames without what sex, language and table change: -ський, -ская, -sky; -ова, -ів, -ев."""

import re
from dataclasses import dataclass
from functools import lru_cache

from oberih.core.names.sounds import Sound, Tradition, settled, sound_of, widths

_ENDINGS = tuple(
    (re.compile(found), put)
    for found, put in (
        (r"(?<=..)[oei]vsk(?:i|a|aia|aa|oi|oho|omu|im|u|e|ei)$", "ovski"),
        (r"(?<=[scz]k)(?:i|a|aia|aa|oi|oho|omu|im|u|e|ei)$", "i"),
        (r"(?<=..)(?:oi|oho|omu|aa|iei|ai[ai])$", "i"),
        (r"(?<=..)[oei]v(?:a|u|im|oi)?$", "ov"),
        (r"(?<=..)in(?:a|u|im|oi)$", "in"),
        (r"(?<=..)(?:ine)$", "in"),
    )
)


@dataclass(frozen=True, slots=True)
class Surname:
    """A surname's sound as a whole and each part of a double one; the last part stands last."""

    whole: Sound
    parts: tuple[str, ...]


@lru_cache(maxsize=200_000)
def surname_of(words: tuple[str, ...], *, tradition: Tradition = Tradition.ENGLISH) -> Surname:
    """Return the sound of a surname of one word or more, as one and part by part."""
    parts = [_ended(sound_of(word, tradition=tradition).strict) for word in words]
    whole = widths(settled("".join(parts)))
    return Surname(whole, tuple(widths(part).plain for part in parts) if len(parts) > 1 else ())


def _ended(strict: str) -> str:
    for found, put in _ENDINGS:
        ended = found.sub(put, strict)
        if ended != strict:
            return ended
    return strict
