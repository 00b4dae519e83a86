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
from oberih.campaigns.threads import Told, untold

_PORTION = 10_000

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


def grouped(sketches: Sketches, *, told: Told = untold) -> Iterator[Grouped]:
    """Yield every message of the sketches, in their order, with its group and its reasons."""
    corpus = corpus_of(sketches)
    del sketches  # its words are copied; they need not be kept twice
    lexicon = lexicon_from(corpus.texts, told=told)
    found = script_links(corpus.texts, lexicon=lexicon, told=told)
    scripts = joining(found, texts=len(corpus.texts))
    named = _postings(corpus)
    labels = _joined(corpus, scripts=scripts, named=named)[corpus.positions].tolist()
    names = _names(corpus.ids, labels=labels)
    reasons = Reasons(corpus, scripts=scripts, named=named)
    for at in range(0, len(corpus), _PORTION):
        links = reasons.of(corpus.positions[at : at + _PORTION])
        for place, own in enumerate(links, start=at):
            yield Grouped(corpus.ids[place], names[labels[place]], own)
        told("writing", at + len(links), len(corpus))


def _postings(corpus: Corpus) -> list[Posting]:
    positions = corpus.positions
    return postings([(int(positions[place]), one) for place, one in corpus.named])


def _joined(corpus: Corpus, *, scripts: Likeness, named: list[Posting]) -> Places:
    """Return for each position the least position of its group."""
    edges = [*_text_edges(corpus), _script_edges(corpus, scripts=scripts)]
    edges.append(_named_edges([one for one in named if one.joins(messages=len(corpus))]))
    one, other = (np.concatenate(side) for side in zip(*edges, strict=True))
    return components(len(corpus), one=one, other=other)


def _text_edges(corpus: Corpus) -> Iterator[Edges]:
    positions = np.flatnonzero(corpus.telling)
    yield corpus.first[corpus.text[positions]], positions


def _script_edges(corpus: Corpus, *, scripts: Likeness) -> Edges:
    return corpus.first[scripts.pairs.one], corpus.first[scripts.pairs.other]


def _named_edges(named: list[Posting]) -> Edges:
    one = [holder for posting in named for holder in posting.holders[:-1]]
    other = [holder for posting in named for holder in posting.holders[1:]]
    return np.array(one, np.int64), np.array(other, np.int64)


def _names(ids: list[str], *, labels: list[int]) -> dict[int, str]:
    names: dict[int, str] = {}
    for name, label in zip(ids, labels, strict=True):
        names[label] = min(names.get(label, name), name)
    return names
