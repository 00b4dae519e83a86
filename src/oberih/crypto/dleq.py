"""The proof of RFC 9497, section 2.2: all answers of a batch were made with one published key."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from hashlib import sha512

from oberih.core.errors import Refused
from oberih.crypto import ristretto
from oberih.crypto.ristretto import SIZE, Element, Scalar


class WrongProof(Refused):
    """The answer was not made with the published key."""


@dataclass(frozen=True, slots=True)
class Statement:
    """`answered[i]` is `asked[i]` times the secret of `public`."""

    context: bytes
    public: Element
    asked: tuple[Element, ...]
    answered: tuple[Element, ...]


def prove(statement: Statement, *, secret: Scalar, random: Callable[[int], bytes]) -> bytes:
    """Return the proof in 64 bytes; the random number must never be used twice."""
    mixed = _mixed(statement, of=statement.asked)
    answer = ristretto.times(mixed, by=secret)
    nonce = ristretto.random_scalar(random)
    commitments = (ristretto.public(nonce), ristretto.times(mixed, by=nonce))
    challenge = _challenge(statement, elements=(mixed, answer, *commitments))
    response = ristretto.difference(nonce, less=ristretto.multiplied(challenge, by=secret))
    return challenge + response


def verify(proof: bytes, *, statement: Statement) -> None:
    """Check the proof; raises WrongProof."""
    challenge, response = proof[:SIZE], proof[SIZE:]
    if len(proof) != 2 * SIZE:
        raise WrongProof
    try:
        mixed = _mixed(statement, of=statement.asked)
        answer = _mixed(statement, of=statement.answered)
        known = ristretto.scalar(challenge), ristretto.scalar(response)
        commitments = (
            _sum_of_products(ristretto.public(known[1]), statement.public, by=known[0]),
            _sum_of_products(ristretto.times(mixed, by=known[1]), answer, by=known[0]),
        )
    except (ristretto.NotAScalar, ristretto.NotAnElement) as error:
        raise WrongProof from error
    expected = _challenge(statement, elements=(mixed, answer, *commitments))
    if not hmac.compare_digest(expected, challenge):
        raise WrongProof


def _sum_of_products(first: Element, second: Element, *, by: Scalar) -> Element:
    return ristretto.total(first, and_=ristretto.times(second, by=by))


def _mixed(statement: Statement, *, of: tuple[Element, ...]) -> Element:
    """Return the sum of the elements, each times a weight that the whole batch decides."""
    tag = b"Seed-" + statement.context
    seed = sha512(_framed(statement.public, tag)).digest()
    pairs = zip(statement.asked, statement.answered, strict=True)
    weights = [
        _hashed(
            _framed(seed) + place.to_bytes(2, "big") + _framed(asked, answered) + b"Composite",
            context=statement.context,
        )
        for place, (asked, answered) in enumerate(pairs)
    ]
    weighed = (ristretto.times(one, by=weight) for one, weight in zip(of, weights, strict=True))
    return reduce(lambda one, other: ristretto.total(one, and_=other), weighed)


def _challenge(statement: Statement, *, elements: tuple[Element, ...]) -> Scalar:
    transcript = _framed(statement.public, *elements) + b"Challenge"
    return _hashed(transcript, context=statement.context)


def _hashed(transcript: bytes, *, context: bytes) -> Scalar:
    return ristretto.hashed_to_scalar(transcript, tag=b"HashToScalar-" + context)


def _framed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)
