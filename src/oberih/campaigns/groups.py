"""Every message to its group: scripts and identifiers together.

Nothing depends on the order of the input: messages are worked on in the order of the hashes of
their texts and ids, and a group is named after the least of its ids.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from oberih.campaigns.alike import Likeness
from oberih.campaigns.arrays import Places, components
from oberih.campaigns.corpus import Corpus, corpus_of
from oberih.campaigns.identifiers import Posting, postings
from oberih.campaigns.links import Link
from oberih.campaigns.reasons import Reasons
from oberih.campaigns.scripts import joining, lexicon_from, script_links
from oberih.campaigns.sketch import Sketches

Edges = tuple[Places, Places]


@dataclass(frozen=True, slots=True)
class Grouped:
    """A message's group and its links, strongest first."""

    id: str
    group: str
    links: tuple[Link, ...]

    def as_json(self) -> dict[str, object]:
        """Return it as the contract spells it."""
        links = [link.as_json() for link in self.links]
        return {"id": self.id, "group": self.group, "links": links}


def grouped(sketches: Sketches) -> Iterator[Grouped]:
    """Yield every message of the sketches, in their order, with its group and its reasons."""
    corpus = corpus_of(sketches)
    found = script_links(corpus.texts, lexicon=lexicon_from(corpus.texts))
    scripts = joining(found, texts=len(corpus.texts))
    named = _postings(corpus)
    labels = _joined(corpus, scripts=scripts, named=named)[corpus.positions].tolist()
    names = _names(sketches.ids, labels=labels)
    reasons = Reasons(corpus, scripts=scripts, named=named)
    positions = corpus.positions.tolist()
    for name, label, position in zip(sketches.ids, labels, positions, strict=True):
        yield Grouped(name, names[label], reasons.of(position))


def _postings(corpus: Corpus) -> list[Posting]:
    positions = corpus.positions
    return postings([(int(positions[place]), one) for place, one in corpus.sketches.named])


def _joined(corpus: Corpus, *, scripts: Likeness, named: list[Posting]) -> Places:
    """Return for each position the least position of its group."""
    edges = [*_text_edges(corpus), _script_edges(corpus, scripts=scripts)]
    edges += [_ring(one) for one in named if one.joins(messages=len(corpus))]
    one, other = (np.concatenate(side) for side in zip(*edges, strict=True))
    return components(len(corpus), one=one, other=other)


def _text_edges(corpus: Corpus) -> Iterator[Edges]:
    positions = np.flatnonzero(corpus.telling)
    yield corpus.first[corpus.text[positions]], positions


def _script_edges(corpus: Corpus, *, scripts: Likeness) -> Edges:
    return corpus.first[scripts.pairs.one], corpus.first[scripts.pairs.other]


def _ring(posting: Posting) -> Edges:
    holders = np.array(posting.holders, np.int64)
    return holders[:-1], holders[1:]


def _names(ids: list[str], *, labels: list[int]) -> dict[int, str]:
    names: dict[int, str] = {}
    for name, label in zip(ids, labels, strict=True):
        names[label] = min(names.get(label, name), name)
    return names
