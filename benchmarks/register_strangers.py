"""Lists by a third hand: other names, other tables, other mistakes than training and card have.

Written as an outside judge would, without a look at the keys. Surnames are those of the tables of
`names-translator` that `register_lists` does not use, given names, places and units are its own.
`SETS` are the kinds of lists that are asked for; each is drawn anew for a seed.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from register_lists import Lists, Row, tables
from register_lists import _names as used_elsewhere
from register_scripts import WORDS, declined, style_of

ALIKE = dict(zip("аеіорсухАВЕІКМНОРСТХ", "aeiopcyxABEIKMHOPCTX", strict=True))
NEAR = ("ао", "еи", "иі", "оу", "гх", "дт", "бп", "вф", "зс", "жш", "чщ", "мн", "лп", "йі", "шщ",
        "ei", "ao", "iy", "vw", "gh", "kh", "sz", "dt", "bp", "nm", "rn", "ck", "uv")  # fmt: skip
IRREGULAR = 5
"""Where in a name's line its patronymics begin, if it has any."""
_MONTHS = "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"
MONTHS = _MONTHS.split()
GIVEN, WOMEN = (tuple(tuple(one.split()) for one in WORDS[pool]) for pool in ("men", "women"))
PLACES = tuple(tuple(one.split("|")) for one in WORDS["places"])
UNITS = tuple(tuple(one.split(";")) for one in WORDS["units"])


@dataclass(frozen=True, slots=True)
class Desk:
    """One list's habits: shares of scripts, and of a hundred rows how many have each mishap."""

    ukrainian: float
    russian: float
    typo: float = 6
    given_typo: float = 1.5
    father_typo: float = 2
    short: float = 2.5
    other_language: float = 3
    foreign: float = 1
    declined: float = 1.5
    swapped: float = 2
    no_father: float = 12
    initials: float = 1.5
    mixed: float = 3
    half: float = 35
    shouted: float = 15
    no_date: float = 5
    year: float = 3
    first: float = 2.5
    turned: float = 2
    digit: float = 2.5
    year_off: float = 1.5
    no_place: float = 25
    other_place: float = 4
    region: float = 6
    old_town: float = 30
    no_unit: float = 35
    other_unit: float = 5
    empty: frozenset[str] = field(default_factory=frozenset)

    def times(self, factor: float) -> "Desk":
        """Return the same with every mishap that much more frequent."""
        kept = {"ukrainian", "russian", "empty", "old_town", "shouted", "half"}
        rates = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(
            self, **{name: rate * factor for name, rate in rates.items() if name not in kept}
        )


FAMILY, FOREIGN = Desk(70, 26), Desk(8, 50, no_father=30)
SETS: dict[str, tuple[Desk, Desk, tuple[int, int, int]]] = {
    "kin and a foreign office": (FAMILY, FOREIGN, (10_000, 10_000, 5_000)),
    "Ukrainian and Russian": (Desk(100, 0), Desk(0, 100), (10_000, 10_000, 5_000)),
    "Ukrainian and Latin": (Desk(100, 0), Desk(0, 0), (10_000, 10_000, 5_000)),
    "Russian and Latin": (Desk(0, 100), Desk(0, 0), (10_000, 10_000, 5_000)),
    "Latin and Latin": (Desk(0, 0), Desk(0, 0), (10_000, 10_000, 5_000)),
    "small against large": (FAMILY, FOREIGN, (2_000, 20_000, 1_000)),
    "few in common": (FAMILY, FOREIGN, (10_000, 10_000, 1_000)),
    "no unit, no place": (
        replace(FAMILY, empty=frozenset({"birthplace"})),
        replace(FOREIGN, empty=frozenset({"unit"})),
        (10_000, 10_000, 5_000),
    ),
    "twice the mishaps": (FAMILY.times(2), FOREIGN.times(2), (10_000, 10_000, 5_000)),
}


@dataclass(frozen=True, slots=True)
class Soul:
    """One invented person; each word as (Ukrainian, Russian)."""

    surname: tuple[str, str]
    given: int
    father: int
    born: date
    place: int
    unit: int
    is_woman: bool = False


