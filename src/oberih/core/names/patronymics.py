"""Patronymics as the father's class: Миколайович, Николаевна, Mykolaivna and Николаич are one."""

import re
from dataclasses import dataclass
from functools import lru_cache

from oberih.core.names.given import (
    class_of_father,
    father_one_slip_away,
    father_stem,
    given_of,
    irregular_fathers,
)
from oberih.core.names.sounds import Tradition, sound_of

_ENDING = re.compile(
    r"(?:i?n?i[Cc]n(?:a|i|u|oi)|[oi]vn(?:a|i|u|oi)|[oi]vi[CSc](?:a|u|im)?|ovi|iC(?:a|u|im)?"
    r"|ohli|olu|uli|kizi|hizi)$"
)
_SURE = re.compile(r"(?:[oi]vn[aiu]|[oi]vi[CS][au]?|i[CS]n[aiu]|li[CS][au]?|mi[CS][au]?)$")
_NEARLY = re.compile(r"[oi]?[iou]?[vCScn][a-zA-Z]{0,4}")
_TWICE = re.compile(r"(.)\1+")
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Patronymic:
    """Whose son or daughter: the father's class, or the stem when no table knows him.

    `is_known` tells that the table had him without a slip of the pen.
    """

    father: str
    is_known: bool


@lru_cache(maxsize=100_000)
def patronymic_of(word: str, *, tradition: Tradition = Tradition.ENGLISH) -> Patronymic:
    """Return the father behind one word of `words_of`, be it a patronymic or his own name."""
    plain = sound_of(word, tradition=tradition).plain
    if plain in _IRREGULAR:
        return Patronymic(_IRREGULAR[plain], is_known=True)
    stem = _ENDING.sub("", plain)
    if stem == plain:
        given = given_of(word, tradition=tradition)
        slip = None if given.is_known else _with_slip(plain, plain)
        return Patronymic(slip or given.name, is_known=given.is_known)
    bare = father_stem(stem) if len(stem) > _SHORT else stem
    known = class_of_father(bare)
    return Patronymic(known or _with_slip(plain, bare) or bare, is_known=known is not None)


def _with_slip(plain: str, bare: str) -> str | None:
    """Return the one father who is a slip of the pen away, in his name or in the ending."""
    turned = [
        plain[:at] + plain[at : at + 2][::-1] + plain[at + 2 :] for at in range(1, len(plain))
    ]
    longer = [plain[:at] + plain[at + 1 :] for at in range(1, len(plain))]
    near = {father_one_slip_away(bare), _beginning(plain)} - {None}
    found = _fathers_in(turned) or _fathers_in(longer) or near
    return found.pop() if len(found) == 1 else None


def _fathers_in(words: list[str]) -> set[str | None]:
    """Return the fathers whose patronymic one of these words is."""
    stems = {_ENDING.sub("", one) for one in words} - set(words)
    return {class_of_father(father_stem(one)) for one in stems if len(one) > _SHORT} - {None}


def _beginning(plain: str) -> str | None:
    """Return the father whose name the word begins with, when what follows is nearly an ending."""
    for at in range(len(plain) - 2, _SHORT, -1):
        known = class_of_father(plain[:at]) if _NEARLY.fullmatch(plain, at) else None
        if known:
            return known
    return None


def is_patronymic(word: str) -> bool:
    """Tell whether a word has a patronymic's ending and, before it, a father's known name."""
    plain = sound_of(word).plain
    if plain in _IRREGULAR:
        return True
    return _SURE.search(plain) is not None and patronymic_of(word).is_known


def _irregular() -> dict[str, str]:
    found = {}
    for plain, name in irregular_fathers().items():
        for ending in ("iC", "ovna", "ivna", "iCna", "inivna", "iniCna"):
            found[re.sub(r"iC$", "", plain) + ending] = name
            found[re.sub(r"[oi]viC$", "", plain) + ending] = name
        found[plain] = name
    return found


_IRREGULAR = _irregular()
