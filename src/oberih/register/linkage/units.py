"""Military units as lists write them: 93 ОМБр, 93-тя бригада, 93rd Mech Bde, в/ч А1302, «Азов»."""

import re
from dataclasses import dataclass

from oberih.core.names.sounds import sound_of
from oberih.core.names.words import words_of

_CODE = re.compile(r"(?<![^\W\d_])([^\W\d_])[\s-]?(\d{4})(?!\d)")
_NUMBER = re.compile(r"\d+")
_HEAD = re.compile(r"\b[вm]\W{0,2}[чu]\b\.?", re.IGNORECASE)
_SHORTENED = re.compile(r"\w{0,5}бр\w{0,3}|\w{1,3}(?:б|п|бмп|полк)")
_CODE_LENGTH = 4
_LETTERS = dict(zip("АВСЕНІКМОРТХ", "ABCEHIKMOPTX", strict=True))
_KINDS = (
    ("brigade", re.compile(r"брига|бр\b|обр|\bбр|brig|bde|brg|бриг")),
    ("battalion", re.compile(r"батал|батальй|бат\b|б-н|б\b|бмп\b|battal|batal|\bbn\b|btn")),
    ("regiment", re.compile(r"полк|\bо?\w?п\b|regim|rgt|regt|pułk")),
    ("company", re.compile(r"\bрот|compan|\bcoy\b")),
    ("detachment", re.compile(r"загін|загон|отряд|detach|прикордон|погран|border")),
    ("centre", re.compile(r"центр|cent")),
)
_COMMON = {
    sound_of(word).plain
    for text in [
        "окрема",
        "отдельная",
        "окремий",
        "отдельный",
        "separate",
        "бригада",
        "батальйон",
        "батальон",
        "полк",
        "рота",
        "загін",
        "загону",
        "отряд",
        "механізована",
        "механизированная",
        "mechanized",
        "mech",
        "brigade",
        "battalion",
        "regiment",
        "company",
        "detachment",
        "імені",
        "имени",
        "named",
        "after",
        "військова",
        "войсковая",
        "частина",
        "часть",
        "military",
        "unit",
        "збройних",
        "сил",
        "україни",
        "ukraine",
        "україни",
        "украины",
        "armed",
        "forces",
        "омбр",
        "одшбр",
        "обрмп",
        "оаембр",
        "ошбр",
        "омпбр",
        "огшбр",
        "морської",
        "морской",
        "піхоти",
        "пехоты",
        "піхота",
        "пехота",
        "морська",
        "морская",
        "marine",
        "marines",
        "infantry",
        "assault",
        "штурмова",
        "штурмовая",
        "штурмовий",
        "штурмовой",
        "десантно",
        "повітряно",
        "air",
        "airborne",
        "аеромобільна",
        "аэромобильная",
        "airmobile",
        "мотопіхотна",
        "мотопехотная",
        "мотопіхотний",
        "мотопехотный",
        "motorized",
        "motorised",
        "гірсько",
        "горно",
        "mountain",
        "танкова",
        "танковая",
        "танковий",
        "танковый",
        "tank",
        "артилерійська",
        "артиллерийская",
        "artillery",
        "артбригада",
        "реактивна",
        "реактивная",
        "rocket",
        "missile",
        "розвідувальний",
        "разведывательный",
        "reconnaissance",
        "recon",
        "розвідбат",
        "разведбат",
        "зенітна",
        "зенитная",
        "зенітний",
        "ракетний",
        "ракетный",
        "ракетна",
        "ракетная",
        "anti",
        "aircraft",
        "стрілецький",
        "стрелковый",
        "rifle",
        "спеціального",
        "специального",
        "призначення",
        "назначения",
        "спецназ",
        "спецназу",
        "спецназа",
        "special",
        "operations",
        "forces",
        "оперативного",
        "operational",
        "purpose",
        "національної",
        "национальной",
        "гвардії",
        "гвардии",
        "нацгвардия",
        "нацгвардии",
        "national",
        "guard",
        "територіальної",
        "территориальной",
        "оборони",
        "обороны",
        "territorial",
        "defence",
        "defense",
        "тероборони",
        "терробороны",
        "прикордонний",
        "пограничный",
        "прикордонна",
        "погранотряд",
        "border",
        "охорони",
        "охраны",
        "coast",
        "служби",
        "службы",
        "service",
        "мехбр",
        "морпехи",
        "морпехов",
        "морпіхів",
        "добровольчий",
        "добровольческий",
        "volunteer",
        "навчальний",
        "учебный",
        "training",
        "центр",
        "centre",
        "center",
        "зведений",
        "сводный",
        "combined",
        "control",
        "group",
        "дпсу",
        "обмп",
        "опсп",
        "озсп",
        "спецпризначення",
        "ракетно",
        "пошуковий",
        "поисковый",
        "комендатура",
        "комендантська",
        "військовослужбовець",
        "батальйону",
        "бригади",
        "полку",
        "роти",
        "батальона",
        "бригады",
        "полка",
        "роты",
        "батальйони",
        "батарея",
        "battery",
        "взвод",
        "platoon",
        "морпехоты",
        "десантна",
        "десантная",
        "десантний",
        "десантный",
        "десанту",
        "десанта",
        "єгерська",
        "егерская",
        "jaeger",
        "піхотна",
        "пехотная",
        "піхотний",
        "пехотный",
    ]
    for word in words_of(text)
}


@dataclass(frozen=True, slots=True)
class Unit:
    """What tells a unit: its code (A1302, 3057), its number and kind, its name; any may be empty.

    A code, a number and a name cannot be compared with each other.
    """

    code: str
    number: str
    kind: str
    name: str

    @property
    def key(self) -> str:
        """The code, else the number, else the name: what two spellings of one unit share."""
        return self.code or self.number or self.name


def unit_of(text: str) -> Unit | None:
    """Return what tells a unit, None when the cell has nothing that does."""
    text = _HEAD.sub(" ", text)
    code = _CODE.search(text)
    lower = text.lower()
    kind = next((kind for kind, sign in _KINDS if sign.search(lower)), "")
    if code is not None:
        letter = _LETTERS.get(code[1].upper(), code[1].upper())
        return Unit(letter + code[2], "", kind, "")
    number = _NUMBER.search(text)
    if number is not None and len(number[0]) >= _CODE_LENGTH:
        return Unit(number[0][:6], "", kind, "")
    name = _name(text)
    if number is None and not name:
        return None
    return Unit("", str(int(number[0])) if number else "", kind, name)


def _name(text: str) -> str:
    """Return the last word that is a name and says nothing of what kind of unit it is."""
    words = [word for word in words_of(text) if len(word) > 3]  # noqa: PLR2004  # short words are endings
    sounds = [sound_of(word).plain for word in words if not _SHORTENED.fullmatch(word)]
    return next((one for one in reversed(sounds) if one not in _COMMON), "")
