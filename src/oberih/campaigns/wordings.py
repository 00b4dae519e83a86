"""The strangers' texts of a book, and the links between them, as `postings` says they change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

import numpy as np
from django.db import connection
from django.db.models import QuerySet

from oberih.campaigns.alike import FEWEST_WORDS
from oberih.campaigns.bests import chunks, write_links
from oberih.campaigns.lexicon import Lexicon
from oberih.campaigns.models import Book, Contact, ScriptLink, Utterance, Wording, WordingKey
from oberih.campaigns.postings import ANCHORS, Change, put_up, rank_of, take_off
from oberih.campaigns.sketch import words_of
from oberih.campaigns.texts import Sketch

ONE = ("one", "other")
Pair = tuple[int, int]
UNDER = "SELECT key, rank FROM campaigns_wordingkey WHERE book = %s AND key = %s ORDER BY rank"


@dataclass(frozen=True, slots=True)
class Moved:
    """Whether links only came, and the contacts whose links may have gone or changed."""

    has_lost: bool
    cases: frozenset[str]


NOTHING = Moved(has_lost=False, cases=frozenset())


def said(contact: Contact, *, texts: Iterable[str]) -> Moved:
    """File what a contact said, and take away what it no longer says."""
    shelf = open_shelf(contact.book)
    sketches = {
        rank_of(one, lexicon=shelf.lexicon): one for one in map(sketch_of, texts) if is_telling(one)
    }
    own = dict(contact.utterances.values_list("wording__rank", "wording_id"))
    moves = [_leave(contact, rank=rank, shelf=shelf) for rank in sorted(set(own) - set(sketches))]
    moves += [
        _utter(contact, sketch=sketches[rank], shelf=shelf)
        for rank in sorted(set(sketches) - set(own))
    ]
    return Moved(
        has_lost=any(one.has_lost for one in moves),
        cases=frozenset(case for one in moves for case in one.cases),
    )


def sketch_of(text: str) -> Sketch:
    """Return the sketch of a text, hashed as the command hashes it."""
    hashes = (blake2b(word.encode(), digest_size=4).digest() for word in words_of(text))
    return Sketch(np.array([int.from_bytes(one, "little") for one in hashes], np.uint32))


def is_telling(sketch: Sketch) -> bool:
    """Tell whether a text has words enough to be told from others."""
    return len(set(sketch.words.tolist())) >= FEWEST_WORDS


@dataclass(frozen=True, slots=True)
class BookShelf:
    """A book's tables as `postings` asks them."""

    book: int
    lexicon: Lexicon

    def anchors(self, keys: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return for each of the keys its `ANCHORS + 1` least ranks, in order."""
        return self._under(keys, most=ANCHORS + 1)

    def holders(self, keys: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return for each of the keys all its ranks, in order."""
        return self._under(keys, most=None)

    def sketches(self, ranks: Iterable[int]) -> Mapping[int, Sketch]:
        """Return the sketches of these texts."""
        return {
            rank: Sketch.from_bytes(bytes(stored))
            for some in chunks(ranks)
            for rank, stored in Wording.objects.filter(book=self.book, rank__in=some).values_list(
                "rank", "sketch"
            )
        }

    def linked(self, ranks: Iterable[int]) -> Mapping[int, Collection[int]]:
        """Return for each of these texts the ranks of all that it has a link with."""
        found: dict[int, list[int]] = {rank: [] for rank in ranks}
        for some in chunks(found):
            for rank, linked in chain(*(self._linked(some, end=end) for end in (ONE, ONE[::-1]))):
                found[rank].append(linked)
        return found

    def _linked(self, ranks: list[int], *, end: tuple[str, str]) -> QuerySet[ScriptLink, Pair]:
        """Ask by one end and then by the other: an OR of both would read every link."""
        own, other = end
        rows = ScriptLink.objects.filter(**{f"{own}__book": self.book, f"{own}__rank__in": ranks})
        return rows.values_list(f"{own}__rank", f"{other}__rank")

    def _under(self, keys: Iterable[int], *, most: int | None) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {key: [] for key in keys}
        for some in chunks(found, size=100):
            for key, rank in self._asked(some, most=most):
                found[key].append(rank)
        return found

    def _asked(self, keys: list[int], *, most: int | None) -> list[tuple[int, int]]:
        """Ask for each key by itself, all in one statement: the index has its ranks in order."""
        limit = "" if most is None else " LIMIT " + str(most)
        one = f"SELECT * FROM ({UNDER}{limit}) AS under"  # noqa: S608  # our own fixed words
        told = [value for key in keys for value in (self.book, key)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([one] * len(keys)), told)
            return list(cursor.fetchall())


def open_shelf(book: int) -> BookShelf:
    """Return a book's shelf with its lexicon."""
    return BookShelf(
        book, _lexicon(book, digest=Book.objects.values_list("digest", flat=True).get(pk=book))
    )


@lru_cache(maxsize=2)
def _lexicon(book: int, *, digest: str) -> Lexicon:
    """Return a book's lexicon; the digest tells books of one number apart."""
    del digest
    return Lexicon.from_bytes(bytes(Book.objects.values_list("lexicon", flat=True).get(pk=book)))


def _utter(contact: Contact, *, sketch: Sketch, shelf: BookShelf) -> Moved:
    rank = rank_of(sketch, lexicon=shelf.lexicon)
    wording = Wording.objects.filter(book=shelf.book, rank=rank).first()
    moved = NOTHING
    if wording is None:
        change = put_up(sketch, shelf=shelf, lexicon=shelf.lexicon)
        wording = Wording.objects.create(book=shelf.book, rank=rank, sketch=sketch.to_bytes())
        WordingKey.objects.bulk_create(
            WordingKey(book=shelf.book, key=key, rank=rank) for key in change.keys
        )
        moved = _apply(change, shelf=shelf)
    Utterance.objects.create(wording=wording, contact=contact)
    return moved


def _leave(contact: Contact, *, rank: int, shelf: BookShelf) -> Moved:
    """Take a wording from a contact; one that nobody says any more leaves the shelf."""
    Utterance.objects.filter(contact=contact, wording__rank=rank).delete()
    own = frozenset({contact.case})
    if Utterance.objects.filter(wording__book=shelf.book, wording__rank=rank).exists():
        return Moved(has_lost=True, cases=own)
    change = take_off(rank, shelf=shelf, lexicon=shelf.lexicon)
    moved = _apply(change, shelf=shelf)
    WordingKey.objects.filter(book=shelf.book, key__in=change.keys, rank=rank).delete()
    Wording.objects.filter(book=shelf.book, rank=rank).delete()
    return Moved(has_lost=True, cases=own | moved.cases | _speakers(change.ends, book=shelf.book))


def _apply(change: Change, *, shelf: BookShelf) -> Moved:
    """Write the links; return whose other links fell or rose by it."""
    loose = write_links(change, book=shelf.book)
    return Moved(has_lost=bool(loose), cases=_speakers(loose, book=shelf.book))


def _speakers(ranks: Iterable[int], *, book: int) -> frozenset[str]:
    return frozenset(
        case
        for some in chunks(ranks)
        for case in Utterance.objects.filter(
            wording__book=book, wording__rank__in=some
        ).values_list("contact__case", flat=True)
    )
