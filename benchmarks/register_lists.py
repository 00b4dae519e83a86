"""Lists for the linkage's report card, made of other names and another noise than its training.

Names come from the tables of `names-translator` (Ukrainian registers, with their Russian forms),
Latin spellings from `translitua` and `iuliia`, none of them ours. The model of noise stands in
`HANDS`: each number is a share of rows. People who were invented by the author of a program are a
direction, not a result.
"""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

import iuliia
import translitua
from names_translator.dicts import NameDicts

UKRAINIAN = translitua.ALL_UKRAINIAN
RUSSIAN = [
    iuliia.ALA_LC, iuliia.BGN_PCGN, iuliia.GOST_52535, iuliia.GOST_7034, iuliia.GOST_779,
    iuliia.ICAO_DOC_9303, iuliia.MVD_310_FR, iuliia.MVD_782, iuliia.SCIENTIFIC, iuliia.WIKIPEDIA,
    iuliia.YANDEX_MAPS, iuliia.BS_2979,
]  # fmt: skip
UNDERNEATH, SELDOM, SHORTEST = 0.4, 0.4, 4
"""Russian under Latin letters; a table that is not among the three usual; no slip below it."""
OFTEN = (translitua.UkrainianKMU, translitua.UkrainianPassport2007, translitua.UkrainianBGN)
MEN = (
    "Олександр 8.7 Сергій 7.2 Володимир 5.6 Андрій 5.4 Микола 4.6 Віктор 3.9 Юрій 3.9 Іван 3.8 "
    "Василь 3.3 Олексій 3.2 Дмитро 3.4 Ігор 3.1 Віталій 2.7 Роман 2.6 Максим 2.5 Михайло 2.4 "
    "Євген 2.4 Анатолій 2.2 Олег 2.1 Богдан 1.9 Валерій 1.7 Руслан 1.6 Вадим 1.4 Денис 1.4 "
    "Петро 1.4 Антон 1.3 Артем 1.3 Павло 1.2 Ярослав 1.1 Тарас 1.1 Григорій 0.9 Владислав 1 "
    "В'ячеслав 0.9 Степан 0.8 Станіслав 0.8 Леонід 0.7 Костянтин 0.8 Едуард 0.5 Борис 0.4 "
    "Георгій 0.3 Геннадій 0.5 Федір 0.3 Назар 0.6 Ілля 0.5 Кирило 0.5 Данило 0.5 Микита 0.5 "
    "Остап 0.2 Святослав 0.3 Семен 0.2 Яків 0.1 Захар 0.2 Матвій 0.1 Тимофій 0.1 Гліб 0.1 Арсен "
    "0.1 Любомир 0.2 Орест 0.2 Ростислав 0.4 Мирослав 0.4 Всеволод 0.1 Валентин 0.5 Аркадій 0.1 "
    "Тимур 0.2 Ренат 0.1 Зіновій 0.1 Давид 0.2 Лев 0.1"
)
SHORT = {
    "Олександр": "Саша", "Сергій": "Серьожа", "Володимир": "Вова", "Микола": "Коля",
    "Дмитро": "Діма",
    "Михайло": "Міша", "Євген": "Женя", "Олексій": "Льоша", "Віталій": "Віталік", "Павло": "Паша",
    "Юрій": "Юра", "Іван": "Ваня", "Віктор": "Вітя", "Петро": "Петя", "Роман": "Рома",
}  # fmt: skip
PATRONYMICS = {
    "Микола": "Миколайович", "Ілля": "Ілліч", "Яків": "Якович", "Микита": "Микитович",
    "Данило": "Данилович", "Кирило": "Кирилович", "Павло": "Павлович", "Петро": "Петрович",
    "Михайло": "Михайлович", "Дмитро": "Дмитрович", "Григорій": "Григорович", "Лев": "Львович",
}  # fmt: skip
KINDS = {
    "brigade": ("ОМБр", "окрема механізована бригада", "бригада", "brigade", "mechanized brigade"),
    "assault": ("ОШБр", "окрема штурмова бригада", "штурмовая бригада", "assault brigade"),
    "battalion": ("окремий батальйон", "ОБ", "батальон", "battalion"),
    "regiment": ("полк", "окремий полк", "отдельный полк", "regiment"),
}


