"""How a person ends up in a list: by which hand, in which script, with which mistakes."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from oberih.register.linkage.reading import Row
from oberih.register.training.people import Birthplace, Person, Stock, TwoForms, people
from oberih.register.training.spellings import (
    RUSSIAN_TABLES,
    UKRAINIAN_TABLES,
    declined,
    in_latin,
    in_russian,
    slip_of_the_pen,
    with_look_alikes,
)


@dataclass(frozen=True, slots=True)
class Noise:
    """How often each mistake befalls one row; all are shares of one."""

    ukrainian: float = 0.4
    russian: float = 0.35
    surname_slip: float = 0.05
    given_slip: float = 0.015
    diminutive: float = 0.02
    declined: float = 0.012
    no_patronymic: float = 0.3
    initials: float = 0.02
    swapped: float = 0.03
    look_alike: float = 0.02
    half_of_two: float = 0.4
    whole_in_one: float = 0.01
    no_date: float = 0.08
    year_only: float = 0.05
    first_of_january: float = 0.03
    turned_date: float = 0.025
    digit: float = 0.03
    year_slip: float = 0.02
    other_date: float = 0.006
    no_place: float = 0.35
    other_place: float = 0.06
    area_only: float = 0.08
    with_area: float = 0.2
    no_unit: float = 0.4
    other_unit: float = 0.07

    def times(self, factor: float) -> "Noise":
        """Return a noise with all mistakes more or less frequent, the scripts as they are."""
        kept = {"ukrainian", "russian"}
        rates = {name: getattr(self, name) for name in self.__slots__ if name not in kept}
        return replace(self, **{name: min(rate * factor, 0.8) for name, rate in rates.items()})


@dataclass(frozen=True, slots=True)
class Lists:
    """Two lists and which rows of them are one person."""

    a: list[Row]
    b: list[Row]
    truth: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How long each list is, what share of it is on the other one too, and the two hands."""

    length: int
    overlap: float
    noise_a: Noise
    noise_b: Noise


def two_lists(wanted: Wanted, *, stock: Stock, chance: Random) -> Lists:
    """Return two shuffled lists of invented people."""
    both = int(wanted.length * wanted.overlap)
    everyone = people(2 * wanted.length - both, stock=stock, chance=chance)
    chance.shuffle(everyone)
    here, there = everyone[: wanted.length], everyone[wanted.length - both :]
    a = [written(p, f"a{n}", noise=wanted.noise_a, chance=chance) for n, p in enumerate(here)]
    b = [written(p, f"b{n}", noise=wanted.noise_b, chance=chance) for n, p in enumerate(there)]
    truth = frozenset((f"a{wanted.length - both + n}", f"b{n}") for n in range(both))
    chance.shuffle(a)
    chance.shuffle(b)
    return Lists(a, b, truth)


def written(person: Person, name: str, *, noise: Noise, chance: Random) -> Row:
    """Return the row that one clerk makes of a person."""
    hand = _Hand(noise, chance)
    surname, given, patronymic = hand.names(person)
    dob, place, unit = hand.date(person.born), hand.place(person.place), hand.unit(person.unit)
    if chance.random() < noise.swapped:
        surname, given = given, surname
    if chance.random() < noise.whole_in_one:
        surname, given, patronymic = f"{surname} {given} {patronymic}".strip(), "", ""
    return Row(name, surname, given, patronymic, dob, place, unit)


