"""The conversation as it is read: parts joined, gaps and refusals shown as such, oldest first."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from oberih.client.inbox import Inbox
from oberih.crypto.message import ReplyKind, ReplyMessage


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the conversation; `sender` is "desk" or "me".

    `text` is None for her own earlier messages, for what was refused, and for a gap: something of
    the desk's is missing there.
    """

    sender: str
    sequence: int
    day: date
    text: str | None = field(default=None, repr=False)
    is_refused: bool = False
    is_gap: bool = False
    is_received: bool = False


def entries_of(inbox: Inbox) -> list[Entry]:
    """Return every line, oldest first."""
    days = inbox.own | inbox.received
    left = [
        Entry("me", sequence, days[sequence], is_received=sequence in inbox.received)
        for sequence in sorted(days)
    ]
    lines: list[Entry] = []
    for reply, said in _desk_lines(inbox):
        while left and left[0].sequence <= reply.place.seen:
            lines.append(left.pop(0))
        lines += said
    return _with_refused([*lines, *left], days=inbox.refused)


def _desk_lines(inbox: Inbox) -> Iterator[tuple[ReplyMessage, list[Entry]]]:
    """Yield each whole reply, by its first part, with the entries that it makes."""
    digest, expected = "", 1
    group: list[ReplyMessage] = []
    for sequence in sorted(inbox.replies):
        reply = inbox.replies[sequence]
        follows = sequence == expected and reply.place.previous == digest
        continues = follows and reply.body.part > 1 and bool(group)
        if group and not continues:
            yield group[0], _said(group)
            group = []
        if not follows:
            yield reply, [Entry("desk", expected, reply.place.day, is_gap=True)]
        group.append(reply)
        digest, expected = reply.digest, sequence + 1
    if group:
        yield group[0], _said(group)


def _said(group: list[ReplyMessage]) -> list[Entry]:
    first, last = group[0], group[-1]
    if first.body.kind is ReplyKind.RECEIVED:
        return []  # it shows at her own messages
    text = "".join(part.body.text for part in group)
    entry = Entry("desk", first.place.sequence, first.place.day, text)
    if first.body.part > 1 or last.body.part < last.body.parts:
        return [entry, Entry("desk", last.place.sequence + 1, last.place.day, is_gap=True)]
    return [entry]


def _with_refused(lines: list[Entry], *, days: list[date]) -> list[Entry]:
    for day in sorted(days):
        place = bisect_right([line.day for line in lines], day)
        lines.insert(place, Entry("desk", 0, day, is_refused=True))
    return lines