def strangers(name: str, *, seed: int) -> Lists:
    """Return two lists of one of the `SETS`."""
    first, second, (length, other, both) = SETS[name]
    chance = Random(f"{name} {seed}")  # noqa: S311  # invented people, the same each time
    souls = _souls(length + other - both, chance=chance)
    here, there = souls[:length], souls[length - both :]
    a = [Clerk(first, chance).row(f"a{n}", one) for n, one in enumerate(here)]
    b = [Clerk(second, chance).row(f"b{n}", one) for n, one in enumerate(there)]
    chance.shuffle(a)
    chance.shuffle(b)
    return Lists(a, b, frozenset((f"a{length - both + n}", f"b{n}") for n in range(both)))


@cache
def _surnames() -> tuple[list[tuple[str, str]], list[float]]:
    elsewhere = set(used_elsewhere().surnames)
    chance = Random(17)  # noqa: S311  # the same names each time
    rest = [
        (uk, ru[0].lower())
        for uk, ru in sorted(tables().as_dict("last").items())
        if uk not in elsewhere and uk.isalpha() and len(uk) > 3  # noqa: PLR2004  # abbreviations
        if not uk.endswith(("ова", "ева", "єва", "іна", "ина", "ська", "цька", "їна"))
    ]
    chance.shuffle(rest)
    common = [tuple(one.split(":")) for one in WORDS["common"].split()]
    chosen = common + rest[:20_000]
    weights = [0.5 / (5 + rank) ** 0.7 for rank in range(len(common))]
    weights += [1 / (60 + rank) ** 0.8 for rank in range(20_000)]
    return chosen, list(accumulate(weights[: len(chosen)]))  # type: ignore[return-value]


def _souls(count: int, *, chance: Random) -> list[Soul]:
    made: list[Soul] = []
    for _ in range(count):
        drawn, kind = _soul(chance), chance.random()
        one = chance.choice(made) if made else drawn
        if kind < 0.055 and not (one.is_woman or drawn.is_woman):  # noqa: PLR2004  # of one family, or of one name
            drawn = _kin(one, drawn, kind=kind, chance=chance)
        made.append(drawn)
    chance.shuffle(made)
    return made


def _kin(one: Soul, drawn: Soul, *, kind: float, chance: Random) -> Soul:
    years = timedelta(days=chance.choice([-1, 1]) * chance.randrange(350, 4500))
    if kind < 0.035:  # noqa: PLR2004  # a brother
        return replace(one, given=drawn.given, born=one.born + years, unit=drawn.unit)
    if kind < 0.038 and drawn.given != one.given:  # noqa: PLR2004  # a twin
        return replace(one, given=drawn.given)
    if kind < 0.047:  # noqa: PLR2004  # a father or a son
        earlier = one.born - timedelta(days=365 * chance.randrange(20, 32))
        return replace(drawn, surname=one.surname, given=one.father, born=earlier, place=one.place)
    return replace(drawn, surname=one.surname, given=one.given, father=one.father)


def _soul(chance: Random) -> Soul:
    names, totals = _surnames()
    surname = chance.choices(names, cum_weights=totals)[0]
    if chance.random() < 0.012:  # noqa: PLR2004  # double surnames
        other = chance.choices(names, cum_weights=totals)[0]
        surname = (f"{surname[0]}-{other[0]}", f"{surname[1]}-{other[1]}")
    is_woman = chance.random() < 0.05  # noqa: PLR2004  # civilians and women who serve
    given = _drawn(WOMEN if is_woman else GIVEN, chance)
    born = date(1962, 1, 1) + timedelta(days=int(365.25 * 45 * chance.betavariate(3, 2.2)))
    place = int(len(PLACES) * chance.random() ** 1.6)
    unit = int(len(UNITS) * chance.random() ** 1.3)
    return Soul(surname, given, _drawn(GIVEN, chance), born, place, unit, is_woman)


def _drawn(pool: tuple[tuple[str, ...], ...], chance: Random) -> int:
    return chance.choices(range(len(pool)), [float(one[0]) for one in pool])[0]


