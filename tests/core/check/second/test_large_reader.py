"""The second reader's large network, which the command and the desk ask."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from oberih.check.rules import load as page_rules
from oberih.check.second import artefact
from oberih.check.second.artefact import (
    ARTEFACT,
    LARGE,
    LETTERS_FOR_LARGE,
    MOST_FOR_LARGE,
    MOST_LETTERS,
    MOST_MESSAGES,
    SecondReader,
    UnknownReader,
    rules_for,
    rules_with_second,
)
from oberih.check.second.layers import DEPTH, HEADS, WIDTH, Layer, Layers
from oberih.check.values import Conversation, Message

TABLES = page_rules().tables
LINE = "Передайте сумку незнайомцю біля школи, тоді ваш чоловік подзвонить"


@pytest.fixture(scope="module")
def network() -> Layers:
    found = artefact.load(LARGE).network
    assert isinstance(found, Layers)
    return found


@pytest.fixture
def rows() -> np.ndarray:
    return np.random.default_rng(1).normal(size=(7, WIDTH)).astype(np.float32)


def test_it_has_all_its_layers(network: Layers) -> None:
    assert len(network.layers) == DEPTH


def test_a_layer_gives_what_its_formula_gives_piece_by_piece(
    network: Layers, rows: np.ndarray
) -> None:
    layer = network.layers[3]

    wanted = [_by_hand(layer, rows.astype(float), at=at) for at in range(len(rows))]

    assert np.allclose(layer.of(rows), wanted, atol=1e-3)


def _by_hand(layer: Layer, rows: np.ndarray, *, at: int) -> np.ndarray:
    """Return one row after the layer, in doubles, one head after the other."""
    asked, offered, given = np.split(rows @ layer.look.matrix + layer.look.added, 3, axis=1)
    size = WIDTH // HEADS
    heard = []
    for head in range(HEADS):
        part = slice(head * size, (head + 1) * size)
        near = np.exp(offered[:, part] @ asked[at, part] / size**0.5)
        heard.append(near @ given[:, part] / near.sum())
    row = rows[at] + np.concatenate(heard) @ layer.seen.matrix + layer.seen.added
    row = _level(row) * layer.first.times + layer.first.added
    wide = row @ layer.wide.matrix + layer.wide.added
    bent = wide / 2 * (1 + np.tanh((2 / np.pi) ** 0.5 * (wide + 0.044715 * wide**3)))
    row = row + bent @ layer.narrow.matrix + layer.narrow.added
    return np.asarray(_level(row) * layer.last.times + layer.last.added)


def _level(row: np.ndarray) -> np.ndarray:
    return np.asarray((row - row.mean()) / row.std())


def test_the_order_of_words_counts(network: Layers) -> None:
    pieces = artefact.load(LARGE).pieces.of_text(LINE, tables=TABLES)

    assert network.scores(pieces) != network.scores([pieces[0], *reversed(pieces[1:])])


def test_of_a_long_text_the_gravest_window_counts(network: Layers) -> None:
    pieces = artefact.load(LARGE).pieces
    calm, grave = (pieces.of_text(one, tables=TABLES)[1:] for one in ("добрий день ", LINE))

    long = network.scores([1, *calm * 200, *grave])

    assert long[0] > network.scores([1, *calm * 200])[0]


def test_it_hears_the_small_one_by_its_share() -> None:
    both, small = artefact.load(LARGE), artefact.load()
    alone = replace(both, beside=None)

    found, own, other = (one.scores(LINE, tables=TABLES) for one in (both, alone, small))

    share = both.weighing.beside
    assert share > 0
    assert found == tuple(a + b * share // 100 for a, b in zip(own, other, strict=True))


def test_it_hears_the_small_one_in_a_conversation_too() -> None:
    both = artefact.load(LARGE)

    found, own = (
        one.told(0, texts=[LINE, LINE], tables=TABLES) for one in (both, replace(both, beside=None))
    )

    assert found != own


@pytest.mark.parametrize("cut", [50, 400_000, -1])
def test_a_file_that_was_cut_is_refused_whole(cut: int) -> None:
    with pytest.raises(UnknownReader):
        artefact.read(LARGE.read_bytes()[:cut])


@pytest.mark.parametrize(
    ("messages", "letters", "path"),
    [
        (MOST_FOR_LARGE, LETTERS_FOR_LARGE, LARGE),
        (MOST_FOR_LARGE + 1, LETTERS_FOR_LARGE, ARTEFACT),
        (1, LETTERS_FOR_LARGE + 1, ARTEFACT),
        (MOST_MESSAGES, MOST_LETTERS, ARTEFACT),
        (MOST_MESSAGES + 1, MOST_LETTERS, None),
        (1, MOST_LETTERS + 1, None),
    ],
)
def test_the_length_of_a_chat_says_who_reads_it(
    messages: int, letters: int, path: Path | None
) -> None:
    texts = ["т" * (letters - messages + 1), *["т"] * (messages - 1)]
    said = Conversation(tuple(Message("them", text) for text in texts))

    wanted = rules_with_second(path).second if path else None

    assert rules_for(said).second is wanted


def test_letters_that_it_never_met_are_read_as_unknown(network: Layers) -> None:
    reader = artefact.load(LARGE)
    strange = replace(reader, network=network).scores("ⲁⲃⲅ ⲇⲉⲋ", tables=TABLES)

    assert isinstance(reader, SecondReader)
    assert all(isinstance(one, int) for one in strange)
