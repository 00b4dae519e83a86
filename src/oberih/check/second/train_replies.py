"""Train how the second reader weighs her own replies; `make second-reader` ends with this.

Nothing else of the network changes: only two small layers learn, from what the network as its file
holds it sees of her side of the corpus' training conversations, whether she answers a stranger who
coerces or her own people. `python -m oberih.check.second.train_replies` trains them alone.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from oberih.check.lanes import Replies
from oberih.check.lessons import Label, Lesson, lessons
from oberih.check.rules import load as load_rules
from oberih.check.second.artefact import (
    ARTEFACT,
    HEAD,
    UnknownReader,
    arrays_of,
    last_of,
    layout,
    read,
)
from oberih.check.second.course import SEED, in_whole_numbers
from oberih.check.second.network import ONE, REPLIES, SHIFT, Network
from oberih.check.second.spelling import Pieces
from oberih.check.sequence import replies_to
from oberih.check.values import Message

ROUNDS, BATCH, RATE, DECAY = 14, 128, 1e-3, 0.1
LOST, LOST_REPLIES = 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Examples:
    """What is seen (example, number), whether she answers a stranger who coerces, what it weighs.

    A conversation weighs as the root of how many examples it gives.
    """

    seen: torch.Tensor
    strange: torch.Tensor
    weights: torch.Tensor


def main() -> int:
    """Train the two layers on the committed network and write its file; return 0."""
    ARTEFACT.write_bytes(with_replies(ARTEFACT.read_bytes()))
    return 0


def with_replies(content: bytes) -> bytes:
    """Return the small network's file with the two layers trained; raises UnknownReader."""
    torch.manual_seed(SEED)
    reader = read(content)
    if reader.own is None:
        raise UnknownReader
    layers = trained(examples(reader.own, pieces=reader.pieces))
    ends = HEAD + int.from_bytes(content[:HEAD], "little")
    head = json.loads(content[HEAD:ends])
    shapes = layout(head["width"], pieces=len(head["pieces"]), hidden=head["hidden"])
    arrays = arrays_of(content[ends:], shapes)
    for name, layer in zip(("replies", "replies out"), layers, strict=True):
        matrix, added = (one.detach().numpy().astype(np.float64) for one in layer.parameters())
        arrays |= in_whole_numbers(name, matrix=matrix.T, added=added, unit=SHIFT)
    parts = (arrays[name].reshape(shape).astype(kind) for name, (kind, shape) in shapes.items())
    return content[:ends] + b"".join(one.tobytes() for one in parts)


def examples(network: Network, *, pieces: Pieces) -> Examples:
    """Return what the network sees of her side of each conversation as it grows.

    With her reply to the latest message and before it: in life both are asked.
    """
    tables = load_rules().tables
    seen, strange, weights = [], [], []
    for talk in talks():
        read = [last_of(one, pieces, tables=tables) for one in dict.fromkeys(sides_of(talk))]
        seen += [network.seen(one)[0] / ONE for one in read]
        strange += [float(talk[0].label is Label.COERCION)] * len(read)
        weights += [len(read) ** -0.5 for _ in read]
    return Examples(*(torch.tensor(np.array(one, np.float32)) for one in (seen, strange, weights)))


def talks() -> Iterator[list[Lesson]]:
    """Yield the turns of each training conversation; a fraudster is neither."""
    found: dict[str, list[Lesson]] = {}
    for one in lessons(("train", "reader")):
        if one.talk and one.label is not Label.FRAUD:
            found.setdefault(one.talk, []).append(one)
    yield from found.values()


def sides_of(talk: Sequence[Lesson]) -> Iterator[Replies]:
    """Yield her replies around each message of the other side."""
    turns = [Message("me" if one.mine else "them", one.text) for one in talk]
    for at, turn in enumerate(turns):
        if turn.sender == "them":
            around = (replies_to(at, messages=one) for one in (turns[: at + 1], turns))
            yield from filter(None, around)


def trained(examples: Examples) -> Sequence[torch.nn.Linear]:
    """Return the two layers, trained."""
    seen = torch.nn.Linear(examples.seen.shape[1], REPLIES)
    out = torch.nn.Linear(REPLIES, 1)
    steps = torch.optim.AdamW([*seen.parameters(), *out.parameters()], RATE, weight_decay=DECAY)
    for _ in range(ROUNDS):
        for batch in torch.randperm(len(examples.seen)).split(BATCH):
            hidden = torch.relu(seen(functional.dropout(examples.seen[batch], LOST)))
            logits = out(functional.dropout(hidden, LOST_REPLIES))[:, 0]
            wrong = functional.binary_cross_entropy_with_logits(
                logits, examples.strange[batch], weight=examples.weights[batch]
            )
            steps.zero_grad()
            wrong.backward()
            steps.step()
    return seen, out


if __name__ == "__main__":
    sys.exit(main())