@dataclass(frozen=True, slots=True)
class Hand:
    """How those who keep a list write: the scripts' shares and how often each thing happens."""

    ukrainian: float
    russian: float
    surname_slip: float = 0.05
    given_slip: float = 0.01
    short_given: float = 0.015
    no_patronymic: float = 0.1
    initials: float = 0.01
    swapped: float = 0.02
    look_alike: float = 0.02
    no_date: float = 0.05
    year_only: float = 0.03
    first_of_january: float = 0.02
    turned_date: float = 0.02
    wrong_digit: float = 0.03
    other_year: float = 0.02
    other_date: float = 0.005
    no_place: float = 0.3
    other_place: float = 0.04
    no_unit: float = 0.4
    other_unit: float = 0.05

    def times(self, factor: float) -> "Hand":
        """Return the same with every mishap that much more frequent."""
        names = [one.name for one in fields(self) if one.name not in {"ukrainian", "russian"}]
        return replace(self, **{one: min(getattr(self, one) * factor, 0.9) for one in names})


HANDS = (Hand(0.75, 0.25), Hand(0.1, 0.5, no_patronymic=0.35))
"""Kin write the first list, a foreign office the second: what is not Cyrillic there is Latin."""


class Row(NamedTuple):
    """A row as the command reads it."""

    id: str
    surname: str
    given: str
    patronymic: str
    dob: str
    birthplace: str
    unit: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person as he is, everything in Ukrainian."""

    surname: str
    given: str
    father: str
    born: date
    place: str
    unit: tuple[int, str]


@dataclass(frozen=True, slots=True)
class Lists:
    """Two lists and the pairs of ids that are one person."""

    a: list[Row]
    b: list[Row]
    truth: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Names:
    """What people are called, and the running totals by which a name is drawn."""

    surnames: list[str]
    surname_totals: list[float]
    men: list[str]
    men_totals: list[float]
    places: list[str]


def lists(length: int, *, seed: int, hands: tuple[Hand, Hand] = HANDS) -> Lists:
    """Return two lists of that length that share half of their people."""
    chance = Random(seed)  # noqa: S311  # invented people, the same each time
    both = length // 2
    everyone = _people(2 * length - both, chance=chance)
    a = [_row(f"a{n}", one, Writer(hands[0], chance)) for n, one in enumerate(everyone[:length])]
    there = everyone[length - both :]
    b = [_row(f"b{n}", one, Writer(hands[1], chance)) for n, one in enumerate(there)]
    chance.shuffle(a)
    chance.shuffle(b)
    truth = frozenset((f"a{length - both + n}", f"b{n}") for n in range(both))
    return Lists(a, b, truth)


@cache
def _names() -> Names:
    chance = Random(11)  # noqa: S311  # the same names each time
    surnames = [one for one in sorted(tables().as_dict("last")) if _is_a_mans(one)]
    chance.shuffle(surnames)
    surnames = surnames[:25_000]
    weights = accumulate(1 / (30 + rank) ** 0.85 for rank in range(len(surnames)))
    words = MEN.split()
    places = [*CITIES.split(), *VILLAGES.split()]
    totals = list(accumulate(map(float, words[1::2])))
    return Names(surnames, list(weights), words[::2], totals, places)


def _is_a_mans(surname: str) -> bool:
    return surname.isalpha() and not surname.endswith(("ова", "ева", "єва", "іна", "ина", "ська"))


def _people(count: int, *, chance: Random) -> list[Person]:
    """Return strangers, with one brother in thirty and one full namesake in two hundred."""
    made: list[Person] = []
    for _ in range(count):
        drawn = _stranger(chance)
        kind = chance.random()
        one = chance.choice(made) if made else drawn
        if kind < 1 / 30:
            born = one.born + timedelta(days=chance.choice([-1, 1]) * chance.randrange(400, 4000))
            drawn = replace(
                drawn, surname=one.surname, father=one.father, place=one.place, born=born
            )
        elif kind < 1 / 30 + 1 / 200:
            drawn = replace(drawn, surname=one.surname, given=one.given, father=one.father)
        made.append(drawn)
    chance.shuffle(made)
    return made


def _stranger(chance: Random) -> Person:
    names = _names()
    surname = chance.choices(names.surnames, cum_weights=names.surname_totals)[0].capitalize()
    given, father = chance.choices(names.men, cum_weights=names.men_totals, k=2)
    born = date(2023, 1, 1) - timedelta(days=int(365.25 * min(max(chance.gauss(36, 9), 18), 60)))
    place = names.places[int(len(names.places) * chance.random() ** 1.7)]
    unit = chance.randrange(1, 160), chance.choice(list(KINDS))
    return Person(surname, given, father, born - timedelta(days=chance.randrange(365)), place, unit)


def _row(name: str, person: Person, writer: "Writer") -> Row:
    surname, given, patronymic = writer.names(person)
    dob, place, unit = (
        writer.date(person.born),
        writer.place(person.place),
        writer.unit(person.unit),
    )
    return Row(name, surname, given, patronymic, dob, place, unit)


class Writer:
    """One row's script, table and mishaps."""

    def __init__(self, hand: Hand, chance: Random) -> None:
        """Draw the script: a Latin row is Ukrainian or Russian underneath."""
        self.hand, self.chance = hand, chance
        drawn = chance.random()
        self.is_latin = drawn >= hand.ukrainian + hand.russian
        self.is_russian = chance.random() < UNDERNEATH if self.is_latin else drawn >= hand.ukrainian
        table = chance.choice(UKRAINIAN) if chance.random() < SELDOM else chance.choice(OFTEN)
        self.table = chance.choice(RUSSIAN) if self.is_russian else table

    def happens(self, share: float) -> bool:
        """Draw whether something of that share happens to this row."""
        return self.chance.random() < share

    def names(self, person: Person) -> tuple[str, str, str]:
        """Return the three cells of the name."""
        hand = self.hand
        given = person.given
        if self.happens(hand.short_given):
            given = SHORT.get(given, given)
        patronymic = "" if self.happens(hand.no_patronymic) else patronymic_of(person.father)
        surname = self.slipped(self.spelled(person.surname, "last"), share=hand.surname_slip)
        given = self.slipped(self.spelled(given, "first"), share=hand.given_slip)
        patronymic = self.spelled(patronymic, "patronymic")
        if self.happens(hand.initials):
            given, patronymic = f"{given[0]}.", f"{patronymic[0]}." if patronymic else ""
        if self.happens(hand.look_alike):
            surname = surname.replace("о", "o", 1).replace("а", "a", 1)
        return (
            (given, surname, patronymic)
            if self.happens(hand.swapped)
            else (surname, given, patronymic)
        )

    def spelled(self, text: str, pool: str) -> str:
        """Return a Ukrainian name as this row writes it."""
        if not text:
            return ""
        if self.is_russian:
            text = russian(text, pool)
        if not self.is_latin:
            return text
        return (
            self.table.translate(text) if self.is_russian else translitua.translit(text, self.table)
        )

    def slipped(self, text: str, *, share: float) -> str:
        """Return the text, at times with a slip of the pen."""
        if len(text) < SHORTEST or not self.happens(share):
            return text
        place = self.chance.randrange(1, len(text) - 1)
        other = self.chance.choice(text)
        kinds = (text[place + 1 :], text[place] + text[place:], other + text[place + 1 :])
        turned = text[place + 1] + text[place] + text[place + 2 :]
        return text[:place] + self.chance.choice([*kinds, turned])

    def date(self, born: date) -> str:
        """Return the date of birth in one of three styles, at times wrong or not at all."""
        hand, day, month, year = self.hand, born.day, born.month, born.year
        if self.happens(hand.no_date):
            return ""
        if self.happens(hand.year_only):
            return str(year)
        if self.happens(hand.first_of_january):
            day = month = 1
        if self.happens(hand.turned_date):
            day, month = month, day
        if self.happens(hand.other_year):
            year += self.chance.choice([-10, -1, 1, 10])
        if self.happens(hand.wrong_digit):
            day = 1 + (day + self.chance.choice([1, 2, 10])) % 28
        if self.happens(hand.other_date):
            day, month, year = (
                17,
                1 + self.chance.randrange(12),
                year + self.chance.randrange(-9, 9),
            )
        styles = (
            f"{day:02}.{month:02}.{year}",
            f"{year}-{month:02}-{day:02}",
            f"{day}/{month}/{year}",
        )
        return self.chance.choice(styles)

    def place(self, place: str) -> str:
        """Return the place of birth, at times another or none."""
        if self.happens(self.hand.no_place):
            return ""
        if self.happens(self.hand.other_place):
            place = self.chance.choice(_names().places)
        if self.is_latin:
            return translitua.translit(place, translitua.UkrainianKMU)
        return self.chance.choice(["", "", "м. ", "с. "]) + place

    def unit(self, unit: tuple[int, str]) -> str:
        """Return the unit, at times another or none."""
        if self.happens(self.hand.no_unit):
            return ""
        number = self.chance.randrange(1, 160) if self.happens(self.hand.other_unit) else unit[0]
        return f"{number} {self.chance.choice(KINDS[unit[1]])}"


