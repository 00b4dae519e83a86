"""Words folded to stems, the same for Ukrainian, Russian and English text; frozen by a version.

Light folding by tables: no dictionary, no memory, no model. It errs towards finding more: two
words may share a stem, an officer sees at once which case is meant.
"""

import re
import unicodedata
from hashlib import sha256

from oberih.core.identifiers import Identifier, find

VERSION = 1
"""Raised with any change below: the worker then folds every case again."""

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ`´\u0301"))  # the accent too: за́мок is замок
FOLDED = str.maketrans({"ё": "е", "є": "е", "ї": "і", "ґ": "г", "ы": "и", "э": "е", "ъ": "ь"})
SHORTEST_STEM = 3
LONGEST_WORD = 40
LONGEST_ENDING = 8

REFLEXIVE = ("ся", "сь")
ENDINGS = frozenset(
    """
    остями остям остях остью остей ості остю істю ость ости ість
    ами ями ові еві єві ам ям ом ем ою ею ьою ью ах ях
    ого его ього ому ему ьому ими іми их іх им ім ий ій ая яя ую юю ое ее ие ей ой
    иями іями иях іях иям іям ием іем иею іею ия ія ию ію ии іі
    уемо уете уеш ует уют уе ують юемо юе ують
    ать ять ить іть еть уть ють ати яти ити іти ути
    али яли или іли ала яла ила іла ало яло ило іло уло ула
    ають яють ае яе аю яю аемо аете аеш ает аем аешь ишь ешь иш еш ит ет ят ут ют
    имо емо ите іте айте ійте йте ай уй уйте оі еі ів ов ев
    а я о е и і у ю ь й
    """.split()  # noqa: SIM905  # a table is read more easily than a list
)
SECOND = re.compile(
    r"(?:ув|юв|ив|ов)?(?:а[влт]|я[влт]|и[влт]|і[вл])$|(?<=[бвгджзклмнпрстфхцчшщ])[уое]в$"
)
"""What is left of a verb, and of a genitive plural; taken from nouns alike, so that all agree."""

DOUBLE = re.compile(r"нн(?:я|ю|і|ям|ями|ях)?$")
LAST = str.maketrans({"ц": "к", "ч": "к", "ж": "г", "з": "г", "ш": "х", "с": "х"})
"""Sounds that change at a stem's end: рука, руці; нога, нозі; вухо, вуса."""

FLEETING = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])[ое](?=[кц]$)")
ENGLISH = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("ly", ""), ("es", ""), ("s", ""))


def stems(text: str) -> set[str]:
    """Return the stems of a text, a number as it stands."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(APOSTROPHES)
    words = {word for word in WORD.findall(plain) if 1 < len(word) <= LONGEST_WORD}
    return {stem(word) for word in words}


def stem(word: str) -> str:
    """Return the stem of one word in lower case."""
    if word.isascii():
        return _english(word) if word.isalpha() else word
    return _slavic(word.translate(FOLDED))


def marks_of(text: str) -> set[str]:
    """Return a mark for each identifier in a text, the same in any spelling."""
    return {mark for found in find(text) for mark in marks(found.identifier)}


def marks(identifier: Identifier) -> set[str]:
    """Return the mark of an identifier, and its letters backwards, to be found by its end."""
    return {exact_mark(identifier), backwards(identifier.value)}


def exact_mark(identifier: Identifier) -> str:
    """Return the mark of one identifier."""
    return "_i" + sha256(str(identifier).encode()).hexdigest()[:16]


def backwards(value: str) -> str:
    """Return the last letters and digits of a value, the last one first."""
    told = [letter for letter in value.casefold() if letter.isalnum()]
    return "_r" + "".join(reversed(told[-LONGEST_WORD:]))


def _slavic(word: str) -> str:
    for ending in REFLEXIVE:
        if word.endswith(ending) and len(word) - len(ending) > SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    word = DOUBLE.sub("н", word)
    word = _without_ending(word)
    shorter = SECOND.sub("", word)
    word = DOUBLE.sub("н", shorter if len(shorter) >= SHORTEST_STEM else word)
    word = FLEETING.sub("", word)
    return word[:-1] + word[-1:].translate(LAST)


def _without_ending(word: str) -> str:
    for length in range(min(LONGEST_ENDING, len(word) - SHORTEST_STEM), 0, -1):
        if word[-length:] in ENDINGS:
            return word[:-length]
    return word


def _english(word: str) -> str:
    for ending, instead in ENGLISH:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word.removesuffix(ending) + instead
            break
    return word.removesuffix("e") if len(word) > SHORTEST_STEM else word
