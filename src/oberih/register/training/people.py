"""Invented people: names by how common they are, brothers, namesakes, places and units."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

import yaml


class TwoForms(NamedTuple):
    """A word in Ukrainian and in Russian, in small letters."""

    ukrainian: str
    russian: str


class Birthplace(NamedTuple):
    """A settlement and the larger area it lies in."""

    name: TwoForms
    area: TwoForms


@dataclass(frozen=True, slots=True)
class Man:
    """A given name's forms, its patronymic's, and what his mother calls him."""

    name: TwoForms
    patronymic: TwoForms
    diminutive: str


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person as he is."""

    surname: str
    given: Man
    father: Man
    born: date
    place: Birthplace
    unit: tuple[int, str]


@dataclass(frozen=True, slots=True)
class Stock:
    """What people are named from, with running totals of how common each is."""

    men: list[Man]
    men_totals: list[int]
    surnames: list[str]
    surname_totals: list[float]
    places: list[Birthplace]


_KINDS = ("brigade",) * 6 + ("battalion", "battalion", "regiment", "code", "code", "name")


def people(count: int, *, stock: Stock, chance: Random) -> list[Person]:
    """Return that many people.

    One in twenty-five is an earlier one's brother, one in four hundred a twin, one in a hundred his
    father, and one in a hundred a namesake who shares nothing else.
    """
    made: list[Person] = []
    while len(made) < count:
        kind = chance.random() if made else 1.0
        if kind < 0.04:  # noqa: PLR2004  # brothers
            made.append(_brother(chance.choice(made), stock=stock, chance=chance))
        elif kind < 0.0425:  # noqa: PLR2004  # twins
            made.append(replace(chance.choice(made), given=_stranger(stock, chance=chance).given))
        elif kind < 0.0525:  # noqa: PLR2004  # fathers
            made.append(_father(chance.choice(made), stock=stock, chance=chance))
        elif kind < 0.0625:  # noqa: PLR2004  # namesakes
            made.append(_namesake(chance.choice(made), stock=stock, chance=chance))
        else:
            made.append(_stranger(stock, chance=chance))
    return made


def _stranger(stock: Stock, *, chance: Random) -> Person:
    surname = chance.choices(stock.surnames, cum_weights=stock.surname_totals)[0]
    if chance.random() < 0.01:  # noqa: PLR2004  # double surnames
        surname += "-" + chance.choices(stock.surnames, cum_weights=stock.surname_totals)[0]
    given, father = chance.choices(stock.men, cum_weights=stock.men_totals, k=2)
    return Person(surname, given, father, _born(chance), _place(stock, chance), _unit(chance))


def _brother(one: Person, *, stock: Stock, chance: Random) -> Person:
    given = chance.choices(stock.men, cum_weights=stock.men_totals)[0]
    born = one.born + timedelta(days=chance.randrange(-4000, 4000))
    unit = one.unit if chance.random() < 0.2 else _unit(chance)  # noqa: PLR2004  # some serve together
    return Person(one.surname, given, one.father, born, one.place, unit)


def _father(one: Person, *, stock: Stock, chance: Random) -> Person:
    drawn = _stranger(stock, chance=chance)
    born = one.born - timedelta(days=chance.randrange(7000, 13000))
    return replace(drawn, surname=one.surname, given=one.father, born=born, place=one.place)


def _namesake(one: Person, *, stock: Stock, chance: Random) -> Person:
    place = _place(stock, chance)
    return Person(one.surname, one.given, one.father, _born(chance), place, _unit(chance))


def _born(chance: Random) -> date:
    years = min(max(chance.gauss(37, 10), 18), 62)
    return date(2023, 6, 1) - timedelta(days=int(years * 365.25) + chance.randrange(365))


def _place(stock: Stock, chance: Random) -> Birthplace:
    return stock.places[min(int(chance.expovariate(0.035)), len(stock.places) - 1)]


def _unit(chance: Random) -> tuple[int, str]:
    return 1 + min(int(chance.expovariate(0.02)), 250), chance.choice(_KINDS)


@cache
def training_stock() -> Stock:
    """Return the names that only training uses."""
    told: dict[str, Any] = yaml.safe_load(
        (files("oberih.register.training") / "names.yaml").read_text(encoding="utf-8")
    )
    men, shares = zip(*(_man(line) for line in told["given"]), strict=True)
    chance = Random(5)  # noqa: S311  # the same names each time
    surnames = _surnames(told)
    chance.shuffle(surnames)
    weights = [1 / (40 + rank) ** 0.9 for rank in range(len(surnames))]
    areas = [TwoForms(*pair.split(":")) for pair in told["areas"].split()]
    named = [TwoForms(*pair.lower().split(":")) for pair in told["places"].split()]
    places = [Birthplace(one, chance.choice(areas)) for one in named]
    return Stock(list(men), list(accumulate(shares)), surnames, list(accumulate(weights)), places)


def _man(line: str) -> tuple[Man, int]:
    uk, ru, share, uk_patronymic, ru_patronymic, diminutive = line.lower().split()
    return Man(TwoForms(uk, ru), TwoForms(uk_patronymic, ru_patronymic), diminutive), int(share)


def _surnames(told: dict[str, Any]) -> list[str]:
    endings = [pair.split()[0] for pair in told["endings"].split(",")]
    return sorted({stem + ending for stem in told["surname_stems"].split() for ending in endings})