class Clerk:
    """Who writes one row: a language, a script, an office's habit."""

    def __init__(self, desk: Desk, chance: Random) -> None:
        """Draw the script; a Latin row is of either language."""
        self.desk, self.chance = desk, chance
        drawn = 100 * chance.random()
        self.is_latin = drawn >= desk.ukrainian + desk.russian
        is_russian = chance.random() < 0.45 if self.is_latin else drawn >= desk.ukrainian  # noqa: PLR2004  # halves
        self.language = "ru" if is_russian else "uk"
        self.style = style_of(self.language, chance=chance)

    def happens(self, percent: float) -> bool:
        """Draw whether a mishap of that frequency happens."""
        return 100 * self.chance.random() < percent

    def row(self, name: str, soul: Soul) -> Row:
        """Return the person as this clerk writes them."""
        surname, given, patronymic = self.names(soul)
        cells = {
            "surname": surname, "given": given, "patronymic": patronymic,
            "dob": self.date(soul.born), "birthplace": self.place(soul.place),
            "unit": self.unit(soul.unit),
        }  # fmt: skip
        return Row(name, **{key: "" if key in self.desk.empty else it for key, it in cells.items()})

    def names(self, soul: Soul) -> tuple[str, str, str]:
        """Return surname, given name and patronymic."""
        desk, chance = self.desk, self.chance
        at = 1 if self.language == "ru" else 0
        surname = soul.surname[1 - at if self.happens(desk.other_language) else at]
        pool = WOMEN if soul.is_woman else GIVEN
        given = pool[soul.given][1 + at].lower()
        father = patronymic(GIVEN[soul.father], at, is_woman=soul.is_woman)
        if soul.is_woman:
            surname = feminine(surname)
        if self.happens(desk.short):
            given = chance.choice(pool[soul.given][3].lower().split(","))
        if "-" in surname and self.happens(desk.half):
            surname = chance.choice(surname.split("-"))
        father = "" if self.happens(desk.no_father) else father
        if self.happens(desk.declined) and not soul.is_woman:
            surname, given, father = (
                declined(one, language=self.language) if one else ""
                for one in (surname, given, father)
            )
        surname, given, father = self.slips(surname, given, father)
        return self.shown(surname, given, father, foreign=pool[soul.given][4:5])

    def slips(self, surname: str, given: str, father: str) -> tuple[str, str, str]:
        """Return the names with slips of the pen, before they are written in a script."""
        desk = self.desk
        surname = slip(surname, self.chance) if self.happens(desk.typo) else surname
        given = slip(given, self.chance) if self.happens(desk.given_typo) else given
        father = slip(father, self.chance) if self.happens(desk.father_typo) else father
        return surname, given, father

    def shown(
        self, surname: str, given: str, father: str, *, foreign: tuple[str, ...]
    ) -> tuple[str, str, str]:
        """Return the names in the clerk's script and manner."""
        desk = self.desk
        cells = [surname, given, father]
        if self.is_latin:
            cells = [self.style(one) for one in cells]
            if foreign and self.happens(desk.foreign):
                cells[1] = foreign[0]
        if self.happens(desk.initials):
            cells[1:] = [f"{one[0]}." if one else "" for one in cells[1:]]
        elif self.happens(desk.mixed) and not self.is_latin:
            cells[0] = mixed(cells[0], self.chance)
        loud = self.happens(desk.shouted)
        cells = [
            one.upper() if loud else "-".join(p.capitalize() for p in one.split("-"))
            for one in cells
        ]
        if self.happens(desk.swapped):
            cells[0], cells[1] = cells[1], cells[0]
        return cells[0], cells[1], cells[2]

    def date(self, born: date) -> str:
        """Return the date of birth as the clerk writes it."""
        desk, chance = self.desk, self.chance
        if self.happens(desk.no_date):
            return ""
        if self.happens(desk.year):
            return chance.choice([f"{born.year}", f"{born.year} р.н.", f"{born.year} г.р."])
        year, month, day = born.year, born.month, born.day
        if self.happens(desk.first):
            month = day = 1
        elif self.happens(desk.turned):
            month, day = day, month
        if self.happens(desk.year_off):
            year += chance.choice([-10, -5, -2, -1, 1, 2, 5, 10])
        if self.happens(desk.digit):
            day = min(max(day + chance.choice([-20, -10, -7, -1, 1, 3, 10]), 1), 28)
        style = chance.random()
        if style < 0.05 and month <= 12:  # noqa: PLR2004  # by the month's name
            return f"{day} {MONTHS[month - 1]} {year}"
        if style < 0.1:  # noqa: PLR2004  # short years
            return f"{day:02}.{month:02}.{year % 100:02}"
        return chance.choice(
            [
                f"{day:02}.{month:02}.{year}",
                f"{year}-{month:02}-{day:02}",
                f"{day}/{month}/{year}",
                f"{day:02}.{month:02}.{year}р.",
            ]
        )

    def place(self, place: int) -> str:
        """Return the place of birth as the clerk writes it."""
        desk, chance = self.desk, self.chance
        if self.happens(desk.no_place):
            return ""
        if self.happens(desk.other_place):
            place = chance.randrange(len(PLACES))
        town, region = PLACES[place]
        at = 1 if self.language == "ru" else 0
        forms = town.split("/")
        name = forms[chance.randrange(len(forms))] if self.happens(desk.old_town) else forms[0]
        name, region = name.split(":")[at], region.split(":")[at]
        if self.happens(desk.region):
            name = ""
        if self.is_latin:
            return self.latin_place(name, region)
        full = f"{region} обл." if chance.random() < 0.6 else f"{region} область"  # noqa: PLR2004  # styles
        kind = chance.choice(
            ["", "м. ", "м.", "місто "] if at == 0 else ["", "г. ", "гор. ", "город "]
        )
        if not name:
            return full
        return chance.choice(
            [
                f"{kind}{name}",
                f"{kind}{name}",
                f"{kind}{name}, {full}",
                f"{full}, {kind}{name}",
                f"{name} ({region})",
                f"Україна, {full}, {kind}{name}",
            ]
        )

    def latin_place(self, name: str, region: str) -> str:
        """Return the place in Latin letters."""
        area = self.style(region).title() + self.chance.choice([" oblast", " region", " obl."])
        name = self.style(name).title()
        return (
            self.chance.choice([name, name, f"{name}, {area}", f"{name}, Ukraine"])
            if name
            else area
        )

    def unit(self, unit: int) -> str:
        """Return the unit in one of its spellings."""
        if self.happens(self.desk.no_unit):
            return ""
        if self.happens(self.desk.other_unit):
            unit = self.chance.randrange(len(UNITS))
        spellings = UNITS[unit]
        same = [one for one in spellings if one.isascii() == self.is_latin] or list(spellings)
        return self.chance.choice(same)


