"""What a list consists of and comes to: read a few rows at a time, never all in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from oberih.core import canonical
from oberih.core.errors import CouldNot
from oberih.core.identifiers import Identifier
from oberih.crypto.watchlist import Verdict


@dataclass(frozen=True, slots=True)
class Listed:
    """One identifier of the published list with what families are told of it."""

    identifier: Identifier
    verdict: Verdict


class ChangedMeanwhile(CouldNot):
    """The watch list was changed while it was read; the next try takes it as it is then."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a list comes to: `digest` changes exactly when the list does."""

    count: int
    digest: str

    @classmethod
    def of(cls, listed: Iterable[Listed]) -> "Contents":
        """Read the whole list, once."""
        summed, many = sha256(), 0
        for one in listed:
            summed.update(_line(one))
            many += 1
        return cls(many, summed.hexdigest())

    def counted(self, listed: Iterable[Listed]) -> Iterator[Listed]:
        """Yield the same list again; raises ChangedMeanwhile at its end when it is another."""
        summed = sha256()
        for one in listed:
            summed.update(_line(one))
            yield one
        if summed.hexdigest() != self.digest:
            raise ChangedMeanwhile


def _line(one: Listed) -> bytes:
    told = [str(one.identifier), one.verdict.answer.value, *one.verdict.tactics]
    return canonical.encode(list(told)) + b"\n"
