"""Why a message stands in its group: its links, strongest first."""

from collections.abc import Iterator
from itertools import chain

import numpy as np

from oberih.campaigns.alike import Likeness
from oberih.campaigns.arrays import Places, starts, stretches
from oberih.campaigns.corpus import Corpus
from oberih.campaigns.identifiers import Posting
from oberih.campaigns.links import Link, LinkKind

MOST_SCRIPT_LINKS = 5
"""A message names its strongest links; further ones follow from those of the others."""

_DIGITS = 4


class Reasons:
    """The links of every message of a corpus, made for a portion of them at a time."""

    def __init__(self, corpus: Corpus, *, scripts: Likeness, named: list[Posting]) -> None:
        """Sort the script links by text, and the identifiers by message."""
        self.corpus = corpus
        self.scripts, self.numbers, self.begins = _by_text(scripts, texts=len(corpus.texts))
        self.telling = corpus.telling
        self.beside = _beside(named)

    def of(self, positions: Places) -> list[tuple[Link, ...]]:
        """Return the links of the messages at these positions."""
        found: list[list[Link]] = [self._named(one) for one in positions.tolist()]
        for place, link in chain(self._same_text(positions), self._script(positions)):
            found[place].append(link)
        for links in found:
            links.sort(key=lambda link: (-link.strength, link.kind, link.to, link.why))
        return [tuple(links) for links in found]

    def _same_text(self, positions: Places) -> Iterator[tuple[int, Link]]:
        corpus = self.corpus
        text = corpus.text[positions]
        first = corpus.first[text]
        beside = np.minimum(np.where(positions == first, first + 1, first), len(corpus) - 1)
        is_same = (corpus.text[beside] == text) & (beside != positions) & self.telling[positions]
        for place in np.flatnonzero(is_same).tolist():
            to = corpus.id_at(beside[place])
            yield place, Link(to, LinkKind.SCRIPT, 1.0, "the same words")

    def _script(self, positions: Places) -> Iterator[tuple[int, Link]]:
        text = self.corpus.text[positions]
        begins = self.begins[text]
        lengths = np.minimum(self.begins[text + 1] - begins, MOST_SCRIPT_LINKS)
        places = np.repeat(np.arange(len(positions)), lengths)
        pairs, strength, words = self.scripts.chosen(
            self.numbers[stretches(begins, lengths=lengths)]
        )
        other = np.where(pairs.one == text[places], pairs.other, pairs.one)
        to = self.corpus.order[self.corpus.first[other]]
        columns = (places, to, strength, words)
        for place, name, strong, shared in zip(*(one.tolist() for one in columns), strict=True):
            why = f"{shared} words in common, rare ones weighing more"
            link = Link(self.corpus.ids[name], LinkKind.SCRIPT, round(strong, _DIGITS), why)
            yield place, link

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
