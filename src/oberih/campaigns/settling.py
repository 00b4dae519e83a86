"""Which group each contact is in, kept up to date with every change: only what is touched moves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet

from oberih.campaigns.alike import joins
from oberih.campaigns.bests import MANY, chunks
from oberih.campaigns.joining import ACCEPTED, Edge, Joined, joined
from oberih.campaigns.models import Contact, LinkVerdict, ScriptLink, Sighting, Utterance
from oberih.campaigns.states import Verdict
from oberih.campaigns.sums import add_one, add_up


@dataclass(frozen=True, slots=True)
class _Found:
    edges: tuple[Edge, ...]
    components: frozenset[str]


def settle(cases: Iterable[str], *, book: int) -> None:
    """Group these cases and everything linked with them anew.

    Components are closed: what is linked with one of them is in it. So the answer is the one that
    grouping all contacts at once would give.
    """
    rows = Contact.objects.filter(book=book, case__in=list(cases))
    components = set(rows.values_list("component", flat=True))
    found = _found(book, components=components)
    while not found.components <= components:
        components |= found.components
        found = _found(book, components=components)
    _write(book, components=components, edges=found.edges)


def join(case: str, *, book: int) -> None:
    """Group a case that only gained links: its component and its neighbours' become one.

    It falls back to `settle` where a person keeps cases apart.
    """
    own = Contact.objects.get(book=book, case=case)
    _unite({own.component, *_beside(own)}, case=case, book=book)


def join_new(contact: Contact) -> None:
    """Group a contact that has just come; what joins one group is added to its sums."""
    book, case = contact.book, contact.case
    beside = _beside(contact) - {case}
    is_simple = len(beside) == 1 and min(beside) < case
    if not is_simple or _is_anyone_apart(book, components=beside | {case}):
        _unite(beside | {case}, case=case, book=book)
        return
    [contact.group] = [contact.component] = beside
    Contact.objects.filter(pk=contact.pk).update(component=contact.group, group=contact.group)
    add_one(contact)


def _unite(components: set[str], *, case: str, book: int) -> None:
    if _is_anyone_apart(book, components=components):
        settle([case], book=book)
        return
    least = min(components)
    others = components - {least}
    if others:
        _in(book, components=others).update(component=least, group=least)
    add_up({least}, gone=others, book=book)


def _in(book: int, *, components: Iterable[str]) -> QuerySet[Contact]:
    return Contact.objects.filter(book=book, component__in=list(components))


def _is_anyone_apart(book: int, *, components: set[str]) -> bool:
    rejected = LinkVerdict.objects.filter(verdict=Verdict.REJECTED)
    if not rejected.exists():
        return False
    inside = _in(book, components=components).values("case")
    return rejected.filter(Q(one__in=inside) | Q(other__in=inside)).exists()


def _beside(own: Contact) -> set[str]:
    """Return the components of everybody whom a contact, no fake, is linked with; each once."""
    clues = own.sightings.filter(clue__joins=True).values("clue")
    wordings = set(Utterance.objects.filter(contact=own).values_list("wording", flat=True))
    ends = wordings | {end for link in _links(wordings) for end in (link.one, link.other)}
    shown = Sighting.objects.filter(clue__in=clues, contact__is_apart=False)
    spoken = Utterance.objects.filter(wording__in=ends, contact__is_apart=False)
    columns = [rows.values_list("contact__component", flat=True) for rows in (shown, spoken)]
    accepted = _accepted(Contact.objects.filter(pk=own.pk), book=own.book)
    return set(columns[0].union(columns[1])) | {component for _edge, component in accepted}


class _Link(NamedTuple):
    """A link between texts that joins: their rows, and their ranks, which name them."""

    one: int
    other: int
    ranks: tuple[int, int]
    strength: float


def _links(wordings: Iterable[int]) -> set[_Link]:
    """Return the joining links at these texts, at one end or the other (an OR would read all)."""
    columns = ("one", "other", "one__rank", "other__rank", "strength", "one__best", "other__best")
    links = ScriptLink.objects.values_list(*columns)
    return {
        _Link(one, other, (rank, to), strength)
        for some in chunks(wordings)
        for one, other, rank, to, strength, *bests in links.filter(one__in=some).union(
            links.filter(other__in=some)
        )
        if joins(strength, best=min(bests))
    }


def _found(book: int, *, components: set[str]) -> _Found:
    """Return the edges at all contacts of the components."""
    members = _in(book, components=components)
    edges: list[Edge] = []
    touched: set[str] = set()
    for edge, component in (
        *(one for world in _worlds(members) for one in (*_shared_clues(world), *_said(world))),
        *_accepted(members, book=book),
    ):
        edges.append(edge)
        touched.add(component)
    return _Found(tuple(edges), frozenset(touched - {""}))


class _World(NamedTuple):
    """Contacts that may be joined: the real ones, or those that a person set apart as fakes."""

    members: QuerySet[Contact]
    is_apart: bool

    def named(self, node: str) -> str:
        """Return the name of a node: what both worlds share is two nodes, so it joins neither."""
        return f"apart {node}" if self.is_apart else node


def _worlds(members: QuerySet[Contact]) -> Iterator[_World]:
    for is_apart in (False, True):
        found = members.filter(is_apart=is_apart)
        if found.exists():
            yield _World(found, is_apart)


Located = tuple[Edge, str]
"""An edge, and the component of the contact at its first end."""


def _shared_clues(world: _World) -> Iterator[Located]:
    own = Sighting.objects.filter(contact__in=world.members, clue__joins=True)
    shown = Sighting.objects.filter(clue__in=own.values("clue"), contact__is_apart=world.is_apart)
    rows = shown.values_list(
        "contact__case", "contact__component", "clue__kind", "clue__value", "clue__families"
    )
    for case, component, kind, value, families in rows:
        node = world.named(f"{kind} {value}")
        yield Edge(case, node, 1 / max(1, families - 1)), component


def _said(world: _World) -> Iterator[Located]:
    own = Utterance.objects.filter(contact__in=world.members)
    ends = set(own.values_list("wording", flat=True))
    for link in _links(ends):
        ends |= {link.one, link.other}
        one, other = (world.named(_wording(rank)) for rank in link.ranks)
        yield Edge(one, other, link.strength), ""
    for some in chunks(ends):
        rows = Utterance.objects.filter(wording__in=some, contact__is_apart=world.is_apart)
        for case, component, rank in rows.values_list(
            "contact__case", "contact__component", "wording__rank"
        ):
            yield Edge(case, world.named(_wording(rank)), 1.0), component


def _accepted(members: QuerySet[Contact], *, book: int) -> Iterator[Located]:
    cases = members.values("case")
    accepted = LinkVerdict.objects.filter(verdict=Verdict.ACCEPTED)
    rows = list(accepted.filter(Q(one__in=cases) | Q(other__in=cases)))
    if not rows:
        return
    named = {case for row in rows for case in (row.one, row.other)}
    there = Contact.objects.filter(book=book, case__in=named)
    component = dict(there.values_list("case", "component"))
    for row in rows:
        if row.one in component and row.other in component:
            yield Edge(row.one, row.other, ACCEPTED), component[row.one]
            yield Edge(row.other, row.one, ACCEPTED), component[row.other]


def _wording(rank: int) -> str:
    return f"wording {rank:019d}"


def _write(book: int, *, components: set[str], edges: tuple[Edge, ...]) -> None:
    members = list(_in(book, components=components))
    cases = {row.case for row in members}
    rejected = LinkVerdict.objects.filter(verdict=Verdict.REJECTED)
    apart = [pair for pair in rejected.values_list("one", "other") if set(pair) <= cases]
    found = joined(cases, edges=edges, apart=apart)
    before = {row.group for row in members}
    changed = [row for row in members if _relabelled(row, by=found)]
    Contact.objects.bulk_update(changed, ["component", "group"], batch_size=MANY)
    after = set(found.groups.values())
    add_up(after, gone=before - after, book=book)


def _relabelled(row: Contact, *, by: Joined) -> bool:
    """Give the row its labels; tell whether they are new."""
    fresh = (by.components[row.case], by.groups[row.case])
    is_new = fresh != (row.component, row.group)
    row.component, row.group = fresh
    return is_new