class _Hand:
    """One clerk on one day: a script, a table, a style of dates."""

    def __init__(self, noise: Noise, chance: Random) -> None:
        self._noise, self._chance = noise, chance
        drawn = chance.random()
        self._is_russian = noise.ukrainian <= drawn < noise.ukrainian + noise.russian
        self._table: dict[str, str] | None = None
        if drawn >= noise.ukrainian + noise.russian:
            self._is_russian = chance.random() < 0.4  # noqa: PLR2004  # from a Russian list
            tables = RUSSIAN_TABLES if self._is_russian else UKRAINIAN_TABLES
            self._table = chance.choice(list(tables.values()))

    def _happens(self, rate: float) -> bool:
        return self._chance.random() < rate

    def names(self, person: Person) -> tuple[str, str, str]:
        noise, chance = self._noise, self._chance
        surname = in_russian(person.surname, chance=chance) if self._is_russian else person.surname
        given = self._form(person.given.name)
        patronymic = self._form(person.father.patronymic)
        if self._happens(noise.diminutive):
            given = person.given.diminutive
        if self._happens(noise.declined):
            surname, given, patronymic = declined(surname), declined(given), declined(patronymic)
        if self._happens(noise.no_patronymic * (1.8 if self._table else 0.7)):
            patronymic = ""
        if "-" in surname and self._happens(noise.half_of_two):
            surname = chance.choice(surname.split("-"))
        surname = slip_of_the_pen(surname, chance) if self._happens(noise.surname_slip) else surname
        given = slip_of_the_pen(given, chance) if self._happens(noise.given_slip) else given
        shown = [self._shown(word) for word in (surname, given, patronymic)]
        if self._happens(noise.initials):
            shown[1:] = [word[:1] + "." if word else "" for word in shown[1:]]
        if self._happens(noise.look_alike):
            shown[0] = with_look_alikes(shown[0], chance)
        return shown[0], shown[1], shown[2]

    def date(self, born: date) -> str:
        noise, chance = self._noise, self._chance
        if self._happens(noise.no_date):
            return ""
        if self._happens(noise.year_only):
            return str(born.year)
        year, month, day = born.year, born.month, born.day
        if self._happens(noise.first_of_january):
            month = day = 1
        elif self._happens(noise.turned_date):
            month, day = day, month
        if self._happens(noise.year_slip):
            year += chance.choice([-10, -2, -1, 1, 2, 10])
        if self._happens(noise.other_date):
            year, month, day = year + chance.randrange(-5, 6), 1 + chance.randrange(12), 3
        if self._happens(noise.digit):
            day = min(max(day + chance.choice([-10, -1, 1, 10, -3, 3]), 1), 28)
        styles = (f"{year}-{month:02}-{day:02}", f"{day:02}.{month:02}.{year}")
        return chance.choice([*styles, f"{day}/{month}/{year}"])

    def place(self, place: Birthplace) -> str:
        if self._happens(self._noise.no_place):
            return ""
        if self._happens(self._noise.other_place):
            return self._shown(self._chance.choice(["київ", "харків", "донецьк", "львів", "умань"]))
        kind = self._chance.choice(["", "", "м. ", "г. ", "с. "])
        told = ("" if self._table else kind) + self._shown(self._form(place.name))
        area = self._shown(self._form(place.area)) + (" region" if self._table else " обл.")
        if self._happens(self._noise.area_only):
            return area
        return f"{told}, {area}" if self._happens(self._noise.with_area) else told

    def unit(self, unit: tuple[int, str]) -> str:
        if self._happens(self._noise.no_unit):
            return ""
        number, kind = unit
        if self._happens(self._noise.other_unit):
            number = 1 + self._chance.randrange(200)
        return (
            self._chance.choice(_UNITS[kind])
            .format(number, code=1000 + 7 * number, name=_NAMES[number % 60])
            .strip()
        )

    def _form(self, forms: TwoForms) -> str:
        return forms.russian if self._is_russian else forms.ukrainian

    def _shown(self, word: str) -> str:
        word = in_latin(word, self._table) if self._table is not None else word
        return word.upper() if self._happens(0.1) else word.title().replace("'", "'")


_UNITS = {
    "brigade": (
        "{} ОМБр", "{} бригада", "{}-та окрема механізована бригада", "{} brigade", "{} Mech Bde",
        "{}", "{} отдельная бригада",
    ),
    "battalion": (
        "{} батальйон", "{}-й отдельный батальон", "{} ОБ", "{} battalion", "{} окремий батальйон",
    ),
    "regiment": ("{} полк", "{} окремий полк", "{} regiment", "{}-й полк НГУ"),
    "code": (
        "в/ч А{code}", "А{code}", "військова частина А{code}", "войсковая часть А{code}", "A{code}",
        "{} бригада",
    ),
    "name": (
        "батальйон «{name}»", "батальон {name}", "{} батальйон «{name}»", "{name}", "{name} ОБ",
    ),
}  # fmt: skip
_NAMED = (
    "Січ Вепр Яструб Характерник Чумак Отаман Хортиця Стугна Ворскла Буревій Грім Кобзар Лицар"
    " Оріон Перун Сварог Тризуб Вартовий Гончак Дружина Єдність Жайвір Зубр Іскра Кордон Легіон"
    " Мисливець Норд Обрій Промінь Рись Смерека Тур Фенікс Хвиля Цитадель Чайка Шершень Щит Явір"
    " Арсенал Байрак Варта Гетьман Дніпровець Ескадрон Журавель Запорожець Калина Ластівка Маяк"
    " Незламний Опір Полісся Райдуга Сокіл Таврія Удар Фортеця Холод"
)
_NAMES = _NAMED.split()
