"""Military units as lists write them: 93 ОМБр, 93-тя бригада, 93rd Mech Bde, в/ч А1302."""

import re
from dataclasses import dataclass

from oberih.core.names.sounds import sound_of
from oberih.core.names.words import words_of

_CODE = re.compile(r"(?<![^\W\d_])([^\W\d_])[\s-]?(\d{4})(?!\d)")
_NUMBER = re.compile(r"\d+")
_LETTERS = dict(zip("АВСЕНІКМОРТХ", "ABCEHIKMOPTX", strict=True))
_KINDS = (
    ("brigade", re.compile(r"брига|бр\b|обр|brig|bde|brg|бриг")),
    ("regiment", re.compile(r"полк|п\b|regim|rgt|regt|pułk")),
    ("battalion", re.compile(r"батал|бат\b|б-н|б\b|battal|batal|\bbn\b|btn")),
    ("company", re.compile(r"\bрот|compan|\bcoy\b")),
    ("detachment", re.compile(r"загін|отряд|detach|прикордон|погран|border")),
    ("centre", re.compile(r"центр|cent")),
)
_COMMON = {
    sound_of(word).plain
    for word in words_of(
        "окрема отдельная окремий отдельный separate бригада батальйон батальон полк рота загін"
        " механізована механизированная mechanized mech brigade battalion regiment company імені"
        " имени ім им військова войсковая частина часть вч military unit збройних сил україни зсу"
        " нгу дпсу тро омбр одшбр обрмп оаембр тя га ий ша та ма st nd rd th the of named after"
        " armed forces ukraine україни украины bde bn rgt bat бат бр обр морської морской піхоти"
        " пехоты marine marines infantry assault штурмова штурмовая десантно повітряно air"
        " національної национальной гвардії гвардии national guard територіальної"
        " территориальной оборони обороны territorial defence defense"
    )
}


@dataclass(frozen=True, slots=True)
class Unit:
    """What tells a unit: its code or number, its kind, and what names remain; all may be empty."""

    number: str
    kind: str
    names: tuple[str, ...]

    @property
    def key(self) -> str:
        """The number, else the first name: what two spellings of one unit share."""
        return self.number or next(iter(self.names), "")


def unit_of(text: str) -> Unit | None:
    """Return what tells a unit, None when the cell has nothing that does."""
    code = _CODE.search(text)
    lower = text.lower()
    kind = next((kind for kind, sign in _KINDS if sign.search(lower)), "")
    if code is not None:
        letter = _LETTERS.get(code[1].upper(), code[1].upper())
        return Unit(letter + code[2], kind, ())
    number = _NUMBER.search(text)
    names = tuple(sorted(_names(text)))
    if number is None and not names:
        return None
    return Unit(str(int(number[0][:6])) if number else "", kind, names)


def _names(text: str) -> set[str]:
    sounds = {sound_of(word).plain for word in words_of(text) if len(word) > 3}  # noqa: PLR2004  # short words are endings
    return sounds - _COMMON
