"""Concepts: what a word is about, whatever its language or spelling; twin of web/src/concepts.ts.

The models count which concepts stand in a text and which follow each other. Nothing here raises or
is shown to anyone: it lets what was learnt of one wording, in one language, be known in another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from oberih.check.packing import narrowed, widened

EXACT = "."
SHORTEST = 2
LONGEST_NUMBER = 5


@dataclass(frozen=True, slots=True)
class Concepts:
    """The compiled lexicon: concepts by whole words and by beginnings of words."""

    count: int
    words: Mapping[str, tuple[int, ...]]
    stems: Mapping[str, tuple[int, ...]]

    def of(self, key: str) -> frozenset[int]:
        """Return the concepts of a word's key; a number is a concept by how long it is."""
        if "0" <= key[:1] <= "9":
            return frozenset({self.count + min(len(key), LONGEST_NUMBER)})
        found = set(self.words.get(key, ()))
        for length in range(SHORTEST, len(key) + 1):
            found.update(self.stems.get(key[:length], ()))
        return frozenset(found)


def concepts_of(rows: Sequence[str]) -> Concepts:
    """Return the lexicon from the artefact: a row a concept, whole words end in a dot."""
    words: dict[str, tuple[int, ...]] = {}
    stems: dict[str, tuple[int, ...]] = {}
    for number, row in enumerate(rows):
        for written in widened(row).split(" "):
            kind = words if written.endswith(EXACT) else stems
            key = written.removesuffix(EXACT)
            kind[key] = (*kind.get(key, ()), number)
    return Concepts(len(rows), words, stems)


def row_of(keys: Iterable[tuple[str, bool]]) -> str:
    """Return a concept's row from its keys, each with whether it is a beginning of words."""
    known = set(keys)
    stems = {key for key, begins in known if begins}
    needed = sorted(
        key + ("" if begins else EXACT)
        for key, begins in known
        if not any(stem in stems for stem in _shorter(key, begins=begins))
    )
    return narrowed(" ".join(needed))


def _shorter(key: str, *, begins: bool) -> Iterator[str]:
    """Yield the beginnings that would make this key needless."""
    for length in range(SHORTEST, len(key) + (not begins)):
        yield key[:length]
