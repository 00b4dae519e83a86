"""The strangers' messages of a group side by side; slots are blanked for who reads no cases."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from oberih.campaigns.alignment import MOST_MESSAGES, Aligned, aligned
from oberih.campaigns.network import Network
from oberih.desk import threads
from oberih.desk.campaigns.gathering import strangers_words
from oberih.desk.campaigns.rows import Row
from oberih.desk.models import Message
from oberih.desk.states import Direction

FEWEST_COMMON = 3
"""A message that shares fewer words with the others is left out of the comparison."""


@dataclass(frozen=True, slots=True)
class SaidMessage:
    """One message in pieces, and its row in the table."""

    row: int
    pieces: Aligned


@dataclass(frozen=True, slots=True)
class Said:
    """The messages compared, how many more there are, whether slots are shown."""

    messages: tuple[SaidMessage, ...] = ()
    more: int = 0
    with_slots: bool = True


def said_alike(rows: Sequence[Row], *, found: Network, with_slots: bool) -> Said:
    """Return the messages of one script, aligned."""
    ends = {end for pair in found.scripts for end in (pair.one, pair.other)}
    speaking = [row for row in rows if row.contact.pk in ends]
    texts = _texts([row.contact.case for row in speaking[:MOST_MESSAGES]])
    chosen = [row for row in speaking[:MOST_MESSAGES] if texts.get(row.contact.case)]
    pieces = aligned([texts[row.contact.case] for row in chosen])
    messages = [SaidMessage(row.number, one) for row, one in zip(chosen, pieces, strict=True)]
    alike = tuple(one for one in messages if _common(one) >= FEWEST_COMMON)
    return Said(alike, max(0, len(speaking) - len(alike)), with_slots)


def _common(message: SaidMessage) -> int:
    return sum(len(piece.text.split()) for piece in message.pieces if piece.is_common)


def _texts(cases: Sequence[str]) -> dict[str, str]:
    """Return the longest text of the stranger in each case."""
    messages: dict[str, list[Message]] = defaultdict(list)
    reports = Message.objects.filter(
        conversation__case__in=cases, direction=Direction.REPORT
    ).select_related("conversation")
    for message in reports:
        messages[message.conversation.case_id].append(message)
    return {
        case: max(strangers_words(threads.entries(listed)), key=len, default="")
        for case, listed in messages.items()
    }
