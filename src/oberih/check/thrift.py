"""The lexicon made small for the page: unseen forms left out, forms that say the same made a stem.

Which words stand in the training texts is committed as compiled/seen.json, written by train.py.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from oberih.check.normalise import Tables, tokens_of, typed_keys

SHORTEST = 5
TAIL = 4
AFTER = "\uffff"
Keys = dict[str, set[int]]


def seen_in_texts(texts: Iterable[str], *, tables: Tables) -> set[str]:
    """Return the keys of the words of texts, with those that Latin-typed words may stand for."""
    seen: set[str] = set()
    for text in texts:
        for token in tokens_of(text, tables=tables):
            seen.add(token.key)
            seen.update(typed_keys(token.key, tables=tables))
    return seen


def asked_of(seen: AbstractSet[str], *, words: Keys, stems: Keys) -> set[str]:
    """Return the words, and the stems that begin words, that were seen."""
    starts = {key[:length] for key in seen for length in range(1, len(key) + 1)}
    return {word for word in words if word in seen} | {stem for stem in stems if stem in starts}


def thrifty(words: Keys, stems: Keys, *, seen: AbstractSet[str]) -> tuple[Keys, Keys]:
    """Return fewer words and stems that give the seen words the same classes."""
    trie = _Trie(words, seen)
    trie.walk("")
    kept = {stem: set(numbers) for stem, numbers in stems.items() if stem in seen}
    for stem, numbers in trie.stems.items():
        kept.setdefault(stem, set()).update(numbers)
    return trie.words, kept


@dataclass(slots=True)
class _Trie:
    source: Mapping[str, set[int]]
    seen: AbstractSet[str]
    words: Keys = field(default_factory=dict)
    stems: Keys = field(default_factory=dict)
    ordered: Sequence[str] = field(init=False)

    def __post_init__(self) -> None:
        self.ordered = sorted(self.source)

    def walk(self, start: str) -> None:
        """Go through the words that begin so, in their order."""
        keys = self.ordered[
            bisect_left(self.ordered, start) : bisect_left(self.ordered, start + AFTER)
        ]
        if self._is_one(keys, start=start):
            if any(key in self.seen for key in keys):
                self.stems[start] = set(self.source[keys[0]])
            return
        if start in self.source and start in self.seen:
            self.words[start] = set(self.source[start])
        for letter in sorted({key[len(start)] for key in keys if len(key) > len(start)}):
            self.walk(start + letter)

    def _is_one(self, keys: Sequence[str], *, start: str) -> bool:
        """Tell whether all words of a long enough beginning say the same."""
        if len(start) < SHORTEST or len(keys) <= 1:
            return False
        first = self.source[keys[0]]
        return all(self.source[key] == first and len(key) - len(start) <= TAIL for key in keys)