def slip(word: str, chance: Random) -> str:
    """Return the word with one slip: a letter lost, doubled, changed over, or a near one."""
    if len(word) < 4:  # noqa: PLR2004  # a short word would become another one
        return word
    at = chance.randrange(1, len(word) - 1)
    near = [pair.replace(word[at], "") for pair in NEAR if word[at] in pair]
    other = chance.choice(near) if near and chance.random() < 0.7 else chance.choice(word)  # noqa: PLR2004  # mostly near
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + other + word[at + 1 :],
            word[:at] + other + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
        ]
    )


def mixed(word: str, chance: Random) -> str:
    """Return the word with one to three letters of the other keyboard."""
    places = [at for at, letter in enumerate(word) if letter in ALIKE]
    chosen = chance.sample(places, min(len(places), 1 + chance.randrange(3)))
    return "".join(ALIKE[one] if at in chosen else one for at, one in enumerate(word))


def feminine(surname: str) -> str:
    """Return a woman's form of a surname."""
    for ending, put in (("ський", "ська"), ("цький", "цька"), ("ский", "ская"), ("цкий", "цкая")):
        if surname.endswith(ending):
            return surname.removesuffix(ending) + put
    return surname + "а" if surname.endswith(("ов", "ев", "єв", "ін", "ин", "їн")) else surname


def patronymic(father: tuple[str, ...], at: int, *, is_woman: bool) -> str:
    """Return the patronymic that a father's name gives."""
    if len(father) > IRREGULAR:
        return father[IRREGULAR + at + (2 if is_woman else 0)].lower()
    name = father[1 + at].lower()
    if name.endswith("ій") or (at == 1 and name.endswith("ей")):
        return name[:-1] + (("йович", "ївна") if at == 0 else ("евич", "евна"))[is_woman]
    if name.endswith("ий"):
        return name[:-2] + "ьев" + ("на" if is_woman else "ич")
    if name.endswith(("ь", "й")):
        return name[:-1] + (("ьович", "ївна") if at == 0 else ("евич", "евна"))[is_woman]
    return name.rstrip("оа") + ("ович", ("івна", "овна")[at])[is_woman]
