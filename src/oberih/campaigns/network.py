"""Contacts and what links them, for pages: never more than a page can show, and how many more."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Q

from oberih.campaigns.models import Clue, Contact, ScriptLink, Sighting, Utterance
from oberih.campaigns.states import OBSERVED, Reason

MOST_NODES = 300


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for a link: `strength` is 1/(other families) for a clue, likeness for a script."""

    reason: Reason
    strength: float
    value: str = ""
    families: int = 0
    words: int = 0

    @property
    def is_inferred(self) -> bool:
        """Tell whether it was concluded and not seen."""
        return self.reason in {Reason.PATTERN, Reason.SCRIPT}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two contacts, by row, and every reason to link them, the strongest first."""

    one: int
    other: int
    whys: tuple[Why, ...]

    @property
    def strength(self) -> float:
        """Return the strongest reason's strength."""
        return self.whys[0].strength


@dataclass(frozen=True, slots=True)
class Shown:
    """That a contact shows a clue."""

    contact: int
    clue: int
    is_near: bool


@dataclass(frozen=True, slots=True)
class Network:
    """What links some contacts: clues that at least two of them show, and scripts."""

    clues: tuple[Clue, ...] = ()
    shown: tuple[Shown, ...] = ()
    scripts: tuple[Pair, ...] = ()
    strongest: dict[int, Pair] = field(default_factory=dict)


def network(contacts: Iterable[int]) -> Network:
    """Return what links these contacts, given by row (at most `MOST_NODES`)."""
    rows = sorted(contacts)[:MOST_NODES]
    shown = _shown(rows)
    by_clue: dict[int, list[int]] = defaultdict(list)
    for one in shown:
        by_clue[one.clue].append(one.contact)
    shared = {clue for clue, listed in by_clue.items() if len(listed) > 1}
    clues = tuple(Clue.objects.filter(pk__in=shared).order_by("kind", "value"))
    scripts = tuple(_scripts(rows))
    return Network(
        clues=clues,
        shown=tuple(one for one in shown if one.clue in shared),
        scripts=scripts,
        strongest=_strongest(clues, by_clue=by_clue, scripts=scripts),
    )


def whys_between(one: str, other: str, *, book: int) -> tuple[Why, ...]:
    """Return every reason to link two cases, the strongest first."""
    rows = dict(Contact.objects.filter(book=book, case__in=(one, other)).values_list("case", "pk"))
    found = network(rows.values())
    whys = [_why(clue) for clue in found.clues]
    whys += [why for pair in found.scripts for why in pair.whys]
    return tuple(sorted(whys, key=_rank))


def neighbours(contact: Contact, *, most: int) -> list[Pair]:
    """Return the contacts that most strongly belong with this one, each with its reasons."""
    whys: dict[int, list[Why]] = defaultdict(list)
    own = [one.clue_id for one in contact.sightings.all()]
    clues = {clue.pk: clue for clue in Clue.objects.filter(pk__in=own).order_by("families")}
    for clue in clues.values():
        others = Sighting.objects.filter(clue=clue).exclude(contact=contact).order_by("contact")
        for other in others.values_list("contact_id", flat=True)[:most]:
            whys[other].append(_why(clue))
    for pair in _scripts_of(contact, most=most):
        whys[pair.other].extend(pair.whys)
    pairs = [
        Pair(contact.pk, other, tuple(sorted(listed, key=_rank))) for other, listed in whys.items()
    ]
    return sorted(pairs, key=lambda pair: (-pair.strength, pair.other))[:most]


def _rank(why: Why) -> tuple[float, str, str]:
    return (-why.strength, why.reason, why.value)


def _why(clue: Clue) -> Why:
    strength = 1 / max(1, clue.families - 1)
    shown = strength if clue.kind in OBSERVED else strength / 2
    return Why(Reason(clue.kind), shown, value=clue.value, families=clue.families)


def _shown(rows: list[int]) -> list[Shown]:
    seen = Sighting.objects.filter(contact__in=rows, clue__families__gt=1).order_by("pk")
    return [Shown(*one) for one in seen.values_list("contact_id", "clue_id", "is_near")]


def _scripts(rows: list[int]) -> list[Pair]:
    """Return the pairs with the same words or with alike ones; each wording's speakers in a row."""
    said: dict[int, list[int]] = defaultdict(list)
    utterances = Utterance.objects.filter(contact__in=rows).order_by("contact")
    for wording, contact in utterances.values_list("wording_id", "contact_id"):
        said[wording].append(contact)
    pairs = [
        Pair(one, other, (Why(Reason.WORDS, 1.0),))
        for listed in said.values()
        for one, other in pairwise(listed)
    ]
    links = ScriptLink.objects.filter(one__in=said, other__in=said).order_by("-strength", "pk")
    for link in links[: MOST_NODES * 4]:
        one, other = said[link.one_id][0], said[link.other_id][0]
        if one != other:
            why = Why(Reason.SCRIPT, link.strength, words=link.words)
            pairs.append(Pair(min(one, other), max(one, other), (why,)))
    return pairs


def _scripts_of(contact: Contact, *, most: int) -> list[Pair]:
    own = contact.utterances.values("wording")
    same = Utterance.objects.filter(wording__in=own).exclude(contact=contact).order_by("contact")
    pairs = [
        Pair(contact.pk, other, (Why(Reason.WORDS, 1.0),))
        for other in same.values_list("contact_id", flat=True)[:most]
    ]
    mine = set(own.values_list("wording", flat=True))
    links = ScriptLink.objects.filter(Q(one__in=mine) | Q(other__in=mine)).order_by("-strength")
    for link in links[:most]:
        wording = link.other_id if link.one_id in mine else link.one_id
        why = Why(Reason.SCRIPT, link.strength, words=link.words)
        speakers = Utterance.objects.filter(wording=wording).exclude(contact=contact)
        first = speakers.order_by("contact").values_list("contact_id", flat=True).first()
        if first is not None:
            pairs.append(Pair(contact.pk, first, (why,)))
    return pairs


def _strongest(
    clues: Iterable[Clue], *, by_clue: dict[int, list[int]], scripts: Iterable[Pair]
) -> dict[int, Pair]:
    """Return for each contact the link that most speaks for its place here."""
    found: dict[int, Pair] = {}
    pairs = [*scripts, *(pair for clue in clues for pair in _ring(clue, holders=by_clue[clue.pk]))]
    for pair in sorted(pairs, key=lambda one: (-one.strength, one.one, one.other)):
        found.setdefault(pair.one, pair)
        found.setdefault(pair.other, pair)
    return found


def _ring(clue: Clue, *, holders: list[int]) -> list[Pair]:
    """Return a link of each holder of a clue to the next one."""
    ordered = sorted(holders)
    following = zip(ordered, [*ordered[1:], ordered[0]], strict=True)
    return [Pair(one, other, (_why(clue),)) for one, other in following]
