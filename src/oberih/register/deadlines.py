"""What is due by when, by rules that are data; each with its article, or labelled policy.

The clock starts with an event that a source tells of, never with a claim, and stops when what was
due has come or the captivity has ended. Something is overdue only when even the latest possible
day is past.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from oberih.register.states import Category, EventType
from oberih.register.statuses import Fact, effective

POLICY = "policy"
ENDED = frozenset({EventType.RELEASED, EventType.EXCHANGED, EventType.DIED, EventType.CLOSED})


class DueState(StrEnum):
    """Where a deadline stands; between the earliest and the latest day it may have passed."""

    RUNNING = "running"
    PERHAPS = "perhaps overdue"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the file has it."""

    name: str
    article: str
    text: str
    reading: str
    categories: frozenset[Category]
    starts: frozenset[EventType]
    is_started_officially: bool
    met_by: frozenset[EventType]
    days: tuple[int, ...]

    @property
    def is_policy(self) -> bool:
        """Whether no article gives the days."""
        return self.article == POLICY


@dataclass(frozen=True, slots=True)
class Due:
    """Something that has not come yet: by which rule, since which event, due when."""

    rule: Rule
    since: Fact
    earliest: date
    latest: date

    def state(self, *, today: date) -> DueState:
        """Return where it stands on this day."""
        if today > self.latest:
            return DueState.OVERDUE
        return DueState.PERHAPS if today > self.earliest else DueState.RUNNING


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of the file."""
    text = files("oberih.register").joinpath("rules/deadlines.yaml").read_text("utf-8")
    return tuple(_rule(name, raw) for name, raw in yaml.safe_load(text).items())


def due(facts: Iterable[Fact], *, category: Category, today: date) -> list[Due]:
    """Return what is due and has not come, the most urgent first; one line a rule and person.

    Of a rule with several terms, the last one that is past counts, or else the first to come.
    """
    known = [one for one in effective(facts) if not one.is_claim]
    found = [
        one
        for rule in rules()
        if category in rule.categories
        for one in _of_rule(rule, facts=known, today=today)
    ]
    return sorted(found, key=lambda one: (one.latest, one.rule.name))


def _of_rule(rule: Rule, *, facts: list[Fact], today: date) -> Iterator[Due]:
    """Yield what is due since the latest event that starts the rule's clock."""
    starts = [
        one
        for one in facts
        if one.type in rule.starts and (one.is_official or not rule.is_started_officially)
    ]
    if not starts:
        return
    since = max(starts, key=lambda one: (one.day, one.learned_on, one.position))
    later = [one for one in facts if one.day >= since.day and one.type not in rule.starts]
    if any(one.type in rule.met_by or _ends(one) for one in later):
        return
    first = since.occurred_from or since.day
    terms = [
        Due(rule, since, first + timedelta(days=days), since.day + timedelta(days=days))
        for days in rule.days
    ]
    past = [one for one in terms if today > one.latest]
    yield past[-1] if past else terms[0]


def _ends(fact: Fact) -> bool:
    """Whether nothing is asked for after it; a report of death ends nothing unless official."""
    return fact.type in ENDED and (fact.type is not EventType.DIED or fact.is_official)


def _rule(name: str, raw: dict[str, Any]) -> Rule:
    return Rule(
        name=name,
        article=raw["article"],
        text=raw["text"],
        reading=raw["reading"],
        categories=frozenset(Category(one) for one in raw["categories"]),
        starts=frozenset(EventType(one) for one in raw["starts"]),
        is_started_officially=raw.get("officially", False),
        met_by=frozenset(EventType(one) for one in raw["met_by"]),
        days=tuple(sorted(raw["days"])),
    )
