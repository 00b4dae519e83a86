"""What goes into a referral: exactly the chosen items, with the family's name and contact cut out.

The words of a stranger may still describe the family in other ways: somebody reads the preview.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from oberih.desk import threads
from oberih.desk.access.models import FamilyIdentity
from oberih.desk.casework.refusals import NoSuchBody, NotForThisBody, NothingToPass
from oberih.desk.models import Case
from oberih.desk.regions import region_name
from oberih.desk.states import Direction
from oberih.desk.words import STAGES, TACTICS

BODIES = Path(__file__).with_name("bodies.yaml")
IDENTITY = "identity"
CUT = "[…]"
SHORTEST_NAME = 4
ENDING = 2
DIGITS = 7
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\+?\d[\d ()-]{5,}\d")


@dataclass(frozen=True, slots=True)
class Body:
    """A body that cases can be referred to."""

    code: str
    purpose: str
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of content, and the purposes for which it never leaves."""

    code: str
    name: dict[str, str]
    never: frozenset[str]


@dataclass(frozen=True, slots=True)
class Package:
    """What would leave: to which body, which items, word for word."""

    body: Body
    items: tuple[Item, ...]
    text: str

    @property
    def names_the_family(self) -> bool:
        """Tell whether it says who the family is."""
        return any(item.code == IDENTITY for item in self.items)


def package(case: Case, *, body: str, items: Iterable[str]) -> Package:
    """Return the redacted package; raises NoSuchBody, NotForThisBody, NothingToPass."""
    to, chosen = the_body(body), the_items(items, body=body)
    cut = _cut_of(case)
    names_it = any(item.code == IDENTITY for item in chosen)
    sections = [_section(item, case=case) for item in chosen]
    text = "\n\n".join(sections)
    return Package(to, chosen, text if names_it else cut(text))


def the_body(code: str) -> Body:
    """Return a body; raises NoSuchBody."""
    if code not in bodies():
        raise NoSuchBody
    return bodies()[code]


def the_items(codes: Iterable[str], *, body: str) -> tuple[Item, ...]:
    """Return the items in the file's order; raises NotForThisBody, NothingToPass."""
    wanted, purpose = set(codes), the_body(body).purpose
    chosen = tuple(item for code, item in items_of_packages().items() if code in wanted)
    if not chosen or len(chosen) != len(wanted):
        raise NothingToPass
    if any(purpose in item.never for item in chosen):
        raise NotForThisBody
    return chosen


@cache
def bodies() -> dict[str, Body]:
    """Return the bodies as they are shipped."""
    return {
        code: Body(code, one["purpose"], {"uk": one["uk"], "en": one["en"]})
        for code, one in _file()["bodies"].items()
    }


@cache
def items_of_packages() -> dict[str, Item]:
    """Return what a package can contain."""
    return {
        code: Item(code, {"uk": one["uk"], "en": one["en"]}, frozenset(one.get("never", ())))
        for code, one in _file()["items"].items()
    }


def _file() -> dict[str, dict[str, dict[str, str]]]:
    read: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(BODIES.read_text("utf-8"))
    return read


def _section(item: Item, *, case: Case) -> str:
    lines = list(SECTIONS[item.code](case)) or ["—"]
    return "\n".join([f"{item.name['uk'].upper()}", *lines])


def _identifiers(case: Case) -> Iterator[str]:
    rows = case.identifiers.order_by("kind", "value")
    return (f"{kind}: {value}" for kind, value in rows.values_list("kind", "value"))


def _assessment(case: Case) -> Iterator[str]:
    for tactic in case.tactics:
        yield f"{tactic}: {TACTICS.get(tactic, tactic)}"
    if case.stage is not None:
        yield f"{case.stage}: {STAGES[case.stage]}"


def _days(case: Case) -> Iterator[str]:
    reports = case.conversation.messages.filter(direction=Direction.REPORT)
    return (
        f"{day:%d.%m.%Y}"
        for day in reports.order_by("day").values_list("day", flat=True).distinct()
    )


def _region(case: Case) -> Iterator[str]:
    if case.region:
        yield region_name(case.region)


def _strangers_words(case: Case) -> Iterator[str]:
    for entry in threads.entries(case.conversation.messages.all()):
        yield from (line.text for line in entry.chat if line.sender == "them")


def _familys_words(case: Case) -> Iterator[str]:
    for entry in threads.entries(case.conversation.messages.all()):
        if entry.first.direction == Direction.REPORT:
            yield entry.text
            yield from (line.text for line in entry.chat if line.sender == "me")


def _identity(case: Case) -> Iterator[str]:
    row = FamilyIdentity.objects.filter(case=case).first()
    if row is not None:
        yield from (one for one in (row.name, row.contact) if one)


SECTIONS: dict[str, Callable[[Case], Iterator[str]]] = {
    "identifiers": _identifiers,
    "assessment": _assessment,
    "days": _days,
    "region": _region,
    "strangers-words": _strangers_words,
    "familys-words": _familys_words,
    IDENTITY: _identity,
}


def _cut_of(case: Case) -> Callable[[str], str]:
    """Return what cuts the family's name (in any ending), accounts and numbers out of a text."""
    row = FamilyIdentity.objects.filter(case=case).first()
    said = "" if row is None else f"{row.name} {row.contact}"
    numbers = {_digits(one) for one in _NUMBER.findall(said)}
    words = "|".join(_said_of(row))

    def cut(text: str) -> str:
        if words:
            text = re.sub(rf"\b(?:{words})\b", CUT, text, flags=re.IGNORECASE)
        return _NUMBER.sub(lambda one: CUT if _digits(one[0]) in numbers else one[0], text)

    return cut


def _said_of(row: FamilyIdentity | None) -> Iterator[str]:
    """Yield the patterns of words that say who the family is: names, and accounts as they stand."""
    if row is None:
        return
    for word in _LETTERS.findall(f"{row.name} {row.contact}"):
        if len(word) >= SHORTEST_NAME:
            yield rf"{re.escape(word[:-ENDING])}\w{{0,4}}"
    for word in _LETTERS.findall(row.name):
        if len(word) == SHORTEST_NAME - 1:
            yield rf"{re.escape(word[:-1])}\w{{1,2}}"
    for account in re.findall(r"\w+", row.contact):
        if len(account) >= SHORTEST_NAME and not account.isdecimal():
            yield re.escape(account)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)[-DIGITS:]
