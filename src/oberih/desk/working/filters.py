"""Filters of the queue: region, tactic, language, band, age; each stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from oberih.desk.models import Case
from oberih.desk.regions import REGIONS
from oberih.desk.states import Band
from oberih.desk.words import BANDS, TACTICS

AGES = {"1": timedelta(days=1), "3": timedelta(days=3), "7": timedelta(days=7)}
AGES["30"] = timedelta(days=30)
LANGUAGES = ("uk", "ru", "en")
MOST_CHOSEN = 100
CHOICES = {
    "regions": REGIONS,
    "tactics": TACTICS,
    "bands": BANDS,
    "languages": LANGUAGES,
    "ages": {
        "1": _("filed within a day"),
        "3": _("filed within 3 days"),
        "7": _("filed within a week"),
        "-3": _("filed more than 3 days ago"),
        "-7": _("filed more than a week ago"),
        "-30": _("filed more than 30 days ago"),
    },
}
"""What the filters' form offers."""

CASE = 9


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a view; an empty field narrows nothing.

    `age` is "3" for filed within three days, "-3" for longer ago; `only` names chosen cases.
    """

    region: str = ""
    tactic: str = ""
    language: str = ""
    band: str = ""
    age: str = ""
    only: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is narrowed."""
        return any(self._named().values()) or bool(self.only)

    def applied(self, cases: QuerySet[Case], *, now: datetime) -> QuerySet[Case]:
        """Return the cases that fit."""
        exact = {name: getattr(self, name) for name in ("region", "language", "band")}
        cases = cases.filter(**{name: value for name, value in exact.items() if value})
        if self.only:
            cases = cases.filter(pk__in=self.only)
        if self.age:
            since = now - AGES[self.age.lstrip("-")]
            cases = cases.filter(**{f"filed_at__{'lt' if self.age[0] == '-' else 'gte'}": since})
        if self.tactic:
            written = cases.annotate(written=Cast("tactics", TextField()))
            cases = written.filter(written__contains=f'"{self.tactic}"')
        return cases

    def query(self, more: Mapping[str, str]) -> str:
        """Return the filters and more as the part of an address after the question mark."""
        pairs = [(name, value) for name, value in {**more, **self._named()}.items() if value]
        return urlencode([*pairs, *(("only", case) for case in self.only)])

    def _named(self) -> dict[str, str]:
        return {
            "region": self.region,
            "tactic": self.tactic,
            "language": self.language,
            "band": self.band,
            "age": self.age,
        }


def read_filters(given: Mapping[str, str], *, only: list[str]) -> Filters:
    """Return the filters of an address; what is in no list narrows nothing."""
    lists = {
        "region": set(REGIONS),
        "tactic": set(TACTICS),
        "language": set(LANGUAGES),
        "band": {band.value for band in Band},
        "age": {*AGES, *(f"-{age}" for age in AGES)},
    }
    chosen = {name: given.get(name, "") for name in lists}
    known = {name: value for name, value in chosen.items() if value in lists[name]}
    return Filters(**known, only=tuple(case[:CASE] for case in only[:MOST_CHOSEN]))
