"""The whole book written anew beside the live one, then taken instead of it.

It gives the same answer as filing the reports one by one, since both are functions of the cases
(tests/desk/campaigns/test_same_in_any_order.py). It is for a new version of the keys or the words'
weights, and for whoever doubts. An interrupted rebuild goes on where it was; reports that arrive
meanwhile are linked in the live book at once and taken over at the end.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from django.db import transaction
from django.db.models import Max

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.campaigns.facts import Facts
from oberih.campaigns.lexicon import BUCKETS, Lexicon, digest_of, lexicon_of
from oberih.campaigns.models import (
    Book,
    Clue,
    Contact,
    Group,
    ScriptLink,
    Sighting,
    Utterance,
    Wording,
    WordingKey,
)
from oberih.campaigns.states import CaseId
from oberih.campaigns.taking import let_go, live_book, take_in
from oberih.campaigns.texts import Sketch

Progress = Callable[[int, int], None]


class Source(Protocol):
    """Where the cases come from: the desk."""

    def cases(self) -> Iterable[CaseId]:
        """Return every case that takes part in linking."""

    def facts(self, case: CaseId) -> Facts:
        """Return what linking may know of a case."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many cases the new book has, and whether it says something else than the old one."""

    cases: int
    changed: int


def rebuild(
    source: Source, *, now: datetime, learn: bool = False, told: Progress | None = None
) -> Rebuilt:
    """Write a new book and make it the live one; `learn` weighs the words by what was said."""
    book = _open_new(now=now, learn=learn)
    wanted = list(source.cases())
    done = set(Contact.objects.filter(book=book).values_list("case", flat=True))
    for number, case in enumerate(wanted, start=1):
        if case not in done:
            _take_one(source.facts(case), book=book)
        if told:
            told(number, len(wanted))
    with transaction.atomic():
        return _change_over(source, book=book)


@transaction.atomic
def _take_one(facts: Facts, *, book: int) -> None:
    take_in(facts, book=book)


def is_under_way() -> bool:
    """Tell whether a rebuild was begun and has not ended."""
    return Book.objects.filter(is_live=False).exists()


def _open_new(*, now: datetime, learn: bool) -> int:
    begun = Book.objects.filter(is_live=False).first()
    if begun is not None:
        return begun.number
    live = Book.objects.get(is_live=True)
    number = int(Book.objects.aggregate(last=Max("number"))["last"]) + 1
    stored = bytes(live.lexicon)
    if learn:
        stored = _learned(Lexicon.from_bytes(stored), book=live.number).to_bytes()
    Book.objects.create(number=number, lexicon=stored, digest=digest_of(stored), opened_at=now)
    return number


def _learned(old: Lexicon, *, book: int) -> Lexicon:
    """Return the weights that follow from the live book; a script counts as one text.

    A word that one text alone says was perhaps mistyped: it is not counted.
    """
    said: dict[str, set[int]] = defaultdict(set)
    texts = np.zeros(int(BUCKETS) + 1, np.uint32)
    for group, sketch in _wordings(book):
        words = np.unique(Sketch.from_bytes(sketch).words & BUCKETS)
        texts[words] += 1
        said[group] |= set(words.tolist())
    counts = np.zeros(int(BUCKETS) + 1, np.uint32)
    for buckets in said.values():
        counts[sorted(buckets)] += 1
    counts[texts == 1] = 0
    return lexicon_of(counts, texts=len(said), salt=old.salt)


def _wordings(book: int) -> Iterator[tuple[str, bytes]]:
    """Yield each wording's sketch with the group of its first speaker."""
    rows = Utterance.objects.filter(wording__book=book).order_by("wording", "contact__case")
    last = 0
    for wording, group, sketch in rows.values_list(
        "wording_id", "contact__group", "wording__sketch"
    ).iterator():
        if wording != last:
            yield group, bytes(sketch)
        last = wording


def _change_over(source: Source, *, book: int) -> Rebuilt:
    """Take over what changed meanwhile, then change the live book; the old one goes."""
    Book.objects.select_for_update().get(is_live=True)
    old = live_book()
    there, here = _digests(old), _digests(book)
    wanted = set(source.cases())
    for case in sorted(wanted):
        if case not in here or here[case] != there.get(case, here[case]):
            take_in(source.facts(case), book=book)
    for gone in sorted(set(here) - wanted):
        let_go(CaseId(gone), book=book)
    changed = _difference(old, book)
    Book.objects.filter(pk=old).delete()
    Book.objects.filter(pk=book).update(is_live=True)
    _forget(old)
    detail = {"cases": len(wanted), "changed": changed}
    record(Act.CAMPAIGNS_REBUILT, actor=None, subject=f"book {book}", detail=detail)
    return Rebuilt(len(wanted), changed)


def _digests(book: int) -> dict[str, str]:
    return dict(Contact.objects.filter(book=book).values_list("case", "digest"))


def _difference(old: int, new: int) -> int:
    """Return how many cases are in another group than before."""
    before, after = (
        dict(Contact.objects.filter(book=book).values_list("case", "group")) for book in (old, new)
    )
    return sum(before.get(case) != group for case, group in after.items())


def _forget(book: int) -> None:
    Sighting.objects.filter(contact__book=book).delete()
    Utterance.objects.filter(contact__book=book).delete()
    ScriptLink.objects.filter(book=book).delete()
    WordingKey.objects.filter(book=book).delete()
    Wording.objects.filter(book=book).delete()
    Clue.objects.filter(book=book).delete()
    Contact.objects.filter(book=book).delete()
    Group.objects.filter(book=book).delete()
