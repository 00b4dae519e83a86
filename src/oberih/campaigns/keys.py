"""Under which keys a text is filed: a few runs of words that hardly two texts share by chance.

A key is a word, two neighbours, two words with one between them, or three in a row, the words of a
run in any order. Each has a number by chance; the texts are filed under those of their keys that
have the least numbers, where a key that many texts must share by chance (by the lexicon) counts as
much larger. So two texts of one script choose mostly the same of the keys that they share.
The format is frozen: whoever changes it raises `VERSION`, and stores link anew.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from oberih.campaigns.arrays import Keys, Places, Words, starts
from oberih.campaigns.lexicon import Lexicon

VERSION = 1
KEY_BITS = 40
MOST_WORDS = 2048
"""Words after these take no part: no message of a person is longer."""

FEWEST_KEYS = 24
_CROWD = 2.0
"""A key that so many texts share by chance is as good as a rarer one."""

_RUNS = 40 * 2
"""Runs of one kind in a usual text, each in two orders."""

_WIDTHS = (16, 32, 48, 64, 96, 128, 256, 512, 1024, MOST_WORDS)
_CELLS = 1 << 20

_CHANCE = np.exp(np.arange(1 << 16) / -1000).astype(np.float32)
"""In what part of all texts a word stands, by its weight in thousandths."""

Matrix = npt.NDArray[Any]


class Filings(NamedTuple):
    """Keys, the numbers of the texts that are filed under them, and how many texts these are."""

    keys: Keys
    owners: Places
    texts: int


def most_keys(words: int) -> int:
    """Return under how many keys a text of so many words is filed at most."""
    width = next((one for one in _WIDTHS if words <= one), MOST_WORDS)
    return min(64, max(FEWEST_KEYS, width * 2 // 5))


def filings(words: Words, *, lengths: Places, lexicon: Lexicon) -> Iterator[Filings]:
    """Yield the keys of texts whose words stand in a row, a portion of the texts at a time."""
    begins = starts(lengths)[:-1]
    width_of = np.searchsorted(np.array(_WIDTHS), np.minimum(lengths, MOST_WORDS))
    for at, width in enumerate(_WIDTHS):
        chosen = np.flatnonzero((width_of == at) & (lengths > 0))
        portion = max(1, _CELLS // width)
        for begin in range(0, len(chosen), portion):
            texts = chosen[begin : begin + portion]
            rows = _rows(words, begins=begins[texts], lengths=lengths[texts], width=width)
            yield _chosen(*rows, lexicon=lexicon, owners=texts)


def keys_of(words: Words, *, lexicon: Lexicon) -> tuple[int, ...]:
    """Return the keys of one text, each once, in order."""
    return keys_of_all([words], lexicon=lexicon)[0]


def keys_of_all(texts: Sequence[Words], *, lexicon: Lexicon) -> list[tuple[int, ...]]:
    """Return the keys of each of some texts."""
    words = np.concatenate([np.zeros(0, np.uint32), *texts])
    lengths = np.array([len(one) for one in texts], np.int64)
    found: list[set[int]] = [set() for _ in texts]
    for some in filings(words, lengths=lengths, lexicon=lexicon):
        for owner, key in zip(some.owners.tolist(), some.keys.tolist(), strict=True):
            found[owner].add(key)
    return [tuple(sorted(one)) for one in found]


def _rows(words: Words, *, begins: Places, lengths: Places, width: int) -> tuple[Matrix, Matrix]:
    """Return the texts' words as rows, and which places of the rows hold one."""
    columns = np.arange(width)
    is_word = columns < lengths[:, None]
    places = np.minimum(begins[:, None] + columns, len(words) - 1)
    return words[places], is_word


def _chosen(rows: Matrix, is_word: Matrix, *, lexicon: Lexicon, owners: Places) -> Filings:
    keys, scores = _scored(rows, is_word, lexicon=lexicon)
    wanted = min(most_keys(rows.shape[1]), keys.shape[1])
    least = np.argpartition(scores, wanted - 1, axis=1)[:, :wanted]
    kept = np.take_along_axis(keys, least, axis=1)
    is_key = np.isfinite(np.take_along_axis(scores, least, axis=1))
    return Filings(kept[is_key], np.broadcast_to(owners[:, None], kept.shape)[is_key], len(owners))


def _scored(rows: Matrix, is_word: Matrix, *, lexicon: Lexicon) -> tuple[Matrix, Matrix]:
    mixed = _mixed(rows.astype(np.uint64) | np.uint64(lexicon.salt << 32))
    chance = _CHANCE[lexicon.weights(rows)]
    chance[~is_word] = np.inf
    near, near_chance = mixed[:, :-1] + mixed[:, 1:], chance[:, :-1] * chance[:, 1:]
    apart, apart_chance = mixed[:, :-2] + mixed[:, 2:], chance[:, :-2] * chance[:, 2:]
    three, three_chance = near[:, :-1] + mixed[:, 2:], near_chance[:, :-1] * chance[:, 2:]
    kinds = (mixed, near, apart, three)
    keys = np.concatenate(
        [_mixed(one + np.uint64(kind)) for kind, one in enumerate(kinds)], axis=1
    ) >> np.uint64(64 - KEY_BITS)
    crowd = np.concatenate(
        [chance, _RUNS * near_chance, _RUNS * apart_chance, 3 * _RUNS * three_chance], axis=1
    )
    often = np.maximum(crowd * np.float32((lexicon.texts + 1000) / _CROWD), np.float32(1))
    return keys, keys.astype(np.float64) * often


def _mixed(numbers: Matrix) -> Matrix:
    """Return the numbers scrambled (the finalizer of SplitMix64)."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
