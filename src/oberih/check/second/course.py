"""What training shares for the second reader's networks: examples, batches, loss, steps."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
import yaml
from numpy.typing import NDArray
from torch.nn import functional

from oberih.check.evidence import SINGLE
from oberih.check.lessons import Label, Lesson, windows
from oberih.check.second.network import ONE, OUTPUTS, WINDOW
from oberih.check.second.spelling import PAD, START, UNKNOWN

GROUPS = "CMKTHIPDX"
"""Letters of the tactics: to tell them apart, too, makes the reader look closer."""
GROUPS_WEIGH = 0.1
ALONE = 0.25
"""What the answer to several messages weighs of one alone."""
SORTED, LEAST = 50, 0.01
TOLD = 50
SEED = 20261122
TINY = 1e-5
LARGEST = 127
TYPED = Path(__file__).with_name("typed.yaml")


@dataclass(frozen=True, slots=True)
class Course:
    """How long, in batches of how many, and by what steps: of what began, and of its head.

    `lost` is the share of pieces that are read as unknown, `longest` the longest step's gradient.
    """

    rounds: int
    batch: int
    rate: float
    head_rate: float
    warm: int
    lost: float = 0
    longest: float = inf


@dataclass(frozen=True, slots=True)
class Example:
    """Pieces, what they should be answered with, and how much each answer weighs."""

    pieces: list[int]
    wanted: list[float]
    weights: list[float]


def examples_of(texts: Sequence[Lesson], *, read: Sequence[list[int]]) -> list[Example]:
    """Return what is trained on: every text that teaches, and conversations as they grow."""
    found = []
    for one, pieces in zip(texts, read, strict=True):
        turned = one.label is Label.COERCION and bool(one.talk)
        weights = [*[1.0] * SINGLE, 0.0 if turned else ALONE, *[1.0] * len(GROUPS)]
        if one.teaches:
            found.append(Example(pieces[:WINDOW], wanted_of(one), weights))
    for rows in windows(texts):
        joined = [piece for at in rows for piece in read[at][1:]]
        weights = [*[0.0] * SINGLE, 1.0, *[0.0] * len(GROUPS)]
        wanted = wanted_of(texts[rows[-1]])
        found.append(Example([START, *joined[1 - WINDOW :]], wanted, weights))
    return found


def wanted_of(one: Lesson) -> list[float]:
    """Return what a text should be answered with: OUTPUTS, then the groups of its tactics."""
    coercive = one.label is Label.COERCION
    groups = {code[0] for code in one.tactics if coercive}
    outputs = [coercive, one.late, one.label is Label.FRAUD, coercive]
    return [*map(float, outputs), *(float(group in groups) for group in GROUPS)]


def typed_for(network: str) -> dict[str, Any]:
    """Return how a network reads Latin typing, for the head of its file; see spelling.Typed."""
    known = yaml.safe_load(TYPED.read_text(encoding="utf-8"))
    return {"alphabets": known["alphabets"], "beats": known["beats"][network]}


class Trained(Protocol):
    """A network that can be trained: torch's module with a head."""

    def __call__(self, pieces: torch.Tensor) -> torch.Tensor:
        """Return the logits of a batch."""

    def head(self) -> Iterator[torch.nn.Parameter]:
        """Yield what begins from nothing."""

    def parameters(self) -> Iterator[torch.nn.Parameter]:
        """Yield all of it."""

    def eval(self) -> object:
        """End training."""


def train(network: Trained, *, examples: Sequence[Example], course: Course) -> None:
    """Train for some rounds; the step grows for a while and then shrinks to nothing."""
    head = list(network.head())
    known = {id(one) for one in head}
    rest = [one for one in network.parameters() if one.requires_grad and id(one) not in known]
    steps = torch.optim.Adam([{"params": rest}, {"params": head}])
    rates = (course.rate, course.head_rate)
    turns = [batches_of(examples, turn=turn, size=course.batch) for turn in range(course.rounds)]
    whole = sum(map(len, turns))
    for done, batch in enumerate(chain.from_iterable(turns), start=1):
        share = max(min(1, done / course.warm) * (1 - done / whole), LEAST)
        for group, rate in zip(steps.param_groups, rates, strict=True):
            group["lr"] = rate * share
        read = _lossy(filled([one.pieces for one in batch]), share=course.lost)
        loss = _loss(network(read), batch=batch)
        steps.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(rest, course.longest)
        steps.step()
        if done % TOLD == 0:
            sys.stderr.write(f"\r{100 * done // whole} %, loss {loss.item():.3f} ")
    network.eval()


def batches_of(examples: Sequence[Example], *, turn: int, size: int) -> list[list[Example]]:
    """Return batches of examples of like length, in an order that is new every round."""
    order = np.random.default_rng([SEED, turn])
    mixed = [examples[at] for at in order.permutation(len(examples))]
    found = []
    for start in range(0, len(mixed), size * SORTED):
        part = sorted(mixed[start : start + size * SORTED], key=lambda one: len(one.pieces))
        found += [part[at : at + size] for at in range(0, len(part), size)]
    return [found[at] for at in order.permutation(len(found))]


def filled(rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """Return rows of one length, with PAD after the shorter ones."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[PAD] * (longest - len(row))] for row in rows])


def in_whole_numbers(
    name: str, *, matrix: NDArray[np.float64], added: NDArray[np.float64], unit: int
) -> dict[str, NDArray[np.float64]]:
    """Return a layer (in, out) as the small network's file holds it: see network.Weights.

    `unit` are the parts in which what a column is times is told.
    """
    step = np.maximum(np.abs(matrix).max(axis=0), TINY) / LARGEST
    return {
        name: np.rint(matrix / step),
        f"{name} times": np.rint(step * unit),
        f"{name} added": np.rint(added * ONE),
    }


def _lossy(pieces: torch.Tensor, *, share: float) -> torch.Tensor:
    lost = (torch.rand(pieces.shape) < share) & (pieces > START)
    return pieces.masked_fill(lost, UNKNOWN)


def _loss(logits: torch.Tensor, *, batch: Sequence[Example]) -> torch.Tensor:
    wanted = torch.tensor([one.wanted for one in batch])
    weights = torch.tensor([one.weights for one in batch])
    wrong = weights * functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    answers = wrong[:, :OUTPUTS].sum() / SINGLE
    groups = wrong[:, OUTPUTS:].sum() / len(GROUPS)
    return (answers + GROUPS_WEIGH * groups) / len(batch)
