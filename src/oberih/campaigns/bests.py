"""Links between texts as they are written, and what that does to links that were there before.

A text's best link decides which of its weaker ones join (`alike.joins`). So a new link can let
others fall, and a link that goes can let others rise. Mostly the ends of what fell stay together
through a third text that both are joined with; then nothing has to be grouped anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import TypeVar

from django.db import connection

from oberih.campaigns.alike import BEST, FORK, joins
from oberih.campaigns.models import ScriptLink, Wording
from oberih.campaigns.postings import Change

_Value = TypeVar("_Value", int, str)

MANY = 500
"""So many values one statement carries."""

MOST_ASKED = 40
"""Whose neighbours are read to save a grouping; beyond it grouping anew is the cheaper way."""

Ends = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Text:
    """A wording: its row, its rank, and its best link before and now."""

    pk: int
    rank: int
    before: float
    now: float


def write_links(change: Change, *, book: int) -> set[int]:
    """Make and drop links; return the ranks of texts that must be grouped anew for it."""
    texts = _texts(change, book=book)
    _drop(change.dropped, texts=texts)
    ScriptLink.objects.bulk_create(
        ScriptLink(
            book=book,
            one_id=texts[link.one].pk,
            other_id=texts[link.other].pk,
            strength=link.strength,
            words=link.words,
        )
        for link in change.made
    )
    texts = _with_bests(change, texts=texts)
    _write_bests(texts.values())
    risen = {one.rank for one in texts.values() if min(one.before, BEST) > min(one.now, BEST)}
    return risen | _parted(change, texts=texts)


def chunks(values: Iterable[_Value], *, size: int = MANY) -> Iterable[list[_Value]]:
    """Return the values in lists that one statement can carry."""
    listed = sorted(values)
    return (listed[at : at + size] for at in range(0, len(listed), size))


def _texts(change: Change, *, book: int) -> dict[int, _Text]:
    return {
        rank: _Text(pk, rank, best, best)
        for some in chunks(change.ends)
        for pk, rank, best in Wording.objects.filter(book=book, rank__in=some).values_list(
            "pk", "rank", "best"
        )
    }


def _drop(dropped: Iterable[Ends], *, texts: Mapping[int, _Text]) -> None:
    for one, pairs in groupby(dropped, key=itemgetter(0)):
        for some in chunks(texts[other].pk for _one, other in pairs):
            ScriptLink.objects.filter(one=texts[one].pk, other__in=some).delete()


def _with_bests(change: Change, *, texts: Mapping[int, _Text]) -> dict[int, _Text]:
    """Return the texts with the strongest link that each has now."""
    best: dict[int, float] = defaultdict(float)
    for link in change.made:
        for end in (link.one, link.other):
            best[end] = max(best[end], link.strength)
    lost = {end for pair in change.dropped for end in pair}
    kept = _bests_of(texts[rank].pk for rank in lost)
    return {
        rank: _Text(
            one.pk,
            rank,
            one.before,
            kept[one.pk] if rank in lost else max(one.before, best[rank]),
        )
        for rank, one in texts.items()
    }


def _bests_of(numbers: Iterable[int]) -> Mapping[int, float]:
    found: dict[int, float] = defaultdict(float)
    for one, other, strength, _best, _best_too in _links_at(numbers):
        for end in (one, other):
            found[end] = max(found[end], strength)
    return found


def _write_bests(texts: Iterable[_Text]) -> None:
    changed = [(one.now, one.pk) for one in texts if one.now != one.before]
    if changed:
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE campaigns_wording SET best = %s WHERE id = %s", changed)


def _parted(change: Change, *, texts: Mapping[int, _Text]) -> set[int]:
    """Return the texts that may stand apart now: their link fell, and no third text joins them."""
    near = {
        end
        for link in change.made
        if link.strength >= FORK * BEST
        for end in (link.one, link.other)
    }
    rank_of = {one.pk: one.rank for one in texts.values()}
    fallen = {
        tuple(sorted((texts[one].pk, texts[other].pk)))
        for one, other in change.dropped
        if not {one, other} <= near or change.rank in {one, other}
    }
    fallen |= {ends for ends in _fallen(texts) if not {rank_of.get(end) for end in ends} <= near}
    asked = {end for ends in fallen for end in ends}
    if len(asked) > MOST_ASKED:
        return _ranks(asked)
    beside = _joined_with(asked)
    parted = [ends for ends in fallen if not set.intersection(*(beside[end] for end in ends))]
    return _ranks({end for ends in parted for end in ends})


def _fallen(texts: Mapping[int, _Text]) -> set[tuple[int, ...]]:
    """Return the links that joined before a text's best link rose, and join no longer."""
    bested = {one.pk: one for one in texts.values() if 0 < one.before < min(one.now, BEST)}
    before = {one.pk: one.before for one in texts.values()}
    return {
        (one, other)
        for one, other, strength, best, best_too in _links_at(bested)
        for was in [min(before.get(one, best), before.get(other, best_too))]
        if was > 0 and joins(strength, best=was) and not joins(strength, best=min(best, best_too))
    }


def _joined_with(numbers: Iterable[int]) -> Mapping[int, set[int]]:
    """Return for each text itself and all that a link joins it with now."""
    found: dict[int, set[int]] = defaultdict(set)
    for one, other, strength, best, best_too in _links_at(numbers):
        if joins(strength, best=min(best, best_too)):
            found[one] |= {one, other}
            found[other] |= {one, other}
    return found


Located = tuple[int, int, float, float, float]
"""A link: its ends, its strength, and the best link of either end."""


def _links_at(numbers: Iterable[int]) -> Iterable[Located]:
    columns = ("one_id", "other_id", "strength", "one__best", "other__best")
    listed = list(numbers)
    return chain.from_iterable(
        ScriptLink.objects.filter(**{f"{end}__in": some}).values_list(*columns)
        for some in chunks(listed)
        for end in ("one", "other")
    )


def _ranks(numbers: Iterable[int]) -> set[int]:
    return {
        rank
        for some in chunks(numbers)
        for rank in Wording.objects.filter(pk__in=some).values_list("rank", flat=True)
    }
