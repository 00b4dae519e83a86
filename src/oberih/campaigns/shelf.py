"""A store of postings in memory: for tests, and to read how a store must behave."""

from bisect import insort
from collections.abc import Collection, Iterable, Mapping, Sequence

from oberih.campaigns.postings import ANCHORS, Change, TextLink
from oberih.campaigns.texts import Sketch


class MemoryShelf:
    """Texts with their keys and links in dictionaries."""

    def __init__(self) -> None:
        """Begin empty."""
        self._ranks: dict[int, list[int]] = {}
        self._sketches: dict[int, Sketch] = {}
        self._links: dict[int, dict[int, TextLink]] = {}

    def __contains__(self, rank: int) -> bool:
        """Tell whether the text is here."""
        return rank in self._sketches

    def anchors(self, keys: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return for each of the keys its `ANCHORS + 1` least ranks, in order."""
        return {key: tuple(self._ranks.get(key, ())[: ANCHORS + 1]) for key in keys}

    def holders(self, keys: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return for each of the keys all its ranks, in order."""
        return {key: tuple(self._ranks.get(key, ())) for key in keys}

    def sketches(self, ranks: Iterable[int]) -> Mapping[int, Sketch]:
        """Return the sketches of these texts."""
        return {rank: self._sketches[rank] for rank in ranks}

    def linked(self, ranks: Iterable[int]) -> Mapping[int, Collection[int]]:
        """Return for each of these texts the ranks of all that it has a link with."""
        return {rank: tuple(self._links.get(rank, ())) for rank in ranks}

    def links(self) -> set[TextLink]:
        """Return all links."""
        return {link for links in self._links.values() for link in links.values()}

    def add(self, sketch: Sketch, *, change: Change) -> None:
        """Write what `put_up` said."""
        self._sketches[change.rank] = sketch
        for key in change.keys:
            insort(self._ranks.setdefault(key, []), change.rank)
        self._write_links(change)

    def clear(self, change: Change) -> None:
        """Write what `take_off` said."""
        del self._sketches[change.rank]
        for key in change.keys:
            self._ranks[key].remove(change.rank)
        self._write_links(change)

    def _write_links(self, change: Change) -> None:
        for one, other in change.dropped:
            del self._links[one][other], self._links[other][one]
        for link in change.made:
            self._links.setdefault(link.one, {})[link.other] = link
            self._links.setdefault(link.other, {})[link.one] = link
