"""The table of a group: each contact with the link that most speaks for its place here."""

from collections.abc import Mapping
from dataclasses import dataclass

from oberih.campaigns.calibration import calibration
from oberih.campaigns.models import Contact, LinkVerdict
from oberih.campaigns.network import Network, Pair
from oberih.desk import words
from oberih.desk.campaigns.escrow import Sides
from oberih.desk.campaigns.words import VERDICTS, why_words
from oberih.desk.regions import region_name
from oberih.staff.models import Member
from oberih.staff.roles import Permission

MOST_TACTICS = 3


@dataclass(frozen=True, slots=True)
class Table:
    """The contacts that a page lists, and what is known about them."""

    contacts: tuple[Contact, ...]
    network: Network
    sides: Sides
    confirmed: frozenset[str] | None
    """The cases that a person confirmed; None where nobody has named the group."""


@dataclass(frozen=True, slots=True)
class Link:
    """Why a contact is here: to which row, how sure, and what a person said of it."""

    beside: int
    why: str
    strength: int
    is_inferred: bool
    pair: tuple[int, int]
    verdict: str
    verdict_word: str


@dataclass(frozen=True, slots=True)
class Row:
    """A contact in the table; `case` is empty for those who may not open it."""

    number: int
    contact: Contact
    case: str
    region: str
    tactics: tuple[str, ...]
    link: Link | None
    is_opened: bool
    is_new: bool
    is_held: bool


def rows_of(table: Table, *, by: Member) -> tuple[Row, ...]:
    """Return the rows in their order."""
    numbers = {one.pk: number for number, one in enumerate(table.contacts, start=1)}
    cases = {one.pk: one.case for one in table.contacts}
    verdicts, said = _verdicts(table.contacts), calibration()
    may_read = by.may(Permission.CASE_READ)

    def link(pair: Pair, *, of: int) -> Link:
        beside = pair.other if pair.one == of else pair.one
        ends = tuple(sorted((cases[pair.one], cases[pair.other])))
        verdict = verdicts.get(ends, "")
        why = pair.whys[0]
        return Link(
            beside=numbers[beside],
            why=why_words(why),
            strength=round(100 * said.strength(why.reason, raw=why.strength)),
            is_inferred=why.is_inferred,
            pair=(pair.one, pair.other),
            verdict=verdict,
            verdict_word=str(VERDICTS.get(verdict, "")),
        )

    strongest = table.network.strongest
    return tuple(
        Row(
            number=numbers[one.pk],
            contact=one,
            case=one.case if may_read and one.case in table.sides.own else "",
            region=region_name(one.region),
            tactics=tuple(words.tactic_words(one.tactics)[:MOST_TACTICS]),
            link=link(strongest[one.pk], of=one.pk) if one.pk in strongest else None,
            is_opened=one.case in table.sides.opened,
            is_new=table.confirmed is not None and one.case not in table.confirmed,
            is_held=one.is_held,
        )
        for one in table.contacts
    )


def _verdicts(contacts: tuple[Contact, ...]) -> Mapping[tuple[str, ...], str]:
    cases = [one.case for one in contacts]
    rows = LinkVerdict.objects.filter(one__in=cases, other__in=cases)
    return {(row.one, row.other): row.verdict for row in rows}
