"""Why a message stands in its group: its links, strongest first."""

import numpy as np

from oberih.campaigns.alike import Likeness
from oberih.campaigns.arrays import Places, starts
from oberih.campaigns.corpus import Corpus
from oberih.campaigns.identifiers import Posting
from oberih.campaigns.links import Link, LinkKind

MOST_SCRIPT_LINKS = 5
"""A message names its strongest links; further ones follow from those of the others."""

_DIGITS = 4


class Reasons:
    """The links of every message of a corpus, made when they are asked for."""

    def __init__(self, corpus: Corpus, *, scripts: Likeness, named: list[Posting]) -> None:
        """Sort the script links by text, and the identifiers by message."""
        self.corpus = corpus
        self.sides, self.scripts, self.begins = _by_text(scripts, texts=len(corpus.texts))
        self.telling = corpus.telling
        self.beside = _beside(named)

    def of(self, position: int) -> tuple[Link, ...]:
        """Return the links of the message at a position."""
        links = [*self._same_text(position), *self._script(position), *self._named(position)]
        links.sort(key=lambda link: (-link.strength, link.kind, link.to, link.why))
        return tuple(links)

    def _same_text(self, position: int) -> list[Link]:
        text = self.corpus.text[position]
        first = int(self.corpus.first[text])
        beside = first if position != first else first + 1
        is_same = beside < len(self.corpus) and self.corpus.text[beside] == text
        if not (is_same and self.telling[position]):
            return []
        return [Link(self.corpus.id_at(beside), LinkKind.SCRIPT, 1.0, "the same words")]

    def _script(self, position: int) -> list[Link]:
        text = int(self.corpus.text[position])
        begin = int(self.begins[text])
        end = min(int(self.begins[text + 1]), begin + MOST_SCRIPT_LINKS)
        return [self._of_pair(int(one), text=text) for one in self.scripts[begin:end]]

    def _of_pair(self, number: int, *, text: int) -> Link:
        pairs, strength, words = self.sides
        ends = pairs.one[number], pairs.other[number]
        other = ends[1] if ends[0] == text else ends[0]
        why = f"{words[number]} words in common, rare ones weighing more"
        to = self.corpus.id_at(int(self.corpus.first[other]))
        return Link(to, LinkKind.SCRIPT, round(float(strength[number]), _DIGITS), why)

    def _named(self, position: int) -> list[Link]:
        return [
            Link(
                self.corpus.id_at(other),
                posting.kind,
                max(round(posting.strength, _DIGITS), 10**-_DIGITS),
                posting.why,
            )
            for other, posting in self.beside.get(position, ())
        ]


def _by_text(scripts: Likeness, *, texts: int) -> tuple[Likeness, Places, Places]:
    """Return the links, their numbers by the text at either end, and where each text's begin."""
    owner = np.concatenate([scripts.pairs.one, scripts.pairs.other])
    other = np.concatenate([scripts.pairs.other, scripts.pairs.one])
    number = np.tile(np.arange(len(scripts.pairs)), 2)
    order = np.lexsort((other, -scripts.strength[number], owner))
    return scripts, number[order], starts(np.bincount(owner, minlength=texts))


def _beside(named: list[Posting]) -> dict[int, list[tuple[int, Posting]]]:
    """Return for each message the next that names the same; the last has the first: a ring."""
    beside: dict[int, list[tuple[int, Posting]]] = {}
    for posting in named:
        following = [*posting.holders[1:], posting.holders[0]]
        for one, other in zip(posting.holders, following, strict=True):
            beside.setdefault(one, []).append((other, posting))
    return beside
