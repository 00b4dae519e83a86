"""Messages that name the same phone, handle, account or link.

An identifier is never left out for being frequent: it weighs 1/(others that name it), which is what
its links say. Alone it joins groups only while it tells messages apart: not when it is an official
number, and not when more than a twentieth of all messages (but at least eight) name it, since then
it is rather a hotline, a bank or a news channel than a handler's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from oberih.campaigns.links import LinkKind
from oberih.core.identifiers import Kind
from oberih.core.official import DIALLED, official_numbers

JOINING_SHARE = 20
"""Joins while at most one message in so many names it."""

JOINING_ALWAYS = 8
"""Joins while at most so many messages name it, however few there are in all."""

PAYMENT = {Kind.IBAN, Kind.CARD, Kind.BITCOIN, Kind.ETHEREUM, Kind.TRON}


@dataclass(frozen=True, slots=True)
class Posting:
    """One identifier and the positions of all messages that name it, each once, in order."""

    identifier: str
    holders: Sequence[int]

    @property
    def strength(self) -> float:
        """Return 1 for two messages that alone share it, less the more name it."""
        return 1 / (len(self.holders) - 1)

    @property
    def kind(self) -> LinkKind:
        """Return whether money goes there."""
        return LinkKind.PAYMENT if self.identifier.split(":")[0] in PAYMENT else LinkKind.IDENTIFIER

    @property
    def why(self) -> str:
        """Return the reason for a link, in a sentence."""
        return f"{len(self.holders)} messages name {self.identifier}"

    def joins(self, *, messages: int) -> bool:
        """Tell whether it is evidence enough, among so many messages, to join its holders."""
        most = max(JOINING_ALWAYS, messages // JOINING_SHARE)
        return len(self.holders) <= most and not is_official(self.identifier)


def postings(named: Sequence[tuple[int, str]]) -> list[Posting]:
    """Return each identifier that two or more messages name, from (position, identifier)."""
    holders: dict[str, set[int]] = {}
    for position, identifier in named:
        holders.setdefault(identifier, set()).add(position)
    return [
        Posting(identifier, sorted(positions))
        for identifier, positions in sorted(holders.items())
        if len(positions) > 1
    ]


def is_official(identifier: str) -> bool:
    """Tell whether a published official number is dialled, in whatever messenger."""
    kind, _, value = identifier.partition(":")
    return kind in DIALLED and value in _dialled()


@cache
def _dialled() -> frozenset[str]:
    return frozenset(one.value for one in official_numbers() if one.kind in DIALLED)
