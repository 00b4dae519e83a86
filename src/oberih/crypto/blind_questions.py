"""What travels between whoever looks something up and the look-up process; always a few sizes.

    question = epoch (4) || count (1: 4 or 10) || count blinded elements (32 each)
    paid question = question || challenge (32) || solution (8)
    answer   = count evaluated elements (32 each) || proof (64)

A question of one, two or three is filled up to four with elements that ask nothing. A challenge
comes with the answer 429; the solution makes SHA-256(label || challenge || SHA-256(question) ||
solution) begin with as many zero bits as the challenge's first byte says. Sizes show how many are
asked (up to four, up to ten) and whether a puzzle was solved; nothing shows what was asked.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count

from oberih.core.errors import Refused
from oberih.crypto.ristretto import SIZE, Element
from oberih.crypto.voprf import Blinded, Evaluation, Mode, Random, blind

PATH = "/api/lookup/evaluate"
COUNTS = (4, 10)
HEAD = 5
PROOF = 64
CHALLENGE, SOLUTION = 32, 8
HIGHEST_EPOCH = 2**32 - 1
QUESTION_SIZES = {HEAD + many * SIZE: many for many in COUNTS}
LARGEST = HEAD + COUNTS[-1] * SIZE + CHALLENGE + SOLUTION
LARGEST_ANSWER = COUNTS[-1] * SIZE + PROOF

_PUZZLE = b"oberih/1/puzzle\0"
_FILLING = 32


class NotAQuestion(Refused):
    """This is not a question to the look-up: its size or count is wrong."""


class NotAnAnswer(Refused):
    """This is not an answer of the look-up: its size is wrong."""


class TooHard(Refused):
    """The puzzle is harder than any that the look-up sets."""


@dataclass(frozen=True, slots=True)
class Payment:
    """A solved puzzle."""

    challenge: bytes
    solution: bytes


@dataclass(frozen=True, slots=True)
class BlindQuestion:
    """Blinded elements for one epoch's key; `head` is what a puzzle is solved for."""

    epoch: int
    elements: tuple[bytes, ...]
    payment: Payment | None = None

    @property
    def head(self) -> bytes:
        """Return the question without a payment."""
        many = bytes([len(self.elements)])
        return self.epoch.to_bytes(4, "big") + many + b"".join(self.elements)

    def __bytes__(self) -> bytes:
        """Return what is sent."""
        paid = self.payment
        return self.head + (b"" if paid is None else paid.challenge + paid.solution)

    @classmethod
    def read(cls, body: bytes) -> "BlindQuestion":
        """Return what was asked; raises NotAQuestion. The elements are not looked at yet."""
        payment = None
        if len(body) not in QUESTION_SIZES:
            body, paid = body[: -CHALLENGE - SOLUTION], body[-CHALLENGE - SOLUTION :]
            payment = Payment(paid[:CHALLENGE], paid[CHALLENGE:])
        many = QUESTION_SIZES.get(len(body))
        if many is None or body[HEAD - 1] != many:
            raise NotAQuestion
        elements = tuple(body[at : at + SIZE] for at in range(HEAD, len(body), SIZE))
        return cls(int.from_bytes(body[:4], "big"), elements, payment)


def filled(batch: Sequence[Blinded], *, random: Random = os.urandom) -> list[Blinded]:
    """Return the batch filled up to four or ten with questions about nothing."""
    many = next((size for size in COUNTS if len(batch) <= size), None)
    if many is None or not batch:
        raise NotAQuestion
    empty = many - len(batch)
    fillers = [blind(random(_FILLING), mode=Mode.VOPRF, random=random) for _ in range(empty)]
    return [*batch, *fillers]


def spelled_answer(evaluation: Evaluation) -> bytes:
    """Return the answer's bytes."""
    return b"".join(evaluation.elements) + evaluation.proof


def read_answer(body: bytes, *, many: int) -> Evaluation:
    """Return the answer to a question of so many; raises NotAnAnswer. It is not proved yet."""
    if len(body) != many * SIZE + PROOF:
        raise NotAnAnswer
    elements = tuple(Element(body[at : at + SIZE]) for at in range(0, many * SIZE, SIZE))
    return Evaluation(elements, body[many * SIZE :])


def is_solved(question: BlindQuestion) -> bool:
    """Tell whether the payment solves its own challenge for this very question."""
    paid = question.payment
    if paid is None:
        return False
    digest = sha256(_puzzle(paid.challenge, question=question) + paid.solution).digest()
    return int.from_bytes(digest, "big") >> (256 - paid.challenge[0]) == 0


def solve(question: BlindQuestion, *, challenge: bytes, hardest: int) -> BlindQuestion:
    """Return the question with a solution; raises TooHard above so many zero bits."""
    if len(challenge) != CHALLENGE or challenge[0] > hardest:
        raise TooHard
    base = sha256(_puzzle(challenge, question=question))
    unused = 256 - challenge[0]
    for number in count():
        digest = base.copy()
        solution = number.to_bytes(SOLUTION, "big")
        digest.update(solution)
        if int.from_bytes(digest.digest(), "big") >> unused == 0:
            return BlindQuestion(question.epoch, question.elements, Payment(challenge, solution))
    raise TooHard


def _puzzle(challenge: bytes, *, question: BlindQuestion) -> bytes:
    return _PUZZLE + challenge + sha256(question.head).digest()
