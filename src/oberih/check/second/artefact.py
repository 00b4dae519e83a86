"""The second reader's file: read whole or not at all."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from oberih.check.evidence import SINGLE
from oberih.check.features import Scores
from oberih.check.normalise import Tables
from oberih.check.rules import ARTEFACT as RULES
from oberih.check.rules import Rules
from oberih.check.rules import load as load_rules
from oberih.check.second import layers
from oberih.check.second.network import (
    HUNDRED,
    LAYERS,
    ORDERS,
    OUTPUTS,
    REPLIES,
    WINDOW,
    Levelled,
    Network,
    Numbers,
    Weights,
)
from oberih.check.second.spelling import FIRST_PIECE, START, Pieces, Typed
from oberih.check.values import Conversation
from oberih.core.errors import BadInput

COMPILED = Path(__file__).parents[1] / "compiled"
ARTEFACT, LARGE = COMPILED / "second.bin", COMPILED / "second-large.bin"
KNOWN, KNOWN_LARGE = 4, 3
HEAD = 4
CALMEST = -200
"""Her replies weigh no more than this: a stranger may draw friendly words from her."""
MOST_FOR_LARGE, MOST_MESSAGES = 100, 5_000
LETTERS_FOR_LARGE, MOST_LETTERS = 20_000, 400_000
"""Longer conversations would take minutes: they are left to the small network, then to none."""


class UnknownReader(BadInput):
    """The second reader's file is of another version or damaged: install Oberih again."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """How it is heard beside the models: from which score of theirs on, and how much.

    `weight` (of a message), `talk` (of several together), `replies` (of her own) and `beside` (of
    a reader beside it) are in hundredths; `model` are the thresholds of rules/sequence.yaml that
    hold then. Up to `calm`, what they say and what she replies are a talk among her own people.
    """

    floor: int
    weight: int
    talk: int
    model: Mapping[str, int]
    beside: int = 0
    replies: int = 0
    calm: int = 0


class Scoring(Protocol):
    """The small network or the large one."""

    def scores(self, pieces: Sequence[int]) -> tuple[int, ...]:
        """Return what the text weighs for each output, in hundredths of a logit."""


@dataclass(frozen=True, slots=True)
class SecondReader:
    """Pieces and network, and how what they say is weighed; the large one hears the small one.

    `own` is the network that weighs her own replies: the small one.
    """

    pieces: Pieces
    network: Scoring
    weighing: Weighing
    own: Network | None = None
    beside: "SecondReader | None" = None

    def scores(self, text: str, *, tables: Tables) -> Scores:
        """Return what a text weighs for coercion, a demand, a fraud, in hundredths of a logit."""
        return self._heard(lambda pieces: pieces.of_text(text, tables=tables))[:SINGLE]

    def moved(self, scores: Scores, *, text: str, tables: Tables) -> Scores:
        """Return what the models say of a text, moved by this reader where they doubt."""
        if scores[0] + scores[1] // 2 < self.weighing.floor:
            return scores
        own = self.scores(text, tables=tables)
        weight = self.weighing.weight
        return tuple(a + b * weight // HUNDRED for a, b in zip(scores, own, strict=True))

    def told(self, score: int, *, texts: Sequence[str], tables: Tables) -> int:
        """Return what the model says of several messages as one, moved by this reader.

        It reads the last of them that fit into a window.
        """
        if score < self.weighing.floor:
            return score
        own = self._heard(partial(last_of, texts, tables=tables))
        return score + own[SINGLE] * self.weighing.talk // HUNDRED

    def calms(self, told: int, *, replies: Sequence[str], tables: Tables) -> bool:
        """Tell whether her own replies are such as she gives her own people, not a stranger.

        `told` is what the other side's last messages weigh together. Her replies never raise.
        """
        if self.beside is not None:
            return self.beside.calms(told, replies=replies, tables=tables)
        if self.own is None:
            return False
        own = max(CALMEST, self.own.replies(last_of(replies, self.pieces, tables=tables)))
        return own < 0 and told + own * self.weighing.replies // HUNDRED <= self.weighing.calm

    def _heard(self, spelt: Callable[[Pieces], list[int]]) -> Scores:
        own = self.network.scores(spelt(self.pieces))
        if self.beside is None:
            return own
        other, share = self.beside._heard(spelt), self.weighing.beside  # noqa: SLF001  # its own kind
        return tuple(a + b * share // HUNDRED for a, b in zip(own, other, strict=True))


def last_of(texts: Sequence[str], pieces: Pieces, *, tables: Tables) -> list[int]:
    """Return the pieces of the last texts that fit into a window."""
    latest: list[int] = []
    for text in reversed(texts):
        latest = pieces.of_text(text, tables=tables)[1:] + latest
        if len(latest) >= WINDOW - 1:
            break
    return [START, *latest[1 - WINDOW :]]


@cache
def load(path: Path = ARTEFACT) -> SecondReader:
    """Return a committed reader, the small one beside the large one; raises UnknownReader."""
    found = read(path.read_bytes())
    return replace(found, beside=load()) if found.weighing.beside else found


@cache
def digest_of_files() -> str:
    """Return what names the rules and both networks: SHA-256 of their files' own digests, in hex.

    Raises OSError where one is missing.
    """
    own = [sha256(path.read_bytes()).digest() for path in (RULES, ARTEFACT, LARGE)]
    return sha256(b"".join(own)).hexdigest()


@cache
def rules_with_second(path: Path = LARGE) -> Rules:
    """Return the committed rules, read by both; raises UnknownReader and UnknownRules."""
    rules, second = load_rules(), load(path)
    model = {**rules.sequence["model"], **second.weighing.model}
    return replace(rules, second=second, sequence={**rules.sequence, "model": model})


def rules_for(conversation: Conversation) -> Rules:
    """Return the rules that read a conversation of its length; raises as rules_with_second."""
    messages = len(conversation.messages)
    letters = sum(len(one.text) for one in conversation.messages)
    if messages > MOST_MESSAGES or letters > MOST_LETTERS:
        return load_rules()
    is_short = messages <= MOST_FOR_LARGE and letters <= LETTERS_FOR_LARGE
    return rules_with_second(LARGE if is_short else ARTEFACT)


def read(content: bytes) -> SecondReader:
    """Return the reader from its bytes: the length of the head, the head as JSON, the arrays.

    Every array is little-endian and stands in the order of `layout`; raises UnknownReader.
    """
    try:
        length = int.from_bytes(content[:HEAD], "little")
        head, rest = json.loads(content[HEAD : HEAD + length]), content[HEAD + length :]
        return _large(rest, head=head) if "large" in head else _small(rest, head=head)
    except (KeyError, TypeError, ValueError) as error:
        raise UnknownReader from error


def _small(content: bytes, *, head: dict[str, Any]) -> SecondReader:
    _require(head, version=KNOWN)
    shapes = layout(head["width"], pieces=len(head["pieces"]), hidden=head["hidden"])
    arrays = {name: one.astype(np.float64) for name, one in arrays_of(content, shapes).items()}
    network, weighing = _network(arrays), Weighing(**head["weighing"])
    return SecondReader(_pieces(head, scores=arrays["pieces"]), network, weighing, own=network)


def _large(content: bytes, *, head: dict[str, Any]) -> SecondReader:
    _require(head, version=KNOWN_LARGE)
    arrays = arrays_of(content, layers.layout(pieces=len(head["pieces"])))
    pieces = _pieces(head, scores=arrays["pieces"])
    return SecondReader(pieces, layers.network_of(arrays), Weighing(**head["weighing"]))


def _require(head: dict[str, Any], *, version: int) -> None:
    if head["v"] != version:
        raise UnknownReader


def layout(width: int, *, pieces: int, hidden: int) -> layers.Shapes:
    """Return the type and shape of each array by its name, in the order of the file."""
    column = 256
    whole = width + column * len(ORDERS)
    matrices = {"table": (pieces + FIRST_PIECE, width)}
    for order, _ in ORDERS:
        matrices[f"column {order}"] = (width, column)
        for layer in LAYERS:
            matrices[f"column {order} layer {layer}"] = (order * column, column)
    matrices |= {"hidden": (2 * whole, hidden), "out": (hidden, OUTPUTS)}
    matrices |= {"replies": (2 * whole, REPLIES), "replies out": (REPLIES, 1)}
    levels = {f"column {order}": column for order, _ in ORDERS} | {"all": whole}
    found: layers.Shapes = {"pieces": ("<i2", (pieces,))}
    for name, shape in matrices.items():
        found[name] = ("i1", shape)
        found[f"{name} times"] = ("<i4", shape[1:])
        found[f"{name} added"] = ("<i4", shape[1:])
    for name, size in levels.items():
        found[f"level {name} times"] = ("<i4", (size,))
        found[f"level {name} added"] = ("<i4", (size,))
    return found


def arrays_of(content: bytes, shapes: layers.Shapes) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file after its head, by name; raises UnknownReader."""
    sizes = [np.dtype(kind).itemsize * int(np.prod(shape)) for kind, shape in shapes.values()]
    places = np.cumsum([0, *sizes]).tolist()
    if places[-1] != len(content):
        raise UnknownReader
    return {
        name: np.frombuffer(content[start:end], kind).reshape(shape)
        for (name, (kind, shape)), (start, end) in zip(
            shapes.items(), pairwise(places), strict=True
        )
    }


def _pieces(head: dict[str, Any], *, scores: NDArray[Any]) -> Pieces:
    numbers = {piece: at for at, piece in enumerate(head["pieces"], start=FIRST_PIECE)}
    return Pieces(numbers, [int(one) for one in scores], Typed(**head["typed"]))


def _network(arrays: dict[str, Numbers]) -> Network:
    named = [name for name in arrays if name != "pieces" and f"{name} times" in arrays]
    layers = {
        name: Weights(arrays[name], arrays[f"{name} times"], arrays[f"{name} added"])
        for name in named
    }
    levels = {
        name.removeprefix("level ").removesuffix(" times"): Levelled(
            arrays[name], arrays[name.replace(" times", " added")]
        )
        for name in arrays
        if name.startswith("level ") and name.endswith(" times")
    }
    return Network(layers.pop("table"), layers, levels)
