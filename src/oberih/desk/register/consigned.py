"""Lines of the ledger in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from oberih.desk.register import exchange_words as words
from oberih.register.models import Consignment


@dataclass(frozen=True, slots=True)
class ShownConsignment:
    """A line of the ledger in words."""

    row: Consignment
    kind: str
    proof: str


def shown_consignments(rows: Iterable[Consignment]) -> tuple[ShownConsignment, ...]:
    """Return lines of the ledger in words."""
    return tuple(
        ShownConsignment(
            one, str(words.CONSIGNMENTS[one.kind]), str(words.PROOFS.get(one.proof, ""))
        )
        for one in rows
    )
