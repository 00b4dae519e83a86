"""One text at a time into a store of postings, with the same links as all texts at once.

A store (tables of the desk, or a dictionary) keeps for each text its rank and its sketch, for each
key (`keys.py`) the ranks of the texts under it, and for each link of two texts its strength. The
links are a function of the texts in the store and of one frozen `Lexicon`, not of the order in
which they came:

* Ranks are by chance (a salted hash of the text). The `ANCHORS` texts of least rank under a key are
  its anchors. Two texts are compared when they share a key of which one of them is an anchor, and
  linked when `alike` says so. So a new text is compared with at most `ANCHORS` texts a key.
* A new text that becomes an anchor itself is compared with all holders of that key, and links that
  rested only on the anchor which it displaced are dropped. Of `n` texts under a key the next
  becomes an anchor with a chance of `ANCHORS / n`: on average that costs as much as `ANCHORS`
  comparisons, however large a flood is.
* The lexicon stays as it is until somebody takes a new one: then `linked` says it all anew.

`put_up` and `take_off` say what changes, and change nothing: the store writes it in its own
transaction. `linked` is the answer for all texts at once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from oberih.campaigns.alike import Pairs, alike
from oberih.campaigns.keys import keys_of, keys_of_all
from oberih.campaigns.lexicon import Lexicon
from oberih.campaigns.texts import Sketch, texts_of_sketches

ANCHORS = 4


class Shelf(Protocol):
    """What a store must answer; ranks and keys are whole numbers below 2^63 and 2^40."""

    def anchors(self, keys: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return for each of the keys its `ANCHORS + 1` least ranks, in order (fewer, none)."""

    def holders(self, keys: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return for each of the keys all its ranks, in order."""

    def sketches(self, ranks: Iterable[int]) -> Mapping[int, Sketch]:
        """Return the sketches of these texts."""

    def linked(self, ranks: Iterable[int]) -> Mapping[int, Collection[int]]:
        """Return for each of these texts the ranks of all that it has a link with."""


@dataclass(frozen=True, slots=True, order=True)
class TextLink:
    """Two texts of one script: `one` has the lesser rank."""

    one: int
    other: int
    strength: float
    """Above 0, at most 1."""
    words: int
    """How many words they share."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a store must write for one text: its keys, links to make, links to drop."""

    rank: int
    keys: tuple[int, ...]
    made: tuple[TextLink, ...]
    dropped: tuple[tuple[int, int], ...]

    @property
    def ends(self) -> frozenset[int]:
        """Return the ranks of all texts that gain or lose a link."""
        gained = {end for link in self.made for end in (link.one, link.other)}
        return frozenset(gained | {end for pair in self.dropped for end in pair})


def rank_of(sketch: Sketch, *, lexicon: Lexicon) -> int:
    """Return the rank by which a store knows the text; equal texts have the same."""
    return lexicon.rank(sketch.words)


def put_up(sketch: Sketch, *, shelf: Shelf, lexicon: Lexicon) -> Change:
    """Return what a text that is not in the store yet changes."""
    rank = rank_of(sketch, lexicon=lexicon)
    keys = keys_of(sketch.words, lexicon=lexicon)
    least = {key: tuple(ranks)[:ANCHORS] for key, ranks in shelf.anchors(keys).items()}
    crowded = [key for key, ranks in least.items() if len(ranks) == ANCHORS and rank < ranks[-1]]
    holders = shelf.holders(crowded) if crowded else {}
    near = {one for ranks in (*least.values(), *holders.values()) for one in ranks}
    made = _links(rank, sketch=sketch, others=shelf.sketches(near), lexicon=lexicon)
    lost: dict[int, set[int]] = {}
    for key in crowded:
        last = least[key][-1]
        lost.setdefault(last, set()).update(one for one in holders[key] if one > last)
    return Change(rank, keys, made, _orphaned(lost, new=(rank, keys), shelf=shelf, lexicon=lexicon))


def take_off(rank: int, *, shelf: Shelf, lexicon: Lexicon) -> Change:
    """Return what changes when a text leaves the store: `keys` are to be cleared of it."""
    keys = keys_of(shelf.sketches([rank])[rank].words, lexicon=lexicon)
    found = shelf.anchors(keys)
    freed = [key for key in keys if rank in found[key][:ANCHORS] and len(found[key]) > ANCHORS]
    wanted: dict[int, set[int]] = {}
    for key, ranks in (shelf.holders(freed) if freed else {}).items():
        wanted.setdefault(found[key][ANCHORS], set()).update(ranks)
    linked = shelf.linked({rank, *wanted})
    made: set[TextLink] = set()
    for anchor, others in wanted.items():
        sketches = shelf.sketches(others)
        named = {one: sketches[one] for one in others - {anchor, rank, *linked[anchor]}}
        made.update(_links(anchor, sketch=sketches[anchor], others=named, lexicon=lexicon))
    dropped = {(min(rank, other), max(rank, other)) for other in linked[rank]}
    return Change(rank, keys, tuple(sorted(made)), tuple(sorted(dropped)))


def _links(
    rank: int, *, sketch: Sketch, others: Mapping[int, Sketch], lexicon: Lexicon
) -> tuple[TextLink, ...]:
    ranks = sorted(others)
    texts = texts_of_sketches([sketch, *(others[one] for one in ranks)])
    there = np.arange(1, len(ranks) + 1)
    found = alike(Pairs(np.zeros_like(there), there), texts=texts, lexicon=lexicon)
    columns = (found.pairs.other.tolist(), found.strength.tolist(), found.words.tolist())
    return tuple(
        TextLink(min(rank, ranks[place - 1]), max(rank, ranks[place - 1]), strength, words)
        for place, strength, words in zip(*columns, strict=True)
    )


def _orphaned(
    lost: Mapping[int, set[int]], *, new: tuple[int, Sequence[int]], shelf: Shelf, lexicon: Lexicon
) -> tuple[tuple[int, int], ...]:
    """Return the linked pairs, a displaced anchor first, that no key compares any more."""
    linked = shelf.linked(lost)
    asked = {anchor: ranks & set(linked[anchor]) for anchor, ranks in lost.items()}
    asked = {anchor: ranks for anchor, ranks in asked.items() if ranks}
    keys = _keys(asked, shelf=shelf, lexicon=lexicon)
    least = _after(new, shelf=shelf, keys=set().union(*keys.values()))
    kept = {one: {key for key in keys[one] if one in least[key]} for one in asked}
    other_keys = _keys(
        {other for one in asked if kept[one] for other in asked[one]}, shelf=shelf, lexicon=lexicon
    )
    return tuple(
        (anchor, other)
        for anchor in sorted(asked)
        for other in sorted(asked[anchor])
        if kept[anchor].isdisjoint(other_keys.get(other, ()))
    )


def _keys(ranks: Collection[int], *, shelf: Shelf, lexicon: Lexicon) -> dict[int, tuple[int, ...]]:
    sketches = shelf.sketches(ranks) if ranks else {}
    found = keys_of_all([one.words for one in sketches.values()], lexicon=lexicon)
    return dict(zip(sketches, found, strict=True))


def _after(
    new: tuple[int, Sequence[int]], *, shelf: Shelf, keys: set[int]
) -> dict[int, Sequence[int]]:
    """Return the anchors of the keys when the new text is filed."""
    rank, own = new[0], set(new[1])
    return {
        key: sorted([*ranks, rank] if key in own else ranks)[:ANCHORS]
        for key, ranks in (shelf.anchors(keys) if keys else {}).items()
    }
