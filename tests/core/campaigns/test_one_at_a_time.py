"""Texts put up one at a time, in any order, have the links that all at once have."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import varied, words

from oberih.campaigns.lexicon import Lexicon, NotALexicon, empty_lexicon
from oberih.campaigns.postings import ANCHORS, TextLink, put_up, rank_of, take_off
from oberih.campaigns.scripts import lexicon_from, script_links
from oberih.campaigns.shelf import MemoryShelf
from oberih.campaigns.sketch import sketch_of
from oberih.campaigns.texts import NotASketch, Sketch, texts_of_sketches

TEXTS = [
    *(sketch_of(varied(words(30, seed=1), seed=n)) for n in range(40)),
    *(sketch_of(varied(words(22, seed=2), seed=n)) for n in range(5)),
    *(sketch_of(" ".join(words(25, seed=100 + n))) for n in range(10)),
    sketch_of("Добрий день"),
    sketch_of(""),
]
MORE = [sketch_of(varied(words(30, seed=1), seed=500 + n)) for n in range(20)]


def at_once(sketches: list[Sketch], *, lexicon: Lexicon) -> set[TextLink]:
    ordered = sorted(sketches, key=lambda one: rank_of(one, lexicon=lexicon))
    ranks = [rank_of(one, lexicon=lexicon) for one in ordered]
    found = script_links(texts_of_sketches(ordered), lexicon=lexicon)
    columns = (*found.pairs, found.strength, found.words)
    return {
        TextLink(ranks[one], ranks[other], strength, shared)
        for one, other, strength, shared in zip(*(side.tolist() for side in columns), strict=True)
    }


def shelved(sketches: list[Sketch], *, lexicon: Lexicon) -> MemoryShelf:
    shelf = MemoryShelf()
    for sketch in sketches:
        shelf.add(sketch, change=put_up(sketch, shelf=shelf, lexicon=lexicon))
    return shelf


def lexicons() -> st.SearchStrategy[Lexicon]:
    taken = texts_of_sketches([*TEXTS, *MORE])
    salts = st.integers(0, 2**32 - 1)
    return st.one_of(
        st.builds(lambda salt: empty_lexicon(salt=salt), salts),
        st.builds(lambda salt: lexicon_from(taken, salt=salt), salts),
    )


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False), lexicons())
def test_any_order_gives_the_links_of_all_at_once(chance: random.Random, lexicon: Lexicon) -> None:
    shelf = shelved(chance.sample(TEXTS, len(TEXTS)), lexicon=lexicon)

    assert shelf.links() == at_once(TEXTS, lexicon=lexicon)


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False), lexicons())
def test_what_is_taken_off_leaves_no_trace(chance: random.Random, lexicon: Lexicon) -> None:
    shelf = shelved(chance.sample([*TEXTS, *MORE], len(TEXTS) + len(MORE)), lexicon=lexicon)
    for sketch in chance.sample(MORE, len(MORE)):
        rank = rank_of(sketch, lexicon=lexicon)
        shelf.clear(take_off(rank, shelf=shelf, lexicon=lexicon))

    assert shelf.links() == at_once(TEXTS, lexicon=lexicon)


def test_a_new_text_is_compared_with_few_of_a_flood() -> None:
    lexicon = empty_lexicon()
    flood = [sketch_of(varied(words(30, seed=5), seed=n)) for n in range(300)]
    shelf = shelved(flood, lexicon=lexicon)

    last = max(flood, key=lambda one: rank_of(one, lexicon=lexicon))
    rank = rank_of(last, lexicon=lexicon)
    shelf.clear(take_off(rank, shelf=shelf, lexicon=lexicon))
    change = put_up(last, shelf=shelf, lexicon=lexicon)
    assert 0 < len(change.made) <= ANCHORS * len(change.keys)
    assert len(shelf.links()) <= ANCHORS * 24 * len(flood)


def test_sketches_and_lexicons_come_back_from_their_bytes() -> None:
    lexicon = lexicon_from(texts_of_sketches(TEXTS), salt=7)
    again = Lexicon.from_bytes(lexicon.to_bytes())

    assert np.array_equal(again.milli, lexicon.milli)
    assert (again.texts, again.salt) == (lexicon.texts, 7)
    assert np.array_equal(Sketch.from_bytes(TEXTS[0].to_bytes()).words, TEXTS[0].words)


@pytest.mark.parametrize("stored", [b"", b"\x02abcd", b"\x01abc"])
def test_bytes_of_another_version_are_refused(stored: bytes) -> None:
    with pytest.raises(NotASketch):
        Sketch.from_bytes(stored)
    with pytest.raises(NotALexicon):
        Lexicon.from_bytes(stored)
