"""Given names as classes: Дмитро, Дмитрий, Dmytro, Dimitri and Діма are one."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from oberih.core.names.sounds import Tradition, sound_of
from oberih.core.names.words import words_of

_TABLE = yaml.safe_load((files("oberih.core.names") / "given.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Given:
    """A given name: its class (a sound of its own when no table knows it) and its kin.

    `kin` is the same for classes that are evidence for each other (Георгій, Юрій, Єгор), and
    else the class; `is_known` tells whether the table had the name, `is_sure` that it had it
    without a slip of the pen.
    """

    name: str
    kin: str
    is_known: bool
    is_sure: bool = False


@lru_cache(maxsize=100_000)
def given_of(word: str, *, tradition: Tradition = Tradition.ENGLISH) -> Given:
    """Return the class of one word of `words_of`."""
    plain = sound_of(word, tradition=tradition).plain
    sure = _class_of(plain)
    known = sure or _one_slip_away(plain)
    if known is None:
        return Given(stem_of(plain), stem_of(plain), is_known=False)
    return Given(known, _KIN.get(known, known), is_known=True, is_sure=sure is not None)


def _class_of(plain: str) -> str | None:
    """Return the class of a name as it stands, declined (Тараса, Юрію), or with German s for z."""
    for form in (plain, stem_of(plain), *_undeclined(plain)):
        if form in _CLASSES:
            return _CLASSES[form]
    return _HISSED.get(plain.translate(_HISS)) if len(plain) > _SHORT else None


def _undeclined(plain: str) -> list[str]:
    """Return what a longer word may have been before a sentence declined it."""
    ending = _DECLINED.search(plain)
    if ending is None or len(plain) - len(ending[0]) < _SHORT:
        return []
    bare = plain[: ending.start()]
    return [bare, bare + "i", bare + "a", bare + "o"]


def _one_slip_away(plain: str) -> str | None:
    """Return the class that alone is one slip of the pen away from a longer name nobody has."""
    return _near(plain, _SLIPS)


def _near(plain: str, slips: dict[str, str]) -> str | None:
    if len(plain) < _LONG:
        return None
    near = {slips[one] for one in (plain, *_shorter(plain)) if one in slips}
    return near.pop() if len(near) == 1 else None


def _shorter(plain: str) -> set[str]:
    """Return the word with each one of its sounds left out: how slips of the pen meet."""
    return {plain[:place] + plain[place + 1 :] for place in range(len(plain))}


def stem_of(plain: str) -> str:
    """Return a plain sound without what only an ending adds (Сергій, Сергей; Павло, Павел stay)."""
    stem = plain.rstrip("i")
    stem = stem[:-1] + "a" if stem.endswith("o") else stem
    if stem[:1] in {"o", "i"} and len(stem) > 2:  # noqa: PLR2004  # Олексій and Алексей
        stem = "a" + stem[1:]
    return stem if len(stem) > 1 else plain


def class_of_father(stem: str) -> str | None:
    """Return the class of the father's name whose patronymic has this stem, or None."""
    return _FATHERS.get(stem)


def father_one_slip_away(stem: str) -> str | None:
    """Return the class of the one father whose stem is one slip of the pen away from this one."""
    return _near(stem, _FATHER_SLIPS)


def father_stem(plain: str) -> str:
    """Return a given name's plain sound as it stands before a patronymic's ending."""
    bare = plain.rstrip("aoui")
    return bare if len(bare) > 1 else plain


def _classes() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, forms in _TABLE["classes"].items():
        for word in words_of(f"{name} {forms}"):
            found.setdefault(sound_of(word).plain, _class(name))
    stems: dict[str, str] = {}
    for plain, name in found.items():
        stems.setdefault(stem_of(plain), name)
    return stems | found


def _fathers() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, forms in _TABLE["classes"].items():
        for word in words_of(f"{name} {forms}"):
            found.setdefault(father_stem(sound_of(word).plain), _class(name))
    return found


def _class(name: str) -> str:
    return sound_of(words_of(name)[0]).plain


def _kin() -> dict[str, str]:
    """Return the kin of each class; a woman's name is kin to the man's that it declines like."""
    told = {_class(name): names.split()[0] for names in _TABLE["kin"] for name in names.split()}
    names = set(_CLASSES.values())
    for name in sorted(names):
        man = name.removesuffix("a")
        if man != name and man in names and name not in told:
            told[name] = told.setdefault(man, man)
    return told


def irregular_fathers() -> dict[str, str]:
    """Return the plain sounds of irregular patronymics with the father's class."""
    return {
        sound_of(word).plain: _class(name)
        for name, forms in _TABLE["fathers"].items()
        for word in words_of(forms)
    }


def _slips(classes: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    twice: set[str] = set()
    for plain, name in classes.items():
        for short in (plain, *_shorter(plain)) if len(plain) >= _LONG else ():
            twice |= {short} if found.setdefault(short, name) != name else set()
    return {short: name for short, name in found.items() if short not in twice}


def _hissed() -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for plain, name in _CLASSES.items():
        found.setdefault(plain.translate(_HISS), set()).add(name)
    return {plain: names.pop() for plain, names in found.items() if len(names) == 1}


_LONG, _SHORT = 5, 3
_DECLINED = re.compile(r"(?:ovi|ivi|om|im|u|a|i)$")
_HISS = str.maketrans("zZ", "sS")
_CLASSES = _classes()
_HISSED = _hissed()
_SLIPS = _slips(_CLASSES)
_KIN = _kin()
_FATHERS = _fathers()
_FATHER_SLIPS = _slips(_FATHERS)
