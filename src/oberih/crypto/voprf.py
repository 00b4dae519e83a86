"""RFC 9497, ristretto255-SHA512: a server evaluates what it cannot see, and proves with which key.

Mode 0 is unverified, mode 1 carries a proof that the key is the published one. Inputs are few
enough to be tried out (phone numbers): whoever holds the key, or may ask without limit, can find
all that a list contains. It hides the question from the server, not the asking.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha512
from typing import Self

from oberih.core.errors import Refused
from oberih.crypto import ristretto
from oberih.crypto.dleq import Statement, prove, verify
from oberih.crypto.ristretto import Element, Scalar

Random = Callable[[int], bytes]

SUITE = b"ristretto255-SHA512"
LONGEST = 2**16 - 1
_UNBLINDED_LENGTH = ristretto.SIZE.to_bytes(2, "big")


class WrongBatch(Refused):
    """The answer does not belong to this question: another number of elements."""


class Mode(IntEnum):
    """The modes of RFC 9497 that Oberih knows."""

    OPRF = 0
    VOPRF = 1

    @property
    def context(self) -> bytes:
        """Return the context string that separates this mode from all others."""
        return b"OPRFV1-" + bytes([self]) + b"-" + SUITE


_HASH_TO_GROUP = {mode: b"HashToGroup-" + mode.context for mode in Mode}


@dataclass(frozen=True, slots=True)
class EvaluationKey:
    """The server's key for one mode and epoch; its secret is in no repr."""

    mode: Mode
    secret: Scalar = field(repr=False)
    public: Element

    @classmethod
    def from_secret(cls, secret: bytes, *, mode: Mode) -> Self:
        """Return the key with this scalar; raises NotAScalar."""
        own = ristretto.scalar(secret)
        return cls(mode, own, ristretto.public(own))

    @classmethod
    def generate(cls, *, mode: Mode, random: Random = os.urandom) -> Self:
        """Draw a key: every epoch has its own, none is derived from another."""
        return cls.from_secret(ristretto.random_scalar(random), mode=mode)

    @classmethod
    def derive(cls, seed: bytes, *, label: bytes, mode: Mode) -> Self:
        """Return the key of a 32-byte seed (section 3.2.1), as the vectors name it."""
        message = seed + len(label).to_bytes(2, "big") + label
        tag = b"DeriveKeyPair" + mode.context
        for counter in range(256):
            secret = ristretto.hashed_to_scalar(message + bytes([counter]), tag=tag)
            if any(secret):
                return cls.from_secret(secret, mode=mode)
        raise ristretto.NotAScalar


@dataclass(frozen=True, slots=True)
class Blinded:
    """A question: `element` goes to the server, the rest stays with the one who asks."""

    mode: Mode
    question: bytes = field(repr=False)
    blind: Scalar = field(repr=False)
    element: Element


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The server's answer to a batch, with one proof of 64 bytes for all of it."""

    elements: tuple[Element, ...]
    proof: bytes


def blind(question: bytes, *, mode: Mode, random: Random = os.urandom) -> Blinded:
    """Return the question under a fresh blind, so that it looks like any other."""
    factor = ristretto.random_scalar(random)
    element = ristretto.times(_hashed(question, mode=mode), by=factor)
    return Blinded(mode, question, factor, element)


def evaluate(element: bytes, *, key: EvaluationKey) -> Element:
    """Return the blinded element under the key; raises NotAnElement for what is none."""
    return ristretto.times(ristretto.element(element), by=key.secret)


def evaluate_proved(
    elements: Sequence[bytes], *, key: EvaluationKey, random: Random = os.urandom
) -> Evaluation:
    """Return a batch under the key and the proof that it is this key.

    Raises NotAnElement, and WrongBatch for none or more than 65,535.
    """
    if not 0 < len(elements) <= LONGEST:
        raise WrongBatch
    asked = tuple(ristretto.element(one) for one in elements)
    answered = tuple(ristretto.times(one, by=key.secret) for one in asked)
    statement = Statement(key.mode.context, key.public, asked, answered)
    return Evaluation(answered, prove(statement, secret=key.secret, random=random))


def finalize(blinded: Blinded, *, element: bytes) -> bytes:
    """Return the 64 bytes of an answer that carries no proof (mode 0)."""
    evaluated = ristretto.element(element)
    unblinded = ristretto.times(evaluated, by=ristretto.inverse(blinded.blind))
    return _output(blinded.question, unblinded=unblinded)


def finalize_proved(
    batch: Sequence[Blinded], *, evaluation: Evaluation, public: bytes
) -> list[bytes]:
    """Return the 64 bytes of each answer; raises WrongProof when another key was used."""
    if not batch or len(batch) != len(evaluation.elements):
        raise WrongBatch
    asked = tuple(one.element for one in batch)
    answered = tuple(ristretto.element(one) for one in evaluation.elements)
    statement = Statement(batch[0].mode.context, ristretto.element(public), asked, answered)
    verify(evaluation.proof, statement=statement)
    return [
        finalize(blinded, element=element) for blinded, element in zip(batch, answered, strict=True)
    ]


def output(question: bytes, *, key: EvaluationKey) -> bytes:
    """Return the 64 bytes that a client would get for the question: how a list is built."""
    unblinded = ristretto.times(_hashed(question, mode=key.mode), by=key.secret)
    return _output(question, unblinded=unblinded)


def _hashed(question: bytes, *, mode: Mode) -> Element:
    if len(question) > LONGEST:
        raise ristretto.NotAnElement
    element = ristretto.hashed_to_element(question, tag=_HASH_TO_GROUP[mode])
    if element == ristretto.IDENTITY:
        raise ristretto.NotAnElement
    return element


def _output(question: bytes, *, unblinded: Element) -> bytes:
    framed = len(question).to_bytes(2, "big") + question + _UNBLINDED_LENGTH + unblinded
    return sha512(framed + b"Finalize").digest()