@cache
def tables() -> NameDicts:
    """Return the registers' tables, read once."""
    return NameDicts()


@cache
def russian(text: str, pool: str) -> str:
    """Return the Russian form that registers have most often for a Ukrainian name."""
    found = tables().lookup(text, pool)
    return found[0] if found else text


def patronymic_of(given: str) -> str:
    """Return a son's patronymic."""
    if given in PATRONYMICS:
        return PATRONYMICS[given]
    if given.endswith("ій"):
        return given + "ович"
    return given.rstrip("ьо") + ("ович" if not given.endswith("ій") else "йович")


CITIES = (
    "Київ Харків Одеса Дніпро Донецьк Запоріжжя Львів Миколаїв Маріуполь Луганськ Вінниця "
    "Херсон Полтава Чернігів Черкаси Житомир Суми Хмельницький Чернівці Рівне Тернопіль Луцьк "
    "Ужгород Кропивницький Кременчук Мелітополь Бердянськ Нікополь Краматорськ Слов'янськ "
    "Бахмут Лисичанськ Павлоград Умань"
)
VILLAGES = (
    "Конотоп Шостка Ізюм Лозова Чугуїв Вовчанськ Дружківка Торецьк Рубіжне Сватове Канів Лубни "
    "Миргород Гадяч Охтирка Ромни Глухів Прилуки Фастів Обухів Бориспіль Малин Коростень Овруч "
    "Козятин Гайсин Шепетівка Славута Дубно Сарни Ковель Чортків Бучач Коломия Калуш Стрий "
    "Дрогобич Самбір Броди Мукачево Хуст Рахів Ізмаїл Болград Балта Вознесенськ Очаків Каховка "
    "Токмак Оріхів Апостолове Знам'янка Диканька Решетилівка Карлівка Опішня Котельва Зіньків "
    "Лохвиця Пирятин Хорол Семенівка Глобине Козельщина Кобеляки Царичанка Магдалинівка "
    "Петриківка Томаківка Софіївка Широке Криничани Солоне Васильківка Межова Покровське "
    "Новомиколаївка Вільнянськ Комишуваха Приморськ Веселе Якимівка Чаплинка Нижні Сірогози "
    "Високопілля Снігурівка Баштанка Братське Арбузинка Криве Озеро Врадіївка Доманівка"
)
