"""The lexicon while it is built: words and stems to numbered classes, patterns of phrases."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from oberih.check.normalise import Tables, key_of
from oberih.check.packing import narrowed
from oberih.check.thrift import thrifty
from oberih.core.errors import BadInput

GAP = 3
Places = tuple[tuple[int, int], ...]
"""Places in phrases: the number of a line, and of the word in it."""


class UnknownClass(BadInput):
    """A rule names a class that no file defines."""

    def __init__(self, name: str) -> None:
        """Name the class that is missing."""
        super().__init__(f"A rule names the class {name!r}, which no file defines.")


class BrokenPhrase(BadInput):
    """A phrase has an open bracket, or a space inside brackets."""


@dataclass(slots=True)
class Lexicon:
    """Classes get numbers in the order in which they are first named."""

    tables: Tables
    names: list[str] = field(default_factory=list)
    words: dict[str, set[int]] = field(default_factory=dict)
    stems: dict[str, set[int]] = field(default_factory=dict)
    patterns: dict[Places, int] = field(default_factory=dict)
    places: Mapping[str, Places] = field(default_factory=dict)
    """Where each plain word of the phrases stands: words of the same places are one class."""

    def identity(self, name: str) -> int:
        """Return the number of a class, making it when it is new."""
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)

    def add_words(self, name: str, *, words: list[str]) -> None:
        """Add words (and stems, ending in *) to a class."""
        number = self.identity(name)
        for word in words:
            self._add(word, number=number)

    def pattern(self, word: str) -> int:
        """Return the class of one word of a phrase: `^class`, `стем*` or a plain word."""
        if word.startswith("^"):
            return self.known(word[1:])
        places = self.places[word]
        if places not in self.patterns:
            self.patterns[places] = len(self.names)
            self.names.append("")
        self._add(word, number=self.patterns[places])
        return self.patterns[places]

    def known(self, name: str) -> int:
        """Return the number of a class that exists; raises UnknownClass."""
        if name not in self.names:
            raise UnknownClass(name)
        return self.names.index(name)

    def group(self, names: str) -> list[int]:
        """Return the numbers of the classes named in one string."""
        return [self.known(name) for name in names.split()]

    def grouped(self, *, seen: AbstractSet[str]) -> tuple[dict[str, str], dict[str, str]]:
        """Return words and stems grouped by their classes: small, and quick to read."""
        words, stems = thrifty(self.words, self.stems, seen=seen)
        return _grouped(words), _grouped(stems)

    def _add(self, word: str, *, number: int) -> None:
        kind = self.stems if word.endswith("*") else self.words
        key = self.key(word)
        if key:
            kind.setdefault(key, set()).add(number)

    def key(self, word: str) -> str:
        """Return the key of a rule's word or stem, as a text's words have them."""
        if word in "$€₴₽£":
            return word
        letters = [self.tables.letters.get(one, one) for one in word if one not in "'’ʼ-_*"]
        return key_of("".join(letters), tables=self.tables)


def elements_of(line: str) -> Iterator[tuple[str, int]]:
    """Yield the words of a phrase, each with the places that may stand before it."""
    gap = 0
    for part in line.split():
        if part == "..":
            gap = GAP
            continue
        yield part, gap
        gap = 0


def places_of(lines: Iterable[str]) -> dict[str, Places]:
    """Return where each alternative of the phrases stands."""
    places: dict[str, Places] = {}
    for one, place in _placed(lines):
        places[one] = (*places.get(one, ()), place)
    return places


def _placed(lines: Iterable[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    for row, line in enumerate(lines):
        for column, (word, _gap) in enumerate(elements_of(line)):
            yield from ((one, (row, column)) for one in alternatives_of(word))


def alternatives_of(word: str) -> list[str]:
    """Return the alternatives of `(a|b)`, or the one word."""
    if word.startswith("("):
        if not word.endswith(")"):
            raise BrokenPhrase
        return [one for one in word[1:-1].split("|") if one]
    return [word]


def _grouped(keys: dict[str, set[int]]) -> dict[str, str]:
    groups: dict[str, list[str]] = {}
    for key, numbers in sorted(keys.items()):
        groups.setdefault(" ".join(str(one) for one in sorted(numbers)), []).append(key)
    return {numbers: narrowed(" ".join(words)) for numbers, words in groups.items()}
