"""Search by a name in any script and spelling, forgiving one slip, with an optional year."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from oberih.register.births import year_in
from oberih.register.models import Identity, NameForm, NameKey
from oberih.register.search_keys import WordKeys, keys_of_question

MOST_FOUND = 60
MOST_OF_ONE = 5_000
ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A person that a question found, with the spellings that sources have."""

    person: str
    spellings: tuple[str, ...]
    years: tuple[int, ...]
    is_near: bool


def find(question: str) -> list[Found]:
    """Return at most 60 people, those whose name sounds the same first.

    Each word is any part of the name. Where few sound the same, those come behind who nearly do,
    and then those one consonant away.
    """
    asked = keys_of_question(question)
    year = year_in(question)
    if not asked:
        return []
    found = _people(asked, keys=lambda one: one.same, year=year)
    exact = len(found)
    for keys in (lambda one: one.same | one.near, lambda one: one.same | one.near | one.slipped):
        if len(found) < ENOUGH:
            more = _people(asked, keys=keys, year=year)
            found += [person for person in more if person not in set(found)]
    return _shown(found[:MOST_FOUND], exact=exact)


def _people(
    asked: tuple[WordKeys, ...], *, keys: Callable[[WordKeys], frozenset[int]], year: int | None
) -> list[str]:
    """Return those who have a key of every word; the rarest word is asked first."""
    parts = sorted((_with_key(keys(one)) for one in asked), key=lambda one: one.count())
    people = set(parts[0][:MOST_OF_ONE])
    for part in parts[1:]:
        people &= set(part.filter(person__in=people))
    if year is not None:
        born = Identity.objects.filter(born_year=year, person__in=people)
        people &= set(born.values_list("person", flat=True))
    return sorted(people)[:MOST_FOUND]


def _with_key(keys: frozenset[int]) -> QuerySet[NameKey, str]:
    return NameKey.objects.filter(key__in=keys).values_list("person", flat=True)


def _shown(people: list[str], *, exact: int) -> list[Found]:
    names: dict[str, list[str]] = {one: [] for one in people}
    for row in NameForm.objects.filter(person__in=people).order_by("pk"):
        names[row.person_id].append(row.written)
    years: dict[str, list[int]] = {one: [] for one in people}
    born = Identity.objects.filter(person__in=people, born_year__isnull=False)
    for person, year in born.values_list("person", "born_year"):
        years[person].append(int(year or 0))
    return [
        Found(one, tuple(names[one]), tuple(sorted(set(years[one]))), is_near=place >= exact)
        for place, one in enumerate(people)
    ]
