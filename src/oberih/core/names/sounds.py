"""How a word sounds, whatever table it was written by: one string for Шевченко and Schewtschenko.

A sound is written in these letters: a o u e i are vowels (и, і, ї, й, ы are one), b v d z k l m n p
r s t f as usual, h is г and ґ, x is х, c is ц, C is ч, S is ш, Z is ж. Sources of the tables: the
Cabinet's resolution 55 of 2010 and its forerunners, ICAO 9303, GOST 7.79 and 52535, BGN/PCGN,
scholarly transliteration, and the spellings of the German, French and Polish press.
What it does not do: hear a slip of the pen; compare sounds by distance for that.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from oberih.core.names.words import is_cyrillic

_CYRILLIC = dict(zip("абвгґдезийклмнопрстуфхц", "abvhhdeziiklmnoprstufxc", strict=True)) | {
    "ё": "e", "є": "e", "э": "e", "і": "i", "ї": "i", "ы": "i", "ў": "v", "ж": "Z", "ч": "C",
    "ш": "S", "щ": "SC", "ю": "iu", "я": "ia", "ь": "", "ъ": "", "ј": "i", "ђ": "d", "ћ": "C",
    "љ": "l", "њ": "n", "џ": "dZ", "ѕ": "z", "ѣ": "e", "ѳ": "f", "ѵ": "i",
}  # fmt: skip
_MARKED = {
    "č": "C", "š": "S", "ž": "Z", "ż": "Z", "ć": "c", "ś": "s", "ź": "z", "ł": "l", "ŝ": "SC",
    "đ": "d", "ß": "s", "ó": "o", "ı": "i", "æ": "e", "œ": "e", "ø": "o", "ç": "C", "ş": "S",
}  # fmt: skip


class Tradition(StrEnum):
    """Whose habit a Latin spelling follows, as far as it changes what a letter stands for."""

    ENGLISH = "english"
    GERMAN = "german"
    FRENCH = "french"
    POLISH = "polish"
    SCHOLARLY = "scholarly"
    SLAVIC = "slavic"
    TURKISH = "turkish"


_SHARED = {
    "shch": "SC", "shh": "SC", "schtsch": "SC", "stsch": "SC", "chtch": "SC", "szcz": "SC",
    "tsch": "C", "tch": "C", "tc": "c", "dzh": "dZ", "zgh": "zh", "kh": "x", "zh": "Z", "gh": "h",
    "sch": "SC", "sh": "S", "ch": "C", "ts": "c", "tz": "c", "cz": "c", "ph": "f", "th": "t",
    "gu": "hu", "gue": "he", "gui": "hi", "xs": "ks",
    "b": "b", "v": "v", "w": "v", "g": "h", "h": "h", "d": "d", "z": "z", "k": "k", "q": "k",
    "l": "l", "m": "m", "n": "n", "p": "p", "r": "r", "s": "s", "t": "t", "f": "f", "c": "c",
    "a": "a", "o": "o", "u": "u", "e": "e", "i": "i", "y": "i", "j": "i", "x": "x",
}  # fmt: skip
_OWN: dict[Tradition, dict[str, str]] = {
    Tradition.ENGLISH: {},
    Tradition.GERMAN: {"ch": "x", "sch": "S", "dsch": "dZ", "sh": "Z", "z": "c"},
    Tradition.FRENCH: {
        "ch": "S", "j": "Z", "dj": "dZ", "qu": "k", "ss": "s",
    },
    Tradition.SCHOLARLY: {"ch": "x"},
    Tradition.SLAVIC: {},
    Tradition.POLISH: {"ch": "x", "sz": "S", "cz": "C", "rz": "Z", "dz": "dz"},
    Tradition.TURKISH: {"j": "Z"},
}  # fmt: skip
_READERS = {
    one: (table := _SHARED | own, re.compile("|".join(sorted(table, key=len, reverse=True))))
    for one, own in _OWN.items()
}
_SIGNS = (
    (Tradition.TURKISH, re.compile("[şğıç]")),
    (Tradition.GERMAN, re.compile(r"tsch|sch.*[wj]|[wj].*sch")),
    (Tradition.FRENCH, re.compile(r"tch|iou|ï|(?<![aeiou])ou.*j|\bch[ktp]")),
    (
        Tradition.POLISH,
        re.compile(r"ł|ż|ś|wicz|ów|[iy]cki\b|^(?!.*(?:v|sh|zh|y[uao])).*(?:sz|cz(?!j))"),
    ),
    (Tradition.SCHOLARLY, re.compile("[čšžěćwŝ]")),
    (Tradition.SLAVIC, re.compile("j")),
)
_BEFORE_READING = tuple(
    (re.compile(found), put)
    for found, put in (
        (r"(?<=[ao]l)ex|(?<=m)ax|(?<=o)xa(?=n)|(?<=fel)ix", "\\g<0>s"),  # Alexander, Maxim
        (r"i?ë", "e"),
        (r"(?<=[bcdfghklmnpqrstvwxzž])j(?![aeiouyìû])", ""),  # a soft sign
        (r"^ch(?=[lmnr])", "kh"),
        (r"(?<!t)sch(?=[kmnprl]|t(?!sch))", "sh"),
        (r"zkyj$", "ckyj"),
    )
)
_K = re.compile(r"(?<!t)c(?=[ldmnrst])")
_RULES = tuple(
    (re.compile(found), put)
    for found, put in (
        ("ts", "c"),
        ("i+(?=[aou])", ""),
        ("i+e", "e"),
        ("ou", "u"),
        (r"(.)\1+", r"\1"),
    )
)
_WIDER = str.maketrans("ex", "ih")
_FRAME = str.maketrans({"z": "s", "Z": "S", "C": "S", "c": "s", "f": "v"} | dict.fromkeys("aoui"))


@dataclass(frozen=True, slots=True)
class Sound:
    """One word in three widths: `strict` keeps е from и and г from х, `frame` has no vowels."""

    strict: str
    plain: str
    frame: str


@lru_cache(maxsize=200_000)
def sound_of(word: str, *, tradition: Tradition = Tradition.ENGLISH) -> Sound:
    """Return the sound of one word of `words_of`."""
    read = _read_cyrillic(word) if is_cyrillic(word) else _read_latin(word, tradition=tradition)
    return widths(settled(read))


def widths(strict: str) -> Sound:
    """Return the widths of a strict sound."""
    plain = _doubled(strict.translate(_WIDER))
    initial = "a" if plain[:1] in {"a", "o", "u", "i"} else ""
    return Sound(strict, plain, initial + _doubled(plain.translate(_FRAME)))


def settled(read: str) -> str:
    """Return a string of sounds after the rules that make the tables agree."""
    for found, put in _RULES:
        read = found.sub(put, read)
    return read


def tradition_of(words: tuple[str, ...]) -> Tradition:
    """Return whose habit the Latin words of one person's name show, English without a sign."""
    joined = " ".join(word for word in words if not is_cyrillic(word))
    return next((one for one, sign in _SIGNS if sign.search(joined)), Tradition.ENGLISH)


def _read_cyrillic(word: str) -> str:
    return "".join(_CYRILLIC.get(letter) or _of_latin(letter) for letter in word)


def _of_latin(letter: str) -> str:
    return "" if letter in _CYRILLIC else _SHARED.get(letter, "")


def _read_latin(word: str, *, tradition: Tradition) -> str:
    table, pattern = _READERS[tradition]
    for sign, put in _BEFORE_READING:
        word = sign.sub(put, word)
    marked = "".join(_MARKED.get(letter, letter) for letter in word)
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", marked)
        if not unicodedata.combining(letter)
    )
    if tradition is Tradition.ENGLISH:
        bare = _K.sub("k", bare)
    read: list[str] = []
    place = 0
    while place < len(bare):
        found = pattern.match(bare, place)
        read.append(table[found[0]] if found else bare[place] if bare[place] in "CSZ" else "")
        place = found.end() if found else place + 1
    return "".join(read)


def _doubled(sounds: str) -> str:
    return _RULES[-1][0].sub(_RULES[-1][1], sounds)
